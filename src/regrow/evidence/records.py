"""What a cited number is: plain frozen records, nothing else.

Source      a paper, a label, a data set
Parameter   one number with its unit, spread, place and trust
Finding     one published result, used as a test or a benchmark
Correction  one erratum: what is printed, what is used instead, and why
Claim       what people say, and what the literature supports
"""

import datetime
from dataclasses import dataclass

STATUSES = ("reported", "digitised", "derived", "assumed")
TRUSTS = ("read", "transcribed", "derived", "memory", "assumed")
CERTAINTIES = ("high", "moderate", "low", "very low")
PRIOR_KINDS = ("lognormal", "normal", "logit-normal", "uniform")
SPREAD_KINDS = (
    "95% CI",
    "SD",
    "SE",
    "between patients, CV %",
    "between patients, SD on log scale",
    "between patients, SD on logit scale",
    "between occasions, variance on log scale",
    "range",
    "RSE %",
)
SPREADS_OF_TWO = ("95% CI", "range")


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a number comes from. What the evidence notes do not tell is None, never guessed."""

    id: str
    authors: str | None = None
    title: str | None = None
    describes: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    note: str | None = None

    def cite(self) -> str:
        """The reference as one line."""
        place = " ".join(part for part in (self.journal, self.volume) if part)
        if self.pages:
            place = f"{place}:{self.pages}" if place else self.pages
        words = self.title or self.describes
        head, rest = (self.authors, words) if self.authors else (words or self.id, None)
        year = f" ({self.year})" if self.year else ""
        parts = [f"{head}{year}", rest, place, f"doi:{self.doi}" if self.doi else self.url]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far a published number varies, in the words of its source."""

    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What is believed of a number before calibration, and why."""

    kind: str
    reason: str
    sd: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One cited number."""

    file: str
    name: str
    means: str
    value: float
    unit: str
    source: str
    where: str
    status: str
    trust: str
    certainty: str
    spread: Spread | None = None
    prior: Prior | None = None
    null: float | None = None
    about: str | None = None
    conflicts: tuple[str, ...] = ()
    corrected: str | None = None
    note: str | None = None

    @property
    def reference(self) -> str:
        """How other entries point at this one."""
        return f"{self.file}/{self.name}"

    def cite(self) -> str:
        """`clearance = 79 L/h per 70 kg [kamp2020, Abstract]`"""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.name} = {self.value:g}{unit} [{self.source}, {self.where}]"


@dataclass(frozen=True, kw_only=True)
class Population:
    """Who was measured, as far as a model can use it. None: not stated."""

    age: float | None = None
    weight_kg: float | None = None
    asian: bool = False
    japanese: bool = False


@dataclass(frozen=True, kw_only=True)
class Given:
    """The dose behind a finding. Exactly one of mg and mg_per_kg is set."""

    drug: str
    route: str
    formulation: str | None = None
    mg: float | None = None
    mg_per_kg: float | None = None
    minutes: float = 0.0
    population: Population = Population()


# How close a simulation must come, as a ratio to the published mean.
TOLERANCES = {
    "own model": (0.80, 1.25),  # the paper whose equations the model uses
    "independent": (0.67, 1.50),  # anybody else's measurement
}
STATED_RANGE = "stated range"  # inside low to high, no widening


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One published result. A single number has `value`; a range has `low` and `high`."""

    file: str
    id: str
    given: Given
    analyte: str
    metric: str
    unit: str
    source: str
    where: str
    trust: str
    tolerance: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    spread: Spread | None = None
    n: int | None = None
    who: str | None = None
    sampling: str | None = None
    at_minutes: float | None = None
    window_hours: float | None = None
    conflicts: tuple[str, ...] = ()
    corrected: str | None = None
    note: str | None = None

    @property
    def reference(self) -> str:
        """How corrections and conflicts point at this one."""
        return f"{self.file}/{self.id}"

    def acceptance(self) -> tuple[float, float]:
        """The lowest and highest simulated value that agrees with this finding."""
        if self.tolerance in TOLERANCES and self.value is not None:
            low, high = TOLERANCES[self.tolerance]
            return low * self.value, high * self.value
        assert self.low is not None
        assert self.high is not None
        return self.low, self.high

    def accepts(self, simulated: float) -> bool:
        """Whether a simulated value agrees with this finding."""
        low, high = self.acceptance()
        return low <= simulated <= high

    def cite(self) -> str:
        """`row-30-esk-cmax-28: cmax of esketamine 43.8 ng/mL [perezruixo2021, Table 4]`"""
        size = f"{self.value:g}" if self.value is not None else f"{self.low:g} to {self.high:g}"
        return (
            f"{self.id}: {self.metric} of {self.analyte} {size} {self.unit} "
            f"[{self.source}, {self.where}]"
        )


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One erratum of a source. Either it mends an entry, or it says what is left unused."""

    id: str
    source: str
    reason: str
    finding: str | None = None
    parameter: str | None = None
    about: str | None = None
    field: str = "value"
    printed: float | str | None = None
    use: float | str | None = None
    told: datetime.date | None = None
    expect: float | str | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What people say about ketamine, and what the literature supports."""

    id: str
    claim: str
    supported: str
    certainty: str
    certainty_note: str
    sources: tuple[str, ...]
