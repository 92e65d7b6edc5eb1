"""A questionnaire or scale: its range, its bands, what counts, and how it reads the model's state.

The model's state is severity in MADRS points. Every other scale is a line through it:

    score = intercept + slope * MADRS          (kept inside the range of the scale)
"""

from collections.abc import Iterable
from dataclasses import dataclass

from regrow.errors import RegrowError
from regrow.evidence.records import Parameter


@dataclass(frozen=True, kw_only=True)
class Band:
    """A named part of the scale, from a score upwards."""

    name: str
    low: float


@dataclass(frozen=True, kw_only=True)
class Licence:
    """What may be shipped, and why."""

    kind: str
    text: str
    ships: str


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    """How a scale reads severity, and how sure that is."""

    slope: float
    intercept: float
    rmse: float
    certainty: str
    assumed: bool
    numbers: tuple[Parameter, ...]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One scale. On all of them more is worse."""

    id: str
    title: str
    rater: str
    minimum: float
    maximum: float
    bands: tuple[Band, ...]
    response_fall: float | None
    remission_up_to: float | None
    important_change: float
    noise_sd: float
    crosswalk: Crosswalk
    licence: Licence
    note: str | None = None

    @property
    def slope(self) -> float:
        return self.crosswalk.slope

    @property
    def intercept(self) -> float:
        return self.crosswalk.intercept

    @property
    def rmse(self) -> float:
        return self.crosswalk.rmse

    def band(self, score: float) -> str | None:
        """The name of the band a score lies in; None for a scale without bands."""
        if not self.minimum <= score <= self.maximum:
            raise RegrowError(
                f"{self.id} of {score:g} is outside {self.minimum:g} to {self.maximum:g}.",
                why="A score outside the scale is a mistake of typing or of counting.",
                fix="Check the score.",
            )
        names = [band.name for band in self.bands if band.low <= score]
        return names[-1] if names else None


def from_madrs(measure: Measure, madrs: float) -> float:
    """The score on `measure` of somebody whose severity is `madrs`."""
    score = measure.intercept + measure.slope * madrs
    return min(max(score, measure.minimum), measure.maximum)


def bands(lowest: str, *cuts: tuple[str, Parameter]) -> tuple[Band, ...]:
    """Bands from their cut-offs; the lowest starts at zero."""
    return (Band(name=lowest, low=0.0), *(Band(name=name, low=cut.value) for name, cut in cuts))


def crosswalk(
    *, slope: float, intercept: float, rmse: float, numbers: Iterable[Parameter]
) -> Crosswalk:
    """A crosswalk that is as certain as the least certain of its numbers."""
    cited = tuple(numbers)
    ranks = ("very low", "low", "moderate", "high")
    return Crosswalk(
        slope=slope,
        intercept=intercept,
        rmse=rmse,
        certainty=min((one.certainty for one in cited), key=ranks.index, default="high"),
        assumed=any(one.status == "assumed" for one in cited),
        numbers=cited,
    )
