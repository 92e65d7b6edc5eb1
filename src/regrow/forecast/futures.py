"""Where equally likely versions of one person go: severity, its ups and downs, the window."""

from dataclasses import dataclass

import numpy as np

from regrow.errors import ForecastError
from regrow.forecast.belief import Belief, life_until
from regrow.forecast.crowd import Floats
from regrow.forecast.fluctuate import fluctuate
from regrow.forecast.heard import scales_of
from regrow.forecast.persons import Persons, persons
from regrow.forecast.walk import walked, way_through
from regrow.measures.catalogue import measures
from regrow.measures.lasting import lasting_sd
from regrow.protocol.calendar import Calendar

PERSONS = 4096
MOST_DAYS = 3650


@dataclass(frozen=True, kw_only=True, eq=False)
class Futures:
    """The past and future of equally likely versions of one person, day by day.

    severity: with its ups and downs, MADRS points (days x persons). window: 1 is closed (days x
    persons). assumed: what was not logged and had to be assumed.
    """

    persons: Persons
    plan: Calendar
    today: float
    days: Floats
    severity: Floats
    window: Floats
    fluctuation: Floats
    assumed: tuple[str, ...]
    seed: int

    def at(self, day: float) -> int:
        """Return the place of `day` among the days."""
        place = int(np.searchsorted(self.days, day - 1e-9))
        if place == len(self.days) or abs(self.days[place] - day) > 1e-6:
            raise ForecastError(
                f"Day {day:g} is not a day of this forecast.",
                why=f"It has whole days to day {self.days[-1]:g}, today and the days of readings.",
                fix="Ask for one of those.",
            )
        return place

    def shown(self, measure: str, day: float | None = None) -> Floats:
        """Return what a reading on `measure` would show, inside its range.

        Days x persons; of one `day`, persons.
        """
        scale = measures()[measure]
        severity = self.severity if day is None else self.severity[self.at(day)]
        rng = np.random.default_rng([self.seed, 3])
        noise = scale.noise_sd * rng.standard_normal(severity.shape)
        if measure in self.persons.names:
            lasting = self.persons.lasting[self.persons.names.index(measure)]
        else:
            lasting = lasting_sd(scale) * rng.standard_normal(self.persons.count)
        line = scale.intercept + scale.slope * severity
        return np.asarray(np.clip(line + lasting + noise, scale.minimum, scale.maximum))


def futures(
    belief: Belief,
    plan: Calendar | None = None,
    *,
    today: float,
    until: int,
    seed: int,
    count: int = PERSONS,
) -> Futures:
    """Return where the person may go under `plan` (by default the belief's own) from `today` on.

    The same `seed` gives the same persons, with the same ups and downs, under every plan. Raises
    ForecastError for a day that lies before the last reading, or after `until`.
    """
    _check(belief, today, until)
    return _under(belief, plan, persons(belief, count, seed=seed), today, until, seed)


def elsewise(first: Futures, belief: Belief, plan: Calendar) -> Futures:
    """Return the futures of the same persons, with the same ups and downs, under another plan."""
    return _under(
        belief, plan, first.persons, first.today, int(first.days[-1]), first.seed, first.fluctuation
    )


def _under(
    belief: Belief,
    plan: Calendar | None,
    who: Persons,
    today: float,
    until: int,
    seed: int,
    fluctuation: Floats | None = None,
) -> Futures:
    wanted = {float(day) for day in range(until + 1)} | {one.day for one in belief.readings}
    days = np.array(sorted(wanted | {float(today)}))
    life = life_until(belief, today, then=plan)
    way = way_through(life, days, who.ignorance, ancestry=belief.who.ancestry)
    steady, window = walked(way, who.z, who.set_of_block)
    steady, window = steady[: len(days)], window[: len(days)]
    if fluctuation is None:
        fluctuation = _ups_and_downs(belief, who, days, steady, seed)
    return Futures(
        persons=who,
        plan=life.calendar,
        today=today,
        days=days,
        severity=np.clip(steady + fluctuation, 0.0, 60.0),
        window=window,
        fluctuation=fluctuation,
        assumed=life.assumed,
        seed=seed,
    )


def _ups_and_downs(belief: Belief, who: Persons, days: Floats, steady: Floats, seed: int) -> Floats:
    """Return a path of fluctuation for everyone that agrees with the readings."""
    scales = scales_of(belief.readings)
    at = np.searchsorted(days, [one.day for one in belief.readings])
    values = np.array([one.value for one in belief.readings])
    slope, intercept = scales.line[:, :1], scales.line[:, 1:2]
    # a scale on which nothing lasts reads the row of noughts at the end
    lasting = np.vstack([who.lasting, np.zeros(who.count)])[scales.place]
    path = np.empty_like(steady)
    fluctuate(
        values[:, None] - intercept - slope * steady[at] - lasting,
        at,
        scales.ends,
        np.ascontiguousarray(scales.line[:, ::2]),
        days,
        who.set_of,
        who.ignorance.column("slow/fluctuation"),
        who.ignorance.column("slow/fluctuation_time"),
        np.random.default_rng([seed, 4]).standard_normal(steady.shape),
        path,
    )
    return path


def _check(belief: Belief, today: float, until: int) -> None:
    if today < belief.last_day:
        raise ForecastError(
            f"A forecast from day {today:g} was asked for, but a reading is of day "
            f"{belief.last_day:g}.",
            why="A forecast that knows its own future would be no forecast.",
            fix="Ask for a later day, or observe only what was read by then.",
        )
    if not 0.0 <= today < until <= MOST_DAYS:
        raise ForecastError(
            f"A forecast from day {today:g} to day {until} cannot be made.",
            why=f"It runs from today into the future, for at most {MOST_DAYS} days of the plan.",
            fix=f"Ask for a day after {today:g}.",
        )
