"""The answer in five seconds: one sentence with a number, its band and what it means."""

from dataclasses import dataclass

from regrow.measures.catalogue import measures
from regrow.report.overview import Overview, Part, relapse
from regrow.report.words import percent, plain, signed, spanned


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One key figure: the number, its unit, what it is, and its band."""

    number: str
    unit: str
    what: str
    band: str = ""


def headline(part: Part) -> str:
    """Return the sentence that says what a protocol does."""
    day, band = part.key_day, part.severity
    when = f"On day {day}, the day after the acute course," if part.gives_drug else f"On day {day}"
    start, then = float(band.mean[0]), float(band.mean[day])
    return (
        f"{when} mean severity is {plain(then)} MADRS points ({band_name(then)}), from "
        f"{plain(start)} on day 0 ({band_name(start)}); 90 of 100 virtual patients lie between "
        f"{spanned(band.low[day], band.high[day]).replace('–', ' and ')}."
    )


def afterwards(part: Part, last: int) -> str:
    """Return the sentence that says whether it lasts."""
    day, band, lost = part.key_day, part.severity, relapse(part.result)
    if last <= day:
        return ""
    text = f"By day {last} it is {plain(band.mean[last])}"
    if lost is None or not part.gives_drug:
        return f"{text}."
    return f"{text}, and of those in response on day {day}, {percent(lost[last])} have relapsed."


def compared(view: Overview) -> list[str]:
    """Return one sentence for each protocol against the first."""
    first, sentences = view.parts[0], []
    for part, band in zip(view.parts[1:], view.differences, strict=True):
        day = view.days
        mean = float(band.mean[day])
        how = "lower than" if mean < 0.0 else "higher than"
        size = f"{plain(abs(mean), 1)} points {how}" if abs(mean) >= 0.05 else "the same as"
        spread = f"{signed(band.low[day], 0)} to {signed(band.high[day], 0)}"
        sentences.append(
            f"On day {day}, severity under {part.label.letter} is {size} under "
            f"{first.label.letter} in the same virtual patients (90 of 100: {spread})."
        )
    return sentences


def key_figures(part: Part, last: int) -> tuple[Figure, ...]:
    """Return the row of key figures of one protocol."""
    day, summary, change = part.key_day, part.result.summary, part.change
    lost = relapse(part.result)
    figures = [
        Figure(
            number=signed(change.mean[day], 0),
            unit="MADRS points",
            what=f"mean change by day {day}",
            band=f"90 of 100: {signed(change.low[day], 0)} to {signed(change.high[day], 0)}",
        ),
        Figure(
            number=percent(summary.response_share()[day]),
            unit="of patients",
            what=f"in response on day {day}",
            band=f"{percent(summary.remission_share()[day])} in remission",
        ),
    ]
    if part.gives_drug and lost is not None and last > summary.acute_end:
        figures.append(
            Figure(
                number=percent(lost[last]),
                unit="of responders",
                what=f"have relapsed by day {last}",
                band=f"of {summary.responders_at_acute_end} on day {summary.acute_end}",
            )
        )
    if part.gives_drug:
        figures.append(
            Figure(
                number=plain(part.window.days_open.mean(), 0),
                unit=f"of {last} days",
                what="the window is open, on average",
                band=_therapy(part),
            )
        )
    if part.side_effects:
        peak = part.side_effects[0].peak_systolic_rise_mmhg
        figures.append(
            Figure(
                number=signed(float(peak.mean()), 0),
                unit="mmHg",
                what="mean peak rise of systolic pressure at the first visit",
                band=f"{percent(part.side_effects[0].strong_dissociation_share())} dissociate "
                "strongly",
            )
        )
    return tuple(figures)


def important_change() -> str:
    """Return what change of the score patients notice, with its source."""
    madrs = measures()["MADRS"]
    return f"{madrs.important_change:g}"


def hypothesis(points: dict[str, float]) -> str:
    """Return the plain sentence about what rests on which certainty."""
    whole = sum(abs(value) for value in points.values())
    if whole < 0.05:
        return "There is no change to explain on that day."
    shares = {name: abs(value) / whole for name, value in points.items()}
    return (
        f"{percent(shares['high'] + shares['moderate'])} of it rests on mechanisms that are known "
        f"or likely, {percent(shares['low'])} on uncertain ones, and {percent(shares['very low'])} "
        "is hypothesis: nobody has shown it in people."
    )


def _therapy(part: Part) -> str:
    share = part.window.share_of_minutes()
    return "no therapy planned" if share is None else f"{percent(share)} of therapy falls inside"


def band_name(score: float) -> str:
    madrs = measures()["MADRS"]
    band = madrs.band(min(madrs.maximum, max(madrs.minimum, score)))
    return "hardly any depression" if band == "none" else str(band)
