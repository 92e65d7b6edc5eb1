"""The study: what was done to whom, and what was found, as frozen records.

Each field's description is what the reference page and the JSON Schema say about it.
"""

from typing import Annotated, Self

from pydantic import Field, PrivateAttr

from regrow.protocol import fields
from regrow.protocol.document import Dose, Maintenance, Practice, Record, Therapy
from regrow.protocol.guard import MOST_ENTRIES
from regrow.studies import vocabulary as words
from regrow.studies.fields import LAST_DAY, Doi, Id, Moment, Score

MOST_FINDINGS = 200


class Spread(Record):
    """How far a value varies: between people (SD, IQR), or as an estimate (SE, 95% CI)."""

    kind: Annotated[str, *fields.choice("kind of spread", words.SPREADS)] = Field(
        description="What the spread is."
    )
    value: float | None = Field(default=None, gt=0, description="The size of an SD or SE.")
    low: float | None = Field(default=None, description="The lower end of a 95% CI or IQR.")
    high: float | None = Field(default=None, description="The upper end of a 95% CI or IQR.")


class Enrolled(Record):
    """Who took part."""

    measure: fields.Title = Field(description="The measure of the baseline numbers.")
    baseline_mean: Score = Field(description="The mean score before anything was given.")
    baseline_sd: float = Field(
        gt=0, le=100, description="The standard deviation of that score between people."
    )
    baseline_status: Annotated[str, *fields.choice("status", words.STATUSES)] = Field(
        description="Whether these numbers are reported, derived from such numbers, or assumed."
    )
    where: fields.Prose = Field(
        description="Where the baseline is printed, or why it is assumed to be so."
    )
    least: Score | None = Field(
        default=None, description="The lowest score on that measure with which people were let in."
    )
    most: Score | None = Field(
        default=None, description="The highest score on that measure with which people were let in."
    )
    weight_kg: float | None = Field(default=None, ge=30, le=250, description="The mean weight.")
    age_years: float | None = Field(default=None, ge=12, le=110, description="The mean age.")
    medication: fields.Title | None = Field(
        default=None, description="What else people took, for the reader."
    )
    dropout_share: float | None = Field(
        default=None, ge=0, lt=1, description="The share of people lost by dropout_by_day."
    )
    dropout_by_day: float | None = Field(
        default=None, gt=0, le=LAST_DAY, description="The day by which they were lost."
    )
    missing: Annotated[str, *fields.choice("way with missing readings", words.MISSING)] = Field(
        default=words.MISSING[0], description="What the study did about readings it did not have."
    )


class Definitions(Record):
    """What the study called a response, a remission and a relapse."""

    response_fall_percent: float = Field(
        default=50.0, gt=0, le=100, description="The least fall from baseline that is a response."
    )
    remission_at_most: Score | None = Field(
        default=None,
        description="The highest score that is a remission, on the measure of the finding.",
    )
    relapse: Annotated[str, *fields.choice("definition of relapse", words.RELAPSES)] | None = Field(
        default=None, description="What counts as a relapse."
    )
    relapse_at_least: Score | None = Field(
        default=None,
        description='The lowest score that is a relapse; goes with "severity at least".',
    )
    relapse_readings: int = Field(
        default=1, ge=1, le=10, description="How many readings in a row make it certain."
    )
    relapse_every_days: float = Field(
        default=7.0, gt=0, le=365, description="How often people were looked at."
    )
    where: fields.Prose | None = Field(
        default=None, description="Where these are printed, or why they are assumed to be so."
    )


class Scale(Record):
    """A scale that regrow has no measure for, as a line through MADRS."""

    name: fields.Title = Field(description="What findings call it.")
    slope: float = Field(gt=0, le=100, description="Its points for each point of MADRS.")
    intercept: Score = Field(description="Its score where MADRS is 0.")
    rmse: float = Field(
        ge=0, le=100, description="How far people lie from that line, as a standard deviation."
    )
    status: Annotated[str, *fields.choice("status", words.STATUSES)] = Field(
        description="Whether the line is reported, derived from such numbers, or assumed."
    )
    where: fields.Prose = Field(description="Where the line is printed, or why it is assumed.")


class Arm(Record):
    """A group of people and what they were given."""

    id: Id = Field(description="What findings call it.")
    title: fields.Title = Field(description="What a clinician would call it.")
    n: int = Field(ge=1, le=1_000_000, description="How many people were in it.")
    setting: fields.Setting = Field(default="trial", description="Where the doses were given.")
    blinding: fields.Blinding = Field(description="Who knew what was given.")
    background: fields.Background = Field(
        default="unchanged treatment", description="What happened to the other treatment."
    )
    beyond_limits: bool = Field(
        default=False,
        description="Whether doses that no plan of a clinic may hold were really given.",
    )
    dose: Annotated[tuple[Dose, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES, description="Doses, as in a protocol."
    )
    maintenance: Annotated[tuple[Maintenance, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES, description="Later doses, as in a protocol."
    )
    therapy: Annotated[tuple[Therapy, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES, description="Sessions, as in a protocol."
    )
    practice: Annotated[tuple[Practice, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES, description="Practices, as in a protocol."
    )


class Finding(Record):
    """One number that the study found."""

    id: Id = Field(description="What results and messages call it.")
    kind: Annotated[str, *fields.choice("kind of finding", words.KINDS)] = Field(
        description="What the number is."
    )
    arm: Id = Field(description="The arm it is about.")
    versus: Id | None = Field(default=None, description="The arm it is compared with.")
    measure: fields.Title = Field(description="A measure of regrow, or a scale of this file.")
    day: Moment | None = Field(
        default=None, description="When, in days after the first dose; 40 minutes are 0.028."
    )
    until_day: Moment | None = Field(
        default=None, description="Until when a response had to hold, at every reading from day."
    )
    since_day: Moment | None = Field(
        default=None,
        description="When the clock of a relapse starts, in days after the first dose.",
    )
    value: float = Field(
        description="The number. A change or difference that is an improvement is negative; "
        "proportions run from 0 to 1; a time is in days since since_day."
    )
    n: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="Of how many people, those of both arms for a comparison; everybody in the "
        "arm, or in both, when left out.",
    )
    spread: Spread | None = Field(default=None, description="How far it varies, and in what sense.")
    among: Annotated[str, *fields.choice("group", words.IMPROVEMENTS)] | None = Field(
        default=None, description="Only people with a response, or in remission, at among_day."
    )
    among_day: Moment | None = Field(default=None, description="When that was found out.")
    where: fields.Prose = Field(description="Where it is printed.")
    trust: Annotated[str, *fields.choice("trust", words.TRUSTS)] = Field(
        description="How the number was obtained."
    )
    used: bool = Field(
        default=True, description="Whether it counts; if not, it is shown beside those that do."
    )
    why_not: fields.Prose | None = Field(
        default=None, description="Why it does not count. Goes with used = false."
    )


class Study(Record):
    """A published study: who took part, what was done, what was found."""

    title: fields.Title = Field(description="What was studied, in a line.")
    citation: fields.Title = Field(description="How the paper is found.")
    doi: Doi | None = Field(default=None, description="Its DOI, without a prefix.")
    used_for: Annotated[str, *fields.choice("use", words.USES)] = Field(
        description="Calibration, or validation; never both."
    )
    design: Annotated[str, *fields.choice("design", words.DESIGNS)] = Field(
        description="How people came into the arms."
    )
    population: fields.Title = Field(description="Who they were, in words.")
    trials: int = Field(
        default=1, ge=1, le=1_000, description="How many trials are pooled in these numbers."
    )
    overlaps: Annotated[tuple[Id, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES, description="Studies that share people with this one."
    )
    note: fields.Prose | None = Field(default=None, description="What a reader should know.")
    enrolled: Enrolled
    definitions: Definitions = Definitions()
    scale: Annotated[tuple[Scale, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    arm: Annotated[tuple[Arm, ...], Field(strict=False)] = Field(
        min_length=1, max_length=MOST_ENTRIES
    )
    finding: Annotated[tuple[Finding, ...], Field(strict=False)] = Field(
        min_length=1, max_length=MOST_FINDINGS
    )

    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        """The name of its file, without the ending; what other studies call it."""
        return self._id

    def named(self, id: str) -> Self:
        """The same study, under the name of its file."""
        copy = self.model_copy()
        copy._id = id
        return copy

    def the_arm(self, id: str) -> Arm:
        """The arm with this id, which a finding of a sound study always has."""
        return next(arm for arm in self.arm if arm.id == id)

    def people(self, finding: Finding) -> int:
        """Of how many people a finding is: of both arms together for a comparison."""
        if finding.n is not None:
            return finding.n
        ids = [finding.arm] if finding.versus is None else [finding.arm, finding.versus]
        in_each = [self.the_arm(id).n for id in ids]
        return max(in_each) if self.design == "crossover" else sum(in_each)
