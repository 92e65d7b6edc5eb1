"""The summary of a simulation as tables in the terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape

from regrow import __version__
from regrow.commands.terminal import table
from regrow.report.bands import Band, span_of
from regrow.report.overview import Overview, Part, ignorance_share, relapse
from regrow.report.side_effects import LARGE_RISE_MMHG, STRONG_DISSOCIATION, SideEffects
from regrow.report.words import (
    BAND,
    DASH,
    HOW_SURE,
    KNOWLEDGE,
    SEVERITY,
    percent,
    plain,
    spanned,
)


def show(view: Overview, out: Console) -> None:
    """Print everything there is to say about `view`."""
    out.print(
        f"regrow {__version__}: {view.people.patients} virtual patients, {view.days} days, "
        f"seed {view.people.seed}; {KNOWLEDGE[view.knowledge]}."
    )
    out.print(f"{HOW_SURE}\n", style="yellow")
    for part in view.parts:
        out.print(f"{part.label.letter}  {escape(part.label.title)}  ({escape(part.label.file)})")
    days = view.milestones()
    heads = ["", *(f"day {day}" for day in days)]
    out.print()
    out.print(
        table(
            f"Severity, {SEVERITY}: mean, and the band below it", heads, list(_severity(view, days))
        )
    )
    out.print()
    out.print(table("Outcomes, % of patients", heads, list(_outcomes(view, days))))
    out.print()
    out.print(table("The window, and the drug", ["", *_letters(view)], list(_window(view))))
    rows = [
        _side_effects(part, one, first=one is part.side_effects[0])
        for part in view.parts
        for one in part.side_effects
    ]
    if rows:
        out.print()
        out.print(table("Side effects: each patient's peak, mean (band)", _EFFECTS, rows))
    out.print()
    for line in _footnotes(view):
        out.print(escape(line))


def _letters(view: Overview) -> list[str]:
    return [part.label.letter for part in view.parts]


def cell(band: Band, day: int) -> str:
    """Return the mean, and the band below it."""
    return f"{plain(band.mean[day])}\n{spanned(band.low[day], band.high[day])}"


def _severity(view: Overview, days: Sequence[int]) -> Iterator[list[str]]:
    for part in view.parts:
        yield [f"{part.label.letter}  MADRS\n   band", *(cell(part.severity, day) for day in days)]
        for read in part.read_outs:
            yield [f"   as {read.measure}", *(plain(read.band.mean[day]) for day in days)]
    for part, band in zip(view.parts[1:], view.differences, strict=True):
        name = f"{part.label.letter} minus {view.parts[0].label.letter}"
        yield [f"{name}\n   band", *(cell(band, day) for day in days)]


def _outcomes(view: Overview, days: Sequence[int]) -> Iterator[list[str]]:
    for part in view.parts:
        letter, summary, relapsed = part.label.letter, part.result.summary, relapse(part.result)
        yield [f"{letter}  response", *(percent(summary.response_share()[day]) for day in days)]
        yield ["   remission", *(percent(summary.remission_share()[day]) for day in days)]
        since = summary.acute_end
        shown = [
            DASH if relapsed is None or day <= since else percent(relapsed[day]) for day in days
        ]
        yield ["   relapse*", *shown]


def _window(view: Overview) -> Iterator[list[str]]:
    def across(text: str, values: Sequence[str]) -> list[str]:
        return [text, *values]

    opened = [span_of(part.window.days_open) for part in view.parts]
    yield across(
        "window open, days", [f"{plain(b.mean, 1)} ({spanned(b.low, b.high, 1)})" for b in opened]
    )
    for kind in dict.fromkeys(s.kind for part in view.parts for s in part.window.sessions):
        found = [
            next((s for s in part.window.sessions if s.kind == kind), None) for part in view.parts
        ]
        yield across(
            f"{kind} inside the window",
            [DASH if s is None else f"{percent(s.share_in_window)} of {s.planned}" for s in found],
        )
    yield across(
        "therapy minutes inside the window**",
        [percent(part.window.share_of_minutes()) for part in view.parts],
    )
    yield across(
        "drug in all, mg per patient", [plain(p.result.summary.mean_mg()) for p in view.parts]
    )
    yield across(
        "doses given per patient",
        [
            plain(p.result.summary.doses_given.sum() / p.result.summary.patients, 1)
            for p in view.parts
        ],
    )


_EFFECTS = ["", "dissociation", "strong", "systolic rise", "large rise", "sedation", "nausea"]


def _side_effects(part: Part, one: SideEffects, *, first: bool) -> list[str]:
    apart, rise = span_of(one.peak_dissociation), span_of(one.peak_systolic_rise_mmhg)
    name = f"{part.label.letter if first else ' '}  visit {one.visit}, day {one.day}"
    return [
        name,
        f"{plain(100 * apart.mean)} ({spanned(100 * apart.low, 100 * apart.high)}) %",
        percent(one.strong_dissociation_share()),
        f"{plain(rise.mean)} ({spanned(rise.low, rise.high)}) mmHg",
        percent(one.large_rise_share()),
        percent(float(one.peak_sedation_probability.mean())),
        percent(float(one.nausea_probability.mean())),
    ]


def _footnotes(view: Overview) -> Iterator[str]:
    outcomes = view.parts[0].result.summary.outcomes
    yield BAND
    yield (
        f"Response: MADRS at least {percent(outcomes.response_fall)} lower than on day 0. "
        f"Remission: MADRS at most {outcomes.remission_madrs:g}."
    )
    starts = "; ".join(
        f"{part.label.letter}: {part.result.summary.responders_at_acute_end} patients on day "
        f"{part.result.summary.acute_end}"
        for part in view.parts
    )
    yield f"* Of those in response the day after the acute course ({starts}), lost since."
    yield (
        "** Preparation left out. The window is open while it is at least halfway between closed "
        "and what one reference infusion opens."
    )
    if any(part.side_effects for part in view.parts):
        yield (
            f"Dissociation: of the greatest; strong: at least {percent(STRONG_DISSOCIATION)}. "
            f"Large rise: above {LARGE_RISE_MMHG:g} mmHg. Sedation and nausea: probability."
        )
    for part in view.parts:
        share = ignorance_share(part.result, part.key_day)
        if share is not None:
            yield (
                f"{part.label.letter}, day {part.key_day}: of the spread of the change, "
                f"{percent(1.0 - share)} is people, {percent(share)} is what we do not know."
            )
        elif view.knowledge != "centre":
            yield f"{part.label.letter}: too few patients to tell people from what we do not know."
    yield f"Largest numerical error of the grid: {view.grid_error_points:.2g} {SEVERITY}."
