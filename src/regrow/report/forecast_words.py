"""The forecast of one person in sentences that can be read in five seconds."""

from collections.abc import Iterator, Mapping

from regrow.forecast.relapse import Relapse
from regrow.measures.catalogue import measures
from regrow.report.answer import band_name, hypothesis
from regrow.report.followed import Followed, Other
from regrow.report.window import DEFINITION
from regrow.report.words import percent, plain, signed, spanned

BAND = (
    "Bands: of a hundred versions of this person that agree with everything that was read, ninety "
    "lie inside (or fifty, where it says so)."
)
OUTSIDE = (
    "This person lies outside what the model knows: recent readings were not what it expected of "
    "anybody. Do not lean on this forecast; look at the readings, and at what the model cannot "
    "see (another illness, another medicine, a life event, a mistake of typing)."
)
QUESTIONS = (
    "Another plan is a question to the model, never a recommendation: it does not know what is "
    "safe or right for this person."
)
ASKS_ABOUT_SUICIDE: Mapping[str, int] = {"PHQ-9": 9, "MADRS": 10, "HDRS-17": 3, "QIDS-SR": 12}
"""Which item of a scale asks about thoughts of death or suicide."""
PROBABLE = 0.5
SMALLEST_CHANGE = 0.05


def day_of(view: Followed, day: float) -> str:
    """Return "day 28 (2026-03-30)", or without the date where it is not known."""
    date = view.date(day)
    return f"day {_number(day)}" + ("" if date is None else f" ({date})")


def heading(view: Followed) -> str:
    """Return who is followed, on what, and how far."""
    files = " and ".join(file.name for file in view.files)
    return f"one person ({files}) on {view.protocol.title}, forecast to {day_of(view, view.until)}"


def summary(view: Followed) -> tuple[str, ...]:
    """Return the sentences that are read first."""
    return (
        now(view),
        later(view),
        window(view),
        outcomes(view),
        relapse(view),
        *(instead(view, other) for other in view.others),
    )


def now(view: Followed) -> str:
    """Return how severe it is now."""
    found = view.forecast
    at, band = found.at(found.today), found.severity
    return (
        f"Now, on {day_of(view, found.today)}, severity is about {plain(band.mean[at])} MADRS "
        f"points ({band_name(float(band.mean[at]))}); 90 of 100 lie between "
        f"{plain(band.low90[at])} and {plain(band.high90[at])}."
    )


def later(view: Followed) -> str:
    """Return where severity goes under the plan as it stands."""
    found, days = view.forecast, view.milestones()
    some = days if len(days) < 3 else (days[len(days) // 2 - 1], days[-1])
    parts = [
        f"{plain(found.severity.mean[found.at(day)])} "
        f"({spanned(found.severity.low90[found.at(day)], found.severity.high90[found.at(day)])}) "
        f"on {day_of(view, day)}"
        for day in some
    ]
    return f"Under the plan as it stands, about {', then '.join(parts)}."


def window(view: Followed) -> str:
    """Return whether the window is open now, and until when."""
    found = view.forecast
    at = found.at(found.today)
    share = float(view.open[at])
    if share < PROBABLE:
        return f"The window is probably closed now (chance that it is open: {percent(share)})."
    closes = next(
        (float(d) for d, p in zip(found.days[at:], view.open[at:], strict=True)
         if p < PROBABLE),
        None,
    )  # fmt: skip
    until = "to the end of the forecast" if closes is None else f"until {day_of(view, closes)}"
    return f"The window is probably open now ({percent(share)}), and likely stays so {until}."


def outcomes(view: Followed) -> str:
    """Return the chances of response and of remission, today and on the last day."""
    found = view.forecast
    at, last = found.at(found.today), found.at(view.until)
    return (
        f"Chance of being in response: {percent(found.response[at])} now, "
        f"{percent(found.response[last])} on {day_of(view, view.until)}; in remission: "
        f"{percent(found.remission[at])} now, {percent(found.remission[last])} then."
    )


def relapse(view: Followed) -> str:
    """Return how likely a response that is there today is lost, and when."""
    found = view.forecast.relapse
    if found.probability is None:
        return (
            "Relapse: a response today is too unlikely, or the forecast too short, to say when it "
            "would be lost."
        )
    by = [day for day in view.milestones() if lost_by(found, day) is not None]
    some = by if len(by) < 3 else [by[len(by) // 2 - 1], by[-1]]
    parts = [f"{percent(lost_by(found, day))} by {day_of(view, day)}" for day in some]
    return (
        f"If in response today ({percent(found.in_response)}), chance of having relapsed: "
        f"{', '.join(parts)}; {expected_time(view, found)}."
    )


def expected_time(view: Followed, found: Relapse) -> str:
    """Return when half would have relapsed, as a piece of a sentence."""
    if found.median_days is None:
        return "more than half would not have relapsed within the forecast"
    when = day_of(view, round(view.forecast.today + found.median_days))
    return f"half would have by about {when}, {plain(found.median_days)} days from now"


def lost_by(found: Relapse, day: float) -> float | None:
    """Return the probability of a relapse by the last look until `day`; None before the first."""
    looks = int((found.days <= day).sum())
    if found.probability is None or looks == 0:
        return None
    return float(found.probability[looks - 1])


def instead(view: Followed, other: Other) -> str:
    """Return what would differ under another plan."""
    found, last = other.found, view.forecast.at(view.until)
    mean = float(found.difference.mean[last])
    how = "lower" if mean < 0.0 else "higher"
    size = (
        "the same"
        if abs(mean) < SMALLEST_CHANGE
        else f"{plain(abs(mean), 1)} points {how} "
        f"(90 of 100: {signed(found.difference.low90[last])} to "
        f"{signed(found.difference.high90[last])})"
    )
    return (
        f"What if {other.label.letter}, {other.label.title}: on {day_of(view, view.until)} "
        f"severity would be {size}; in response {percent(found.response[last])} instead of "
        f"{percent(view.forecast.response[last])}."
    )


def would_change(view: Followed) -> Iterator[str]:
    """Yield what would change the forecast most: a reading, then changes of the plan."""
    found = view.forecast
    if found.next_readings:
        best = found.next_readings[0]
        yield (
            f"A {best.measure} on {day_of(view, best.day)}: the forecast for "
            f"{day_of(view, view.until)} would be good to ±{plain(best.sd_after, 1)} points "
            f"instead of ±{plain(best.sd_before, 1)} (one SD)."
        )
    for lever in found.levers:
        what = lever.what.removesuffix(".")
        yield (
            f"{what}: {signed(lever.change)} points on {day_of(view, view.until)} "
            f"(90 of 100: {signed(lever.low)} to {signed(lever.high)})."
        )


def rests(view: Followed) -> str:
    """Return how much of the predicted change rests on hypothesis."""
    found = view.forecast.rests
    return (
        f"On {day_of(view, view.until)} severity is predicted {signed(found.change)} points from "
        f"before treatment: {signed(sum(found.points.values()))} from mechanisms of the model, "
        f"{signed(found.own)} from the person's own course and ups and downs. Of what the "
        f"mechanisms do: {hypothesis(found.points)}"
    )


def why_uncertain(view: Followed) -> str:
    """Return where the uncertainty of the last day comes from."""
    spread, last = view.forecast.spread, view.forecast.at(view.until)
    return (
        f"Severity on {day_of(view, view.until)} is uncertain by ±{plain(spread.person[last], 1)} "
        f"points (SD) for what is not known of this person, ±{plain(spread.ignorance[last], 1)} "
        f"for what is not known of the model and the clinic; a MADRS reading errs by another "
        f"±{plain(spread.measurement[last], 1)}."
    )


def not_interpreted(view: Followed) -> tuple[str, ...]:
    """Return where answers to items about suicide belong, if there are any."""
    asked = [
        f"item {item} of {measure}"
        for measure, item in ASKS_ABOUT_SUICIDE.items()
        if any(
            one.measure == measure
            and one.items is not None
            and len(one.items) >= item
            and one.items[item - 1] is not None
            for one in view.belief.readings
        )
    ]
    if not asked:
        return ()
    return (
        f"The file holds {' and '.join(asked)}, which asks about thoughts of death or suicide. "
        "This forecast does not interpret it. It belongs to the clinician, on the day it is "
        "answered, and to the clinic's own safety procedure.",
    )


def definitions(view: Followed) -> tuple[str, ...]:
    """Return what counts as response, remission and relapse."""
    return view.forecast.definitions.sentences()


def footnotes(view: Followed) -> Iterator[str]:
    """Yield what words and bands mean."""
    yield BAND
    yield "* Of those in response today. What a MADRS would show includes the error of a rating."
    yield from definitions(view)
    yield DEFINITION


def surprise(view: Followed) -> str:
    """Return how the readings compare with what was expected of each, one line."""
    found = view.belief.surprises
    if not found:
        return "No reading was used: this is what the model expects of anybody on this plan."
    last = found[-1]
    scale = measures()[last.reading.measure]
    low = max(scale.minimum, last.expected - last.expected_sd)
    high = min(scale.maximum, last.expected + last.expected_sd)
    return (
        f"The last reading, {last.reading.measure} {_number(last.reading.value)} on "
        f"{day_of(view, last.reading.day)}, was expected at about {plain(last.expected)} "
        f"({spanned(low, high)}, one SD)."
    )


def _number(value: float) -> str:
    return f"{round(value, 2):g}"
