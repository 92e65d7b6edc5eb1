"""Which data and which code a calibration belongs to: short names for both.

A posterior is only valid for the equations, the evidence and the studies that it was fitted with.
Code is named after what it does: comments, docstrings and layout may change.
"""

import ast
import functools
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import regrow
from regrow.model.values import centre, known
from regrow.studies.document import Study

SIMULATES = (
    "model",
    "engine",
    "trial",
    "protocol/calendar.py",
    "protocol/schedule.py",
    "calibrate/fitted.py",
    "calibrate/targets.py",
    "calibrate/design.py",
)
"""What of the package decides the simulator's answers, beside the evidence."""
SAMPLES = ("calibrate/infer.py",)


@functools.cache
def code(parts: tuple[str, ...] = SIMULATES) -> str:
    """Return a short name for what these files and folders of the package do."""
    root = Path(regrow.__file__).parent
    digest = hashlib.sha256()
    for part in parts:
        files = [root / part] if part.endswith(".py") else sorted((root / part).glob("*.py"))
        for file in files:
            digest.update(file.name.encode())
            digest.update(_meaning(file.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()[:16]


def data(studies: Sequence[Study]) -> str:
    """Return a short name for the studies, and the numbers with their priors."""
    said = [
        [(study.id, study.model_dump(mode="json")) for study in studies],
        sorted(centre().items()),
        [(key, repr(parameter.prior)) for key, parameter in sorted(known().items())],
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def identity(studies: Sequence[Study]) -> str:
    """Return the short name of data and code together."""
    return hashlib.sha256(f"{code()} {data(studies)}".encode()).hexdigest()[:16]


def _meaning(text: str) -> str:
    """Return a program without its comments, docstrings and layout."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [
                one
                for one in body
                if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
            ]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.dump(tree)
