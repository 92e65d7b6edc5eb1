"""What if: the same person, with the same ups and downs, under other plans from today on."""

from collections.abc import Sequence
from dataclasses import dataclass

from regrow.forecast.bands import Band, band
from regrow.forecast.belief import Belief
from regrow.forecast.crowd import Floats
from regrow.forecast.definitions import Definitions
from regrow.forecast.futures import PERSONS, Futures, elsewise, futures
from regrow.forecast.relapse import Relapse, relapse, remitting, responding
from regrow.protocol.calendar import Calendar


@dataclass(frozen=True, kw_only=True, eq=False)
class Alternative:
    """Another plan beside the person's own, from today on.

    difference: severity under this plan minus that under the own one, in the same versions of the
    person (MADRS points; negative is better). better: probability that severity is lower under
    this plan, per day. response, remission: probabilities under this plan.
    """

    plan: Calendar
    days: Floats
    difference: Band
    better: Floats
    response: Floats
    remission: Floats
    relapse: Relapse


def what_if(
    belief: Belief,
    plans: Sequence[Calendar],
    *,
    today: float,
    until: int,
    seed: int,
    definitions: Definitions | None = None,
    count: int = PERSONS,
) -> tuple[Alternative, ...]:
    """Return how each of `plans`, followed from `today` on, differs from the belief's own plan.

    What lies before today is as it was lived: a plan's own past does not count.
    """
    own = futures(belief, today=today, until=until, seed=seed, count=count)
    return compared(own, belief, plans, definitions=definitions)


def compared(
    own: Futures,
    belief: Belief,
    plans: Sequence[Calendar],
    *,
    definitions: Definitions | None = None,
) -> tuple[Alternative, ...]:
    """Return how each of `plans` differs from `own`, for example the `future` of a forecast."""
    return tuple(_beside(own, belief, plan, definitions or Definitions()) for plan in plans)


def _beside(own: Futures, belief: Belief, plan: Calendar, definitions: Definitions) -> Alternative:
    other = elsewise(own, belief, plan)
    difference = other.severity - own.severity
    return Alternative(
        plan=plan,
        days=other.days,
        difference=band(difference),
        better=(difference < 0.0).mean(axis=1),
        response=responding(other, definitions).mean(axis=1),
        remission=remitting(other, definitions).mean(axis=1),
        relapse=relapse(other, definitions),
    )
