"""Where a therapy session lies: relative to the doses, or on days of its own.

24 h after each dose
24-48 h after each dose
2 days before the first dose
1 day after the last dose
1 a week for 12 weeks
"""

import re
from dataclasses import dataclass

from regrow.errors import ProtocolError
from regrow.protocol.schedule import EXAMPLES, Schedule, schedule

HOURS_IN_A_DAY = 24
FURTHEST_DAYS = 60
_RELATIVE = re.compile(
    r"([0-9]{1,4})(?: ?- ?([0-9]{1,4}))? (h|hours?|days?|weeks?) "
    r"(before|after) (each|the first|the last) dose"
)


@dataclass(frozen=True)
class Relative:
    """So many hours before or after a dose; a range means its earliest moment for planning."""

    text: str
    hours: float  # negative is before
    latest_hours: float
    which: str  # "each", "the first" or "the last"

    def __str__(self) -> str:
        return self.text


Placed = Relative | Schedule


def placed(text: str) -> Placed:
    """Read a placement."""
    plain = " ".join(text.split())
    match = _RELATIVE.fullmatch(plain)
    if match is None:
        if "dose" in plain:
            raise _unclear(plain)
        return schedule(plain)
    unit = {"h": 1, "d": HOURS_IN_A_DAY, "w": 7 * HOURS_IN_A_DAY}[match[3][0]]
    near = int(match[1]) * unit
    far = int(match[2] or match[1]) * unit
    if far < near or far > FURTHEST_DAYS * HOURS_IN_A_DAY:
        raise _unclear(plain)
    if match[4] == "before":
        near, far = -far, -near
    return Relative(plain, near, far, match[5])


def _unclear(plain: str) -> ProtocolError:
    return ProtocolError(
        f"{plain[:80]!r} does not say where a session lies.",
        why="A session lies hours, days or weeks before or after a dose, at most 60 days.",
        fix='Write for example "24 h after each dose" or "2 days before the first dose", '
        f"or days of its own: {EXAMPLES}.",
    )
