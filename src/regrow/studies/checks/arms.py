"""Could each arm be carried out? The checks of a protocol, with two things that studies may do.

A study may have given what no plan of a clinic may (`beyond_limits`), and where a treatment is
withdrawn, nothing is given on days on which the others are treated.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from regrow.protocol.checks.doses import amounts_of
from regrow.protocol.checks.parts import Parts as PlanParts
from regrow.protocol.checks.parts import parts_of, remark
from regrow.protocol.checks.plan import HOME_PROMISES
from regrow.protocol.checks.remarks import remarks as objections
from regrow.protocol.problems import Place, Remark, shown
from regrow.studies.checks.parts import Parts

CONTEXT = ("setting", "blinding", "background")
PLANNED = ("dose", "maintenance", "therapy", "practice")
AT_HOME = {**dict.fromkeys(HOME_PROMISES, True), "sessions_supplied": 1}
"""Conditions of doses at home are for a plan to promise; a study tells what was done."""

REALLY = " If the study really gave this, write beyond_limits = true in the [[arm]]."


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against an arm as a plan."""
    withdrawal = parts.tables.get("design") == "withdrawal"
    for place, arm in parts.written("arm"):
        if not any(arm.get(key) for key in PLANNED):
            yield remark(
                place,
                None,
                f"The arm {shown(arm.get('id'))} was given nothing.",
                why="An arm without doses, sessions or practices is most often one that is not "
                "written to its end.",
                fix="Add an [[arm.dose]]; a control infusion is a dose of 0 mg/kg, and a waiting "
                "list an [[arm.practice]] with adherence = 0.",
            )
            continue
        plan = parts_of(_plan(arm))
        found = objections(plan)
        within = objections(replace(plan, limit_files=())) if found else []
        for one in found:
            if withdrawal and _nothing_given(one, plan):
                continue
            if one in within:
                yield _moved(one, place)
            elif arm.get("beyond_limits") is not True:
                yield _moved(one, place, also=REALLY)


def _plan(arm: dict[str, Any]) -> dict[str, Any]:
    """The tables of a plan that does what the arm does."""
    context = {"setting": "trial"} | {key: arm[key] for key in CONTEXT if key in arm}
    planned = {key: arm[key] for key in PLANNED if key in arm}
    return {"context": context, "home": AT_HOME, **planned}


def _nothing_given(one: Remark, plan: PlanParts) -> bool:
    """Whether a remark is about a later dose of nothing."""
    later = dict(plan.maintenance)
    entry = later.get(one.place[:-1])
    return entry is not None and any(
        key == one.place[-1] and amount.value == 0 for key, amount in amounts_of(entry)
    )


def _moved(one: Remark, arm: Place, *, also: str = "") -> Remark:
    """A remark about the plan as one about the arm of a study."""
    place = one.place[1:] if one.place[:1] == ("context",) else one.place
    return Remark(
        place=(*arm, *place),
        what=one.what.replace("[[", "[[arm."),
        why=one.why,
        fix=one.fix.replace("[[", "[[arm.") + also,
    )
