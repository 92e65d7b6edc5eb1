"""What a study file is called, how much it may hold, and the words people use for its keys."""

from regrow.protocol import guard
from regrow.protocol.explain import OFTEN_SAID as OFTEN_SAID_IN_A_PLAN
from regrow.protocol.form import Form
from regrow.studies.document import MOST_FINDINGS, Study

OFTEN_SAID = {
    "name": "title",
    "reference": "citation",
    "source": "where",
    "use": "used_for",
    "arms": "arm",
    "group": "arm",
    "findings": "finding",
    "result": "finding",
    "outcome": "finding",
    "scales": "scale",
    "participants": "enrolled",
    "patients": "n",
    "sd": "spread",
    "ci": "spread",
    "control": "versus",
    "comparator": "versus",
    "scale": "measure",
    "time": "day",
    "days": "day",
    "t_days": "day",
    "doses": "dose",
    "reason": "why_not",
}
"""Words that people use for a key, and the key they mean."""

STUDY = Form(
    record=Study,
    noun="study",
    manual="docs/reference/studies.md shows every key",
    out_of_range="which cannot be",
    often_said={**OFTEN_SAID_IN_A_PLAN, **OFTEN_SAID},
)

BOUNDS = guard.Bounds(
    noun="study",
    why="A study is a few pages that a person can check against the paper.",
    deepest=6,
    most_entries=MOST_FINDINGS,
)
