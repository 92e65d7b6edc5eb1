"""When a dose by rule is given: "after response", "PHQ-9 rises by 5 above its best", or both."""

import re
from dataclasses import dataclass

from regrow.errors import ProtocolError

HIGHEST_PHQ9 = 27
_RISE = re.compile(r"PHQ-9 rises by ([0-9]{1,3}) above its best")


@dataclass(frozen=True)
class When:
    """What the team asks before it gives a dose by rule."""

    after_response: bool = False
    phq9_rise_above_best: float | None = None

    def __str__(self) -> str:
        said = ["after response"] if self.after_response else []
        if self.phq9_rise_above_best is not None:
            said.append(f"PHQ-9 rises by {self.phq9_rise_above_best:g} above its best")
        return " and ".join(said)


def when(text: str) -> When:
    """Read a rule."""
    after_response, rise = False, None
    for part in " ".join(text.split()).split(" and "):
        match = _RISE.fullmatch(part)
        if part == "after response" and not after_response:
            after_response = True
        elif match and rise is None and 1 <= int(match[1]) <= HIGHEST_PHQ9:
            rise = float(match[1])
        else:
            raise ProtocolError(
                f"{text[:80]!r} is not a rule that can be checked.",
                why="A dose by rule is given only when everybody can see whether the rule holds.",
                fix='Write "after response", "PHQ-9 rises by 5 above its best", '
                'or both joined by "and".',
            )
    return When(after_response=after_response, phq9_rise_above_best=rise)
