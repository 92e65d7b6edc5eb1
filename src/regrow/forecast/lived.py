"""A life under a plan: what happened until today, and what the plan says from then on."""

from dataclasses import dataclass, replace

from regrow.engine.plan import clock
from regrow.forecast.doses_given import doses_given
from regrow.forecast.log import Log
from regrow.forecast.practices_done import as_done_so_far, practices_done
from regrow.forecast.sessions_held import sessions_held
from regrow.protocol.calendar import Calendar


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What happened and what is planned, as one calendar, and what had to be assumed.

    shift_days: the simulated day of `calendar` at which day 0 of the plan began. It differs from 0
    only where the first dose was really given at another hour, by which a calendar's clock is set.
    """

    calendar: Calendar
    assumed: tuple[str, ...]
    shift_days: float


def lived(plan: Calendar, log: Log, *, today: float, then: Calendar | None = None) -> Lived:
    """Return `plan` as it was carried out until `today`, and `then` after it.

    By default the plan goes on, with practices done as was last logged. Until today no dose waits
    for a rule: the log says which were given. What was not logged is taken to have happened as
    planned, and every such assumption is told.
    """
    then = then or as_done_so_far(plan, log.practices, today=today)
    doses, of_doses = doses_given(plan, log.doses, today=today, then=then)
    therapy, of_therapy = sessions_held(plan, log.sessions, today=today, then=then)
    practices, of_practices = practices_done(plan, log.practices, today=today, then=then)
    calendar = replace(then, doses=doses, therapy=therapy, practices=practices)
    return Lived(
        calendar=calendar,
        assumed=(*of_doses, *of_therapy, *of_practices),
        shift_days=(clock(plan) - clock(calendar)) / 24.0,
    )
