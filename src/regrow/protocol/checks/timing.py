"""Can the doses follow each other as written?"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from regrow.protocol.calendar import condition_of, days_of, end_of, minutes_of
from regrow.protocol.checks.parts import Parts, remark
from regrow.protocol.document import Booster, Dose, Maintenance
from regrow.protocol.limits import Limit, limit_for
from regrow.protocol.placed import HOURS_IN_A_DAY
from regrow.protocol.problems import Place, Remark
from regrow.protocol.schedule import MOST_OCCASIONS, WEEK
from regrow.units import MINUTES_IN_AN_HOUR, clock


@dataclass(frozen=True)
class Given:
    """One administration on the clock of the plan."""

    hour: float
    minutes: float
    place: Place
    entry: Dose | Maintenance | Booster

    def ends(self) -> float:
        """The hour of the plan at which it ends."""
        return self.hour + self.minutes / MINUTES_IN_AN_HOUR

    def __str__(self) -> str:
        day, hour = divmod(self.hour, HOURS_IN_A_DAY)
        return f"the dose on day {day:g} at {clock(hour)}"


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against the order of the doses."""
    total = sum(_count(entry) for _, entry in parts.administrations())
    if total > MOST_OCCASIONS:
        yield remark(
            parts.administrations()[0][0],
            None,
            f"The plan holds {total:,} doses.",
            why=f"A plan holds at most {MOST_OCCASIONS:,}; it was counted, not carried out.",
            fix="Write a shorter plan.",
        )
        return
    given = sorted(_given(parts), key=lambda one: one.hour)
    yield from _once_per_place(_overlaps(given))
    planned = [one for one in given if condition_of(one.entry) is None]
    yield from _once_per_place(_too_close(planned, parts.limit_files))
    yield from _once_per_place(_too_many_a_week(planned, parts.limit_files))


def _count(entry: Dose | Maintenance | Booster) -> int:
    if isinstance(entry, Booster):
        days = -(-max(0, end_of(entry) - entry.starting) // entry.check)
    else:
        days = entry.schedule.count()
    return days * len(entry.at)


def _given(parts: Parts) -> Iterator[Given]:
    for place, entry in parts.administrations():
        for day in days_of(entry):
            for hour in entry.at:
                yield Given(day * HOURS_IN_A_DAY + hour, minutes_of(entry), place, entry)


def _once_per_place(found: Iterator[Remark]) -> Iterator[Remark]:
    seen: set[Place] = set()
    for one in found:
        if one.place not in seen:
            seen.add(one.place)
            yield one


def _overlaps(given: list[Given]) -> Iterator[Remark]:
    for earlier, later in pairwise(given):
        if later.hour < earlier.ends() or later.hour == earlier.hour:
            yield remark(
                later.place,
                _key_of(later, earlier),
                f"{str(later).capitalize()} starts before {earlier} has ended.",
                why="Two doses at once is not something a nurse can carry out.",
                fix="Move the later dose, or shorten the earlier infusion.",
            )


def _key_of(later: Given, earlier: Given) -> str:
    """The key that would be changed to part two doses."""
    same_day = later.hour // HOURS_IN_A_DAY == earlier.hour // HOURS_IN_A_DAY
    if later.place == earlier.place and same_day:
        return "at"
    return "check" if isinstance(later.entry, Booster) else "schedule"


def _limits(one: Given, files: tuple[str, ...]) -> Iterator[Limit]:
    for file in files:
        if limit := limit_for(one.entry.drug, one.entry.route, file=file):
            yield limit


def _too_close(planned: list[Given], files: tuple[str, ...]) -> Iterator[Remark]:
    for earlier, later in pairwise(planned):
        for limit in _limits(later, files):
            gap = later.hour - earlier.ends()
            if limit.min_gap_hours and 0 <= gap < limit.min_gap_hours:
                yield remark(
                    later.place,
                    _key_of(later, earlier),
                    f"{str(later).capitalize()} comes {gap:g} h after {earlier}; "
                    f"the limit is {limit.min_gap_hours:g} h.",
                    why=f"The limit comes from {limit.source} ({limit.where}).",
                    fix=f"Leave at least {limit.min_gap_hours:g} h between them.",
                )


def _too_many_a_week(planned: list[Given], files: tuple[str, ...]) -> Iterator[Remark]:
    for limit in {limit for one in planned for limit in _limits(one, files)}:
        same = [one for one in planned if (one.entry.drug, one.entry.route) == _key(limit)]
        most = limit.max_per_week
        for first, beyond in zip(same, same[most:] if most else [], strict=False):
            if beyond.hour < first.hour + WEEK * HOURS_IN_A_DAY:
                yield remark(
                    beyond.place,
                    "schedule",
                    f"{str(beyond).capitalize()} is one more than {most} in seven days, "
                    f"the limit for {limit.drug}, {limit.route}.",
                    why=f"The limit comes from {limit.source} ({limit.where}).",
                    fix=f"Plan at most {most} doses in any seven days.",
                )


def _key(limit: Limit) -> tuple[str, str]:
    return limit.drug, limit.route
