"""Response, remission, relapse: what counts as an outcome, said once.

Severity is the model's true MADRS score, without measurement error. Defaults are the usual ones;
a study may bring its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """How outcomes are defined.

    response: at least this fall from baseline, as a share. remission: at most this many points.
    relapse: a responder at the end of the acute course falls back below `response` for the first
    time.
    """

    response_fall: float = 0.5
    remission_madrs: float = 10.0
