"""What a prediction stands on: points by certainty, and every number behind them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regrow.basis import Basis, basis
from regrow.evidence.reader import sources
from regrow.evidence.records import CERTAINTIES, Parameter, Source
from regrow.measures.catalogue import measures
from regrow.population import draw
from regrow.protocol.document import Protocol
from regrow.protocol.limits import DEFAULT_FILE, limit_for
from regrow.report.rests_on import RestsOn, Weight, rests_on

PATIENTS = 256
MEANING = {
    "high": "well known",
    "moderate": "likely to work so in people",
    "low": "uncertain",
    "very low": "a hypothesis",
}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the prediction for one protocol stands on."""

    protocol: Protocol
    rests_on: RestsOn
    basis: Basis

    @property
    def best_day(self) -> int:
        """The day on which severity is lowest."""
        return int(np.argmin(self.basis.total))

    @property
    def last_day(self) -> int:
        """The last simulated day."""
        return int(self.basis.days[-1])

    def points(self, day: int) -> Mapping[str, float]:
        """Return the points of the mean change on `day` by certainty, the highest first."""
        return {name: float(self.basis.points[name][day]) for name in CERTAINTIES}

    def by_certainty(self) -> Mapping[str, tuple[Weight, ...]]:
        """Return the numbers of the model by certainty, the highest first."""
        return {
            name: tuple(w for w in self.rests_on.weights if w.parameter.certainty == name)
            for name in CERTAINTIES
        }

    def assumed(self) -> tuple[Parameter, ...]:
        """Return the numbers that nobody published in a form that was read."""
        return tuple(p for p in self.rests_on.parameters() if p.status == "assumed")

    def trusts(self) -> Mapping[str, int]:
        """Return how many numbers were read, transcribed, derived, remembered, assumed."""
        return Counter(p.trust for p in self.rests_on.parameters())


def ground(protocol: Protocol, *, until: int | None = None, seed: int = 0) -> Ground:
    """Return what the prediction for `protocol` stands on."""
    found = rests_on(protocol, until=until, seed=seed)
    return Ground(
        protocol=protocol,
        rests_on=found,
        basis=basis(draw(PATIENTS, seed=seed), protocol, until=found.until),
    )


def used_sources(grounds: tuple[Ground, ...], scales: tuple[str, ...] = ()) -> tuple[Source, ...]:
    """Return every source behind these predictions, and nothing else."""
    known = sources()
    ids: set[str] = set()
    for each in grounds:
        ids.update(each.rests_on.sources())
        ids.update(name for name in each.protocol.references if name in known)
        ids.update(_limits(each.protocol))
    for scale in scales:
        ids.update(number.source for number in measures()[scale].crosswalk.numbers)
    return tuple(known[name] for name in sorted(ids))


def _limits(protocol: Protocol) -> set[str]:
    files = protocol.limits.files if protocol.limits else (DEFAULT_FILE,)
    given = {(e.drug, e.route) for e in (*protocol.dose, *protocol.maintenance, *protocol.booster)}
    found = (limit_for(drug, route, file=file) for drug, route in given for file in files)
    return {limit.source for limit in found if limit is not None}
