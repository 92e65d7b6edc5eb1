"""Another written plan, as this person would follow it."""

from dataclasses import replace

from regrow.forecast.belief import Belief
from regrow.forecast.edits import ahead
from regrow.protocol.calendar import Calendar


def instead(belief: Belief, other: Calendar, *, today: float) -> Calendar:
    """Return `other` as the person of `belief` would follow it from `today` on.

    A practice that both plans expect to be done to the same share goes on as this person last did
    it, so that only the change differs; one of which `other` expects more or less is done as
    `other` says.
    """
    expected = {(one.practice, one.adherence) for one in belief.plan.practices}
    as_last_done = {one.practice: one.adherence for one in ahead(belief, today=today).practices}
    return replace(
        other,
        practices=tuple(
            replace(one, adherence=as_last_done[one.practice])
            if (one.practice, one.adherence) in expected
            else one
            for one in other.practices
        ),
    )
