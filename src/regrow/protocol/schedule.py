"""On which days something happens, written as a clinician says it.

    day 0
    days 0, 3, 7
    3 a week for 2 weeks
    2 a week for 4 weeks then 1 a week for 4 weeks
    daily for 14 days
    every 14 days for 6 months

A schedule is counted by arithmetic before it is expanded, so a million doses are refused at once.
"""

import re
from dataclasses import dataclass

from regrow.errors import ProtocolError
from regrow.units import DAYS_IN

MOST_OCCASIONS = 2_000
LONGEST_DAYS = 3_660  # ten years
WEEK = DAYS_IN["week"]

_SPAN = r"([0-9]{1,6}) (day|week|month)s?"
_A_WEEK = re.compile(rf"([0-9]{{1,6}}|once|twice) (?:times )?(?:a|per) week for {_SPAN}")
_DAILY = re.compile(rf"daily for {_SPAN}")
_EVERY = re.compile(rf"every {_SPAN} for {_SPAN}")
_DAYS = re.compile(r"days? ([0-9]{1,6}(?:(?:, ?| and |, and )[0-9]{1,6})*)")

EXAMPLES = (
    '"day 0", "days 0, 3, 7", "3 a week for 2 weeks", "daily for 14 days" or '
    '"2 a week for 4 weeks then 1 a week for 4 weeks"'
)


@dataclass(frozen=True)
class Block:
    """Days that repeat with a period: `pattern` within each `period`, for `length` days."""

    pattern: tuple[int, ...]
    period: int
    length: int

    def count(self) -> int:
        """How many days, by arithmetic."""
        whole, rest = divmod(self.length, self.period)
        return whole * len(self.pattern) + sum(1 for day in self.pattern if day < rest)

    def days(self) -> tuple[int, ...]:
        """The days, from 0."""
        periods = range(0, self.length, self.period)
        return tuple(p + d for p in periods for d in self.pattern if p + d < self.length)


@dataclass(frozen=True)
class Schedule:
    """The days of a plan on which something happens."""

    text: str
    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        return self.text

    def count(self) -> int:
        """On how many days, by arithmetic."""
        return sum(block.count() for block in self.blocks)

    def length(self) -> int:
        """How many days the whole schedule takes."""
        return sum(block.length for block in self.blocks)

    def days(self, *, starting: int = 0) -> tuple[int, ...]:
        """The days of the plan, in order, each once."""
        days: list[int] = []
        for block in self.blocks:
            days.extend(starting + day for day in block.days())
            starting += block.length
        return tuple(days)


def schedule(text: str) -> Schedule:
    """Read a schedule."""
    plain = " ".join(text.split())
    blocks = tuple(_block(part, whole=plain) for part in plain.split(" then "))
    result = Schedule(plain, blocks)
    if result.length() > LONGEST_DAYS or result.count() > MOST_OCCASIONS:
        raise ProtocolError(
            f"{_short(plain)!r} is {result.count():,} days out of {result.length():,}.",
            why=f"A plan holds at most {MOST_OCCASIONS:,} doses and ends within ten years.",
            fix="Write a shorter schedule.",
        )
    return result


def _block(part: str, *, whole: str) -> Block:
    if match := _A_WEEK.fullmatch(part):
        times = {"once": 1, "twice": 2}.get(match[1]) or int(match[1])
        return Block(_spread_over_a_week(times, part), WEEK, _span(match[2], match[3], part))
    if match := _DAILY.fullmatch(part):
        return Block((0,), 1, _span(match[1], match[2], part))
    if match := _EVERY.fullmatch(part):
        period = _span(match[1], match[2], part)
        return Block((0,), period, _span(match[3], match[4], part))
    if match := _DAYS.fullmatch(part):
        if part != whole:
            raise ProtocolError(
                f"The schedule {_short(whole)!r} mixes a list of days with something else.",
                why='Days are counted from the start of the plan, and "then" counts from there on.',
                fix="Write two entries, one with the list of days and one with the rest.",
            )
        return _listed([int(day) for day in re.findall(r"[0-9]+", match[1])], part)
    raise ProtocolError(
        f"{_short(part)!r} is not a schedule.",
        why="The days of a plan must be countable without guessing.",
        fix=f"Write for example {EXAMPLES}.",
    )


def _listed(days: list[int], part: str) -> Block:
    if sorted(set(days)) != days:
        ordered = ", ".join(str(day) for day in sorted(set(days))[:20])
        raise ProtocolError(
            f"The days of {_short(part)!r} are not in order, or one comes twice.",
            why="A list out of order is most often a slip of the pen.",
            fix=f'Write "days {ordered}"; for several doses a day use at = ["09:00", "15:00"].',
        )
    return Block(tuple(days), days[-1] + 1, days[-1] + 1)


def _spread_over_a_week(times: int, part: str) -> tuple[int, ...]:
    """Spread `times` days over a week: 2 is days 0 and 3, 3 is days 0, 2 and 4."""
    if not 1 <= times <= WEEK:
        raise ProtocolError(
            f"{_short(part)!r} asks for {times} days in a week.",
            why="A week has seven days.",
            fix='Write 1 to 7 a week; for several doses on one day add at = ["09:00", "15:00"].',
        )
    return tuple(i * WEEK // times for i in range(times))


def _span(number: str, unit: str, part: str) -> int:
    days = int(number) * DAYS_IN[unit]
    if days == 0:
        raise ProtocolError(
            f"{_short(part)!r} lasts no time at all.",
            why="A schedule of no days does nothing.",
            fix="Write at least 1 day, or leave the entry out.",
        )
    return days


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "..."
