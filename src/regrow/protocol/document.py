"""The protocol: a written plan of doses, therapy, practices and measures, as frozen records.

Each field's description is what the reference page and the JSON Schema say about it.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from regrow.protocol import fields
from regrow.protocol.guard import MOST_ENTRIES

DEFAULT_DOSE_HOUR = 9.0
DEFAULT_THERAPY_HOUR = 14.0


class Record(BaseModel):
    """Frozen, strict, and without room for keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Context(Record):
    """The circumstances, which change how much hope and how much drug a score shows."""

    setting: fields.Setting = Field(description="Where the doses are given.")
    blinding: fields.Blinding = Field(
        default="open", description="Who knows what is given; in practice always open."
    )
    background: fields.Background = Field(
        default="unchanged treatment", description="What happens to the other treatment."
    )


class Administration(Record):
    """What every dose has, whether planned or given by rule. Abstract."""

    drug: fields.Drug = Field(description="The drug.")
    route: fields.Route = Field(description="The way into the body.")
    formulation: fields.Formulation | None = Field(
        default=None, description="The form of an oral or sublingual dose."
    )
    amount: fields.Amount | None = Field(
        default=None, description="How much at each dose, in mg or in mg/kg of body weight."
    )
    amount_by_visit: Annotated[tuple[fields.Amount, ...], Field(strict=False)] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_ENTRIES,
        description="How much at the first visit, the second, and so on; the last repeats. "
        "Instead of amount.",
    )
    over: fields.Minutes | None = Field(
        default=None,
        description="How long an infusion runs. Only for infusions, and then required.",
    )
    at: Annotated[tuple[fields.Clock, ...], Field(strict=False)] = Field(
        default=(DEFAULT_DOSE_HOUR,),
        min_length=1,
        max_length=24,
        description="The time of day, or several for several doses on one day.",
    )
    supervised: bool = Field(
        default=True, description="Whether a clinician is in the room while the drug acts."
    )


class Dose(Administration):
    """Doses of the acute course, on planned days."""

    schedule: fields.Schedule = Field(description="On which days.")
    starting: fields.Day = Field(
        default=0, description="The day of the plan from which the schedule counts."
    )


class Maintenance(Administration):
    """Doses that keep a response, on planned days."""

    schedule: fields.Schedule = Field(description="On which days.")
    starting: fields.Day = Field(description="The day of the plan from which the schedule counts.")
    when: fields.Rule | None = Field(
        default=None, description="The rule that must hold on the day; always given without one."
    )


class Booster(Administration):
    """Doses given only when a rule holds on a day of checking."""

    when: fields.Rule = Field(description="The rule that must hold on the day of the check.")
    check: fields.Interval = Field(description="How often the team checks the rule.")
    at_most_every: fields.Days = Field(
        description="The shortest time between a booster and the dose given before it."
    )
    starting: fields.Day = Field(description="The day of the first check.")
    lasting: fields.Days | None = Field(
        default=None, description="For how long the rule is checked. Either this or until."
    )
    until: fields.Day | None = Field(
        default=None, description="The day on which checking ends. Either this or lasting."
    )


class Therapy(Record):
    """Sessions with a therapist."""

    kind: fields.TherapyKind = Field(description="Which therapy.")
    minutes: float = Field(ge=5, le=480, description="How long one session takes.")
    placed: fields.Placed = Field(
        description="Where the sessions lie: around the planned doses, or on days of their own."
    )
    starting: fields.Day = Field(
        default=0, description="The day from which days of its own are counted."
    )
    at: fields.Clock = Field(
        default=DEFAULT_THERAPY_HOUR, description="The time of day for days of its own."
    )


class Practice(Record):
    """Something a person does between visits."""

    what: fields.Practised = Field(description="Which practice.")
    minutes: float | None = Field(
        default=None, gt=0, le=480, description="How long each time; only some practices lack it."
    )
    times_a_week: float = Field(gt=0, le=21, description="How often a week.")
    intensity: fields.Intensity = Field(default="light", description="How hard the body works.")
    adherence: float = Field(
        ge=0, le=1, description="The share that is expected to be done, from 0 to 1."
    )
    starting: fields.Day = Field(default=0, description="The first day.")
    lasting: fields.Days | None = Field(
        default=None, description="For how long. Either this or until."
    )
    until: fields.Day | None = Field(
        default=None, description="The day on which it ends. Either this or lasting."
    )


class Measure(Record):
    """A questionnaire or reading and its calendar."""

    what: fields.Measured = Field(description="Which measure.")
    schedule: fields.MeasureSchedule = Field(
        description='On which days; "each dose" means every planned dosing day.'
    )
    starting: fields.Day = Field(
        default=0, description="The day of the plan from which the schedule counts."
    )


class Eligibility(Record):
    """Who may start, by reference to the screening rules."""

    rules: Annotated[tuple[fields.EligibilityRule, ...], Field(strict=False)] = Field(
        min_length=1, max_length=MOST_ENTRIES, description="Ids of rules, or names of rule sets."
    )


class Limits(Record):
    """What no dose of this plan may exceed, by reference to limit files."""

    files: Annotated[tuple[fields.LimitFile, ...], Field(strict=False)] = Field(
        min_length=1, max_length=MOST_ENTRIES, description="Names of limit files."
    )


class Home(Record):
    """The conditions under which a dose may be taken at home. All of them must hold."""

    adult_present: bool = Field(description="An adult is present from the dose to the end.")
    first_dose_observed_live: bool = Field(
        description="The first dose is observed live by a clinician."
    )
    sessions_supplied: int = Field(
        ge=1, le=31, description="How many doses are handed over at once: 1."
    )
    line_open: bool = Field(description="A video or telephone line to the team is open.")
    vitals_before_and_after: bool = Field(
        description="Blood pressure and pulse are taken before and after."
    )
    emergency_contact: bool = Field(description="Address and emergency contact are on file.")


class Protocol(Record):
    """A written plan that can be simulated, delivered and learned from."""

    title: fields.Title = Field(description="What a clinician would call it.")
    version: fields.Version = Field(description="Three numbers; every enrolment names its version.")
    indication: fields.Title = Field(description="Whom it is for.")
    summary: fields.Prose = Field(description="What happens, in a few sentences.")
    references: Annotated[tuple[fields.Reference, ...], Field(strict=False)] = Field(
        min_length=1, max_length=MOST_ENTRIES, description="Source ids or DOIs the plan rests on."
    )
    context: Context
    dose: Annotated[tuple[Dose, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    maintenance: Annotated[tuple[Maintenance, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    booster: Annotated[tuple[Booster, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    therapy: Annotated[tuple[Therapy, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    practice: Annotated[tuple[Practice, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    measure: Annotated[tuple[Measure, ...], Field(strict=False)] = Field(
        default=(), max_length=MOST_ENTRIES
    )
    eligibility: Eligibility | None = None
    limits: Limits | None = None
    home: Home | None = None
