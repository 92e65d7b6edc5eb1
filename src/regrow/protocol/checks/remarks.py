"""All checks that need more than one key at a time."""

from regrow.protocol.checks import doses, plan, timing
from regrow.protocol.checks.parts import Parts
from regrow.protocol.problems import Remark


def remarks(parts: Parts) -> list[Remark]:
    """Everything that speaks against carrying out the plan as written."""
    return [*doses.remarks(parts), *timing.remarks(parts), *plan.remarks(parts)]
