"""The words a study file may use, and what each kind of finding must say."""

from dataclasses import dataclass

USES = ("calibration", "validation")
DESIGNS = ("parallel", "crossover", "single arm", "pooled", "withdrawal")
STATUSES = ("reported", "derived", "assumed")
TRUSTS = ("read", "derived", "memory")
MISSING = ("observed cases", "last observation carried forward")
IMPROVEMENTS = ("response", "remission")
RESPONSE_LOST = "response lost"
SEVERITY_AT_LEAST = "severity at least"
RELAPSES = (RESPONSE_LOST, SEVERITY_AT_LEAST)

SPREADS_OF_ONE = ("SD", "SE")
SPREADS_OF_TWO = ("95% CI", "IQR")
SPREADS = (*SPREADS_OF_ONE, *SPREADS_OF_TWO)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a kind of finding says, beside its arm, its measure and its value."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ("among", "among_day")
    spreads: tuple[str, ...]
    share: bool = False
    positive: bool = False


_COMPARED = ("day", "versus")
_AFTER = ("since_day", "among", "among_day")

KINDS = {
    "mean": Kind(needs=("day",), spreads=("SD", "SE", "95% CI")),
    "change": Kind(needs=("day",), spreads=("SD", "SE", "95% CI")),
    "difference": Kind(needs=_COMPARED, spreads=("SE", "95% CI")),
    "standardised difference": Kind(needs=_COMPARED, spreads=("SE", "95% CI")),
    "response": Kind(needs=("day",), spreads=("SE", "95% CI"), share=True),
    "remission": Kind(needs=("day",), spreads=("SE", "95% CI"), share=True),
    "sustained response": Kind(needs=("day", "until_day"), spreads=("SE", "95% CI"), share=True),
    "relapse": Kind(needs=("day", *_AFTER), may=(), spreads=("SE", "95% CI"), share=True),
    "median time to relapse": Kind(needs=_AFTER, may=(), spreads=SPREADS_OF_TWO, positive=True),
    "hazard ratio": Kind(needs=(*_COMPARED, *_AFTER), may=(), spreads=("95% CI",), positive=True),
}
RELAPSE_KINDS = ("relapse", "median time to relapse", "hazard ratio")
DEPENDS_ON_THE_KIND = ("day", "until_day", "since_day", "versus", "among", "among_day")
"""The keys of a finding that some kinds need and others cannot have."""
