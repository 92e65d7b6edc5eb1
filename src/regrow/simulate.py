"""Simulate a protocol: one patient and a million are the same verb.

    result = simulate(Patient(weight_kg=62), read("protocols/six-infusions.toml"), until=28)
    result.mean_change()[14]

    result = simulate(population.draw(10_000, seed=7), protocol, until=90)

Several protocols simulated `side_by_side` meet the same virtual patients, so that their difference
is a difference in each patient.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from regrow import posterior
from regrow.engine.course import Course, make, room, walk
from regrow.engine.march import OUTPUTS
from regrow.engine.plan import StressEvent
from regrow.engine.slots import LANES
from regrow.errors import SimulationError
from regrow.measures.catalogue import measures
from regrow.model.values import Values, drawn
from regrow.outcomes import Outcomes
from regrow.patient import Patient
from regrow.population import CHUNK, Population, of
from regrow.protocol.calendar import Calendar, calendar, cut
from regrow.protocol.document import Protocol
from regrow.summary import Histogram, Summary

if TYPE_CHECKING:
    import xarray

Floats = npt.NDArray[np.float64]
Knowledge = Literal["posterior", "centre", "prior"]

SETS = 64
"""How many sets of values a simulation runs over, unless it keeps to the middle of them."""
PART = 4096
"""Patients handed to one thread at once."""
KEPT = 2048
"""How many patients keep their whole trajectories, unless all are asked for."""
MOST_DAYS = 3650
MADRS = OUTPUTS.index("madrs")


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """The trajectories of some patients on one protocol, as the engine returns them."""

    protocol: int
    first_patient: int
    readings: Floats
    given_mg: Floats


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a protocol does to a population: a summary of all, the trajectories of some."""

    title: str
    plan: Calendar
    days: Floats
    summary: Summary
    readings: Floats
    given_mg: Floats
    seed: int
    knowledge: Knowledge
    grid_error_points: float
    sets: tuple[Values, ...]

    @property
    def patients(self) -> int:
        """How many patients the summary holds."""
        return self.summary.patients

    def kept(self, output: str) -> Floats:
        """Return one output of the kept patients (days x patients), for example "madrs"."""
        return np.asarray(self.readings[OUTPUTS.index(output)])

    def mean_change(self) -> Floats:
        """Return the mean change of MADRS since day 0, per day (points; negative is better)."""
        return self.summary.change.mean()

    def to_xarray(self) -> xarray.Dataset:
        """Return the kept trajectories as an xarray Dataset (dimensions day and patient)."""
        import xarray

        return xarray.Dataset(
            {name: (("day", "patient"), self.readings[k]) for k, name in enumerate(OUTPUTS)}
            | {"given_mg": (("dose", "patient"), self.given_mg)},
            coords={
                "day": self.days,
                "patient": np.arange(self.readings.shape[2]),
                "dose": np.arange(len(self.given_mg)),
            },
            attrs={"title": self.title, "seed": self.seed, "knowledge": self.knowledge},
        )


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Another protocol minus the first, in the same patients."""

    title: str
    against: str
    madrs: Histogram


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Protocols side by side on the same virtual patients."""

    results: tuple[Result, ...]
    differences: tuple[Difference, ...]


def simulate(
    who: Patient | Population,
    protocol: Protocol | Calendar,
    *,
    until: int | None = None,
    knowledge: Knowledge | None = None,
    events: Sequence[StressEvent] = (),
    keep: int = KEPT,
    threads: int | None = None,
) -> Result:
    """Simulate `protocol` in one patient or a population, to day `until`.

    `knowledge` "posterior" runs over draws of the calibrated posterior, so that bands hold people's
    differences and our ignorance; "centre" uses every number in the middle of it; "prior" shows
    what would be known without any trial. By default a population is simulated over the posterior
    and patients who are described one by one at its centre.
    """
    return side_by_side(
        who, [protocol], until=until, knowledge=knowledge, events=events, keep=keep, threads=threads
    ).results[0]


def simulate_under(
    who: Patient | Population, protocol: Protocol | Calendar, *, until: int, values: Values
) -> Result:
    """Simulate `protocol` under one given set of values."""
    return side_by_side(who, [protocol], until=until, sets=[values]).results[0]


def side_by_side(
    who: Patient | Population,
    protocols: Sequence[Protocol | Calendar],
    *,
    until: int | None = None,
    knowledge: Knowledge | None = None,
    events: Sequence[StressEvent] = (),
    keep: int = KEPT,
    threads: int | None = None,
    sets: Sequence[Values] | None = None,
    outcomes: Outcomes | None = None,
    sink: Callable[[Chunk], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Simulate several protocols on the same virtual patients.

    `sink` receives every chunk in the order of the patients (for streaming to disk); `progress`
    is told how many of how many patients are done. Results do not depend on `threads`.
    """
    people = of([who]) if isinstance(who, Patient) else who
    plans = [_calendar(p, until) for p in protocols]
    horizon = until if until is not None else max(plan.until_day for plan in plans)
    _check_horizon(horizon)
    plans = [_calendar(p, horizon) for p in protocols]
    knowledge = knowledge or ("centre" if people.described else "posterior")
    sets = tuple(sets) if sets is not None else sets_of_values(knowledge, people.seed)
    days = [float(day) for day in range(horizon + 1)]
    courses = [course_of(plan, sets, people, days, events) for plan in plans]
    summaries = [
        Summary(
            days=np.array(days),
            acute_end=acute_end(plan, horizon),
            sets=len(sets),
            doses=len(plan.doses),
            outcomes=outcomes or Outcomes(),
        )
        for plan in plans
    ]
    differences = [Histogram(len(days), -60.0, 60.0) for _ in plans[1:]]
    kept: list[list[tuple[Floats, Floats]]] = [[] for _ in plans]
    wanted = people.patients if sink is not None else keep
    for part in _walked(courses, people, threads, summaries, differences, wanted):
        for k, found in enumerate(part.found):
            summaries[k].merge(part.summaries[k])
            if k:
                differences[k - 1].merge(part.differences[k - 1])
            if not found:
                continue
            readings = np.concatenate([r for r, _ in found], axis=2)
            given_mg = np.concatenate([g for _, g in found], axis=1)
            left = max(0, keep - part.first)
            if left:
                kept[k].append((readings[:, :, :left], given_mg[:, :left]))
            if sink is not None:
                sink(
                    Chunk(
                        protocol=k, first_patient=part.first, readings=readings, given_mg=given_mg
                    )
                )
        if progress is not None:
            progress(part.first + part.patients, people.patients)
    titles = [_title(p, k) for k, p in enumerate(protocols)]
    results = tuple(
        Result(
            title=titles[k],
            plan=plans[k],
            days=np.array(days),
            summary=summaries[k],
            readings=_joined([readings for readings, _ in kept[k]], len(OUTPUTS), len(days)),
            given_mg=_joined([given for _, given in kept[k]], len(plans[k].doses)),
            seed=people.seed,
            knowledge=knowledge,
            grid_error_points=grid_error(plans[k], sets, people, days, events),
            sets=sets,
        )
        for k in range(len(plans))
    )
    return Comparison(
        results=results,
        differences=tuple(
            Difference(title=titles[k + 1], against=titles[0], madrs=histogram)
            for k, histogram in enumerate(differences)
        ),
    )


def sets_of_values(knowledge: Knowledge, seed: int) -> tuple[Values, ...]:
    """Return the sets of values behind a simulation: one in the middle, or many."""
    if knowledge == "centre":
        return (posterior.middle(),)
    return posterior.sets(SETS) if knowledge == "posterior" else drawn(SETS, seed=seed)


def course_of(
    plan: Calendar,
    sets: Sequence[Values],
    people: Population,
    days: Sequence[float],
    events: Sequence[StressEvent] = (),
    refine: int = 1,
) -> Course:
    """Return `plan` ready to run for these people."""
    return make(
        plan,
        sets,
        people=people.people,
        output_days=days,
        points_per_phq9=1.0 / measures()["PHQ-9"].slope,
        ancestry=people.ancestry,
        events=events,
        refine=refine,
    )


def grid_error(
    plan: Calendar,
    sets: Sequence[Values],
    people: Population,
    days: Sequence[float],
    events: Sequence[StressEvent] = (),
) -> float:
    """Return the largest error of MADRS (points) that the grid makes.

    The first patients, thirty-two of every set of values, walk a grid with every step halved; what
    changes is the error, since the finer grid's own is some sixteen times smaller. Patients to whom
    a rule gives other doses on the finer grid are left out.
    """
    first, (count, z) = 0, people.chunk(0, max(2, len(sets)) * LANES)
    coarse, given = walk(course_of(plan, sets, people, days, events), z, first)
    fine, given_fine = walk(course_of(plan, sets, people, days, events, refine=2), z, first)
    # a rule that is met by a hair on one grid only is another course, not an error of the grid
    same = (given == given_fine).all(axis=0)[:count]
    error = np.abs(coarse[MADRS, :, :count] - fine[MADRS, :, :count])[:, same]
    return float(error.max(initial=0.0))


def acute_end(plan: Calendar, horizon: int) -> int:
    """Return the day by which the acute course has worked: a day after its last dose."""
    days = [dose.day for dose in plan.doses if dose.condition is None and dose.phase == "acute"]
    return min(horizon, max(days, default=0) + 1)


@dataclass(frozen=True)
class _Part:
    """What some patients give: what was counted, and the trajectories that somebody wants."""

    first: int
    patients: int
    found: list[list[tuple[Floats, Floats]]]
    summaries: list[Summary]
    differences: list[Histogram]


def _walked(
    courses: Sequence[Course],
    people: Population,
    threads: int | None,
    summaries: Sequence[Summary],
    differences: Sequence[Histogram],
    wanted: int,
) -> Iterator[_Part]:
    """Yield parts of the population in order, each computed on one of several threads.

    The trajectories of the first `wanted` patients come along.
    """
    workers = threads or os.cpu_count() or 1
    reserved = threading.local()

    def work(first: int) -> _Part:
        patients = min(PART, people.patients - first)
        part = _Part(
            first=first,
            patients=patients,
            found=[[] for _ in courses],
            summaries=[summary.empty() for summary in summaries],
            differences=[Histogram(h.days, h.low, h.high) for h in differences],
        )
        if not hasattr(reserved, "rooms"):
            reserved.rooms = [room(course, CHUNK) for course in courses]
        for begin in range(first, first + patients, CHUNK):
            count, z = people.chunk(begin, CHUNK)
            count = min(count, first + patients - begin)
            full = z.shape[1] == CHUNK
            walked = [
                walk(course, z, begin, reserved.rooms[k] if full else None)
                for k, course in enumerate(courses)
            ]
            for k, (readings, given_mg) in enumerate(walked):
                madrs = readings[MADRS, :, :count]
                part.summaries[k].add(madrs, given_mg[:, :count], begin)
                if k:
                    part.differences[k - 1].add(madrs - walked[0][0][MADRS, :, :count])
                left = max(0, min(count, wanted - begin))
                if left:
                    part.found[k].append((readings[:, :, :left].copy(), given_mg[:, :left].copy()))
        return part

    waiting: list[Future[_Part]] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for first in range(0, people.patients, PART):
                waiting.append(pool.submit(work, first))
                # two parts per worker are enough to keep it busy, and bound the memory
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            for future in waiting:
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _joined(parts: Sequence[Floats], *shape: int) -> Floats:
    return np.concatenate(parts, axis=-1) if parts else np.empty((*shape, 0))


def _title(protocol: Protocol | Calendar, number: int) -> str:
    return f"Calendar {number + 1}" if isinstance(protocol, Calendar) else protocol.title


def _calendar(protocol: Protocol | Calendar, until: int | None) -> Calendar:
    if isinstance(protocol, Calendar):
        return protocol if until is None else cut(protocol, until)
    return calendar(protocol) if until is None else calendar(protocol, until_day=max(1, until))


def _check_horizon(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise SimulationError(
            f"{days} days cannot be simulated.",
            why=f"The model was built for days to years: 1 to {MOST_DAYS} days.",
            fix=f"Ask for 1 to {MOST_DAYS} days.",
        )
