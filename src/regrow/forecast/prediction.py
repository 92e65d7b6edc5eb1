"""The forecast of one person: where severity goes, how sure that is, and what it rests on."""

from dataclasses import dataclass

from regrow.forecast.account import Account, account
from regrow.forecast.bands import Band, Spread, band, spread
from regrow.forecast.belief import Belief
from regrow.forecast.crowd import Floats
from regrow.forecast.definitions import Definitions
from regrow.forecast.few import few
from regrow.forecast.futures import PERSONS, Futures, futures
from regrow.forecast.levers import Lever, NextReading, levers, next_readings
from regrow.forecast.relapse import Relapse, relapse, remitting, responding
from regrow.forecast.rests import Rests, rests
from regrow.measures.catalogue import measures
from regrow.protocol.calendar import Calendar


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecast:
    """What is to be expected of one person from `today` on, and what was before.

    Arrays run over `days`: the whole days of the plan to the last, today, and the days of
    readings. severity: with its ups and downs, MADRS points. madrs: what a MADRS reading would
    show. spread: why severity is uncertain. window: 1 is closed. response, remission:
    probabilities. outside: the readings lie outside what the model knows. effective: how many
    equally likely virtual persons the belief is worth.
    """

    today: float
    days: Floats
    severity: Band
    madrs: Band
    spread: Spread
    window: Band
    response: Floats
    remission: Floats
    relapse: Relapse
    next_readings: tuple[NextReading, ...]
    levers: tuple[Lever, ...]
    rests: Rests
    definitions: Definitions
    account: Account
    outside: bool
    effective: float
    future: Futures

    def at(self, day: float) -> int:
        """Return the place of `day` in every array over days."""
        return self.future.at(day)


def forecast(
    belief: Belief,
    plan: Calendar | None = None,
    *,
    today: float,
    until: int,
    seed: int,
    definitions: Definitions | None = None,
    count: int = PERSONS,
) -> Forecast:
    """Return the forecast of a person under `plan` (by default the own one) to day `until`.

    The same belief and `seed` give the same forecast. Raises ForecastError for a day before the
    last reading, or beyond what can be simulated.
    """
    definitions = definitions or Definitions()
    future = futures(belief, plan, today=today, until=until, seed=seed, count=count)
    some = few(future)
    return Forecast(
        today=today,
        days=future.days,
        severity=band(future.severity),
        madrs=band(future.shown("MADRS")),
        spread=spread(
            future.severity,
            future.persons.set_of,
            measurement_sd=measures()["MADRS"].noise_sd,
        ),
        window=band(future.window),
        response=responding(future, definitions).mean(axis=1),
        remission=remitting(future, definitions).mean(axis=1),
        relapse=relapse(future, definitions),
        next_readings=next_readings(future, future.plan),
        levers=levers(some, belief, until=until) if plan is None else (),
        rests=rests(some, belief, plan),
        definitions=definitions,
        account=account(belief, future),
        outside=belief.outside,
        effective=belief.effective,
        future=future,
    )
