"""The numbers of a forecast as rows of tables, for the terminal and for the page."""

from collections.abc import Sequence

from regrow.forecast.bands import Band
from regrow.forecast.crowd import Floats
from regrow.forecast.relapse import Relapse
from regrow.report.followed import Followed, Other
from regrow.report.forecast_words import lost_by
from regrow.report.words import DASH, percent, plain, signed, spanned

Rows = tuple[tuple[str, ...], ...]


def days_of(view: Followed) -> tuple[float, ...]:
    """Return today and the milestones."""
    return (view.forecast.today, *map(float, view.milestones()))


def heads(view: Followed) -> tuple[str, ...]:
    """Return one heading per day, with the date below where it is known."""
    named = []
    for k, day in enumerate(days_of(view)):
        text = "today" if k == 0 and view.began else f"day {round(day, 2):g}"
        below = view.date(day) or ("today" if k == 0 else None)
        named.append(text if below is None else f"{text}\n{below}")
    return ("", *named)


def expected(view: Followed) -> Rows:
    """Return severity, outcomes, relapse and window, today and at the milestones."""
    found, days = view.forecast, days_of(view)
    at = [found.at(day) for day in days]
    return (
        ("severity, MADRS points", *(plain(found.severity.mean[k]) for k in at)),
        ("  90 of 100", *_spans(found.severity, at, wide=True)),
        ("  50 of 100", *_spans(found.severity, at, wide=False)),
        ("  a MADRS would show", *_spans(found.madrs, at, wide=True)),
        ("in response", *(percent(found.response[k]) for k in at)),
        ("in remission", *(percent(found.remission[k]) for k in at)),
        ("relapsed*", *relapsed(found.relapse, days)),
        ("window open", *(percent(view.open[k]) for k in at)),
    )


def differing(view: Followed, other: Other) -> Rows:
    """Return what would differ under another plan, today and at the milestones."""
    found, days, letter = other.found, days_of(view), other.label.letter
    at = [view.forecast.at(day) for day in days]
    own = view.label.letter
    return (
        (f"{letter} minus {own}, points", *(signed(found.difference.mean[k]) for k in at)),
        ("  90 of 100: from", *_ends(found.difference.low90, at)),
        ("  90 of 100: to", *_ends(found.difference.high90, at)),
        (f"lower under {letter}", *(DASH if k == at[0] else percent(found.better[k]) for k in at)),
        (f"in response under {letter}", *(percent(found.response[k]) for k in at)),
        (f"in remission under {letter}", *(percent(found.remission[k]) for k in at)),
        (f"relapsed* under {letter}", *relapsed(found.relapse, days)),
    )


def relapsed(found: Relapse, days: Sequence[float]) -> tuple[str, ...]:
    """Return the chance of a relapse by each day, a dash where one does not look."""
    return tuple(DASH if (p := lost_by(found, d)) is None else percent(p) for d in days)


def read(view: Followed) -> Rows:
    """Return every reading beside what was expected of it."""
    return tuple(
        (
            f"{round(one.reading.day, 2):g}",
            one.reading.measure,
            f"{one.reading.value:g}",
            f"{plain(one.expected, 1)} ± {plain(one.expected_sd, 1)}",
            percent(one.percentile),
        )
        for one in view.belief.surprises
    )


READ_HEADS = ("day", "scale", "score", "expected ± SD", "lower ones were expected in")


def _spans(band: Band, at: Sequence[int], *, wide: bool) -> tuple[str, ...]:
    low, high = (band.low90, band.high90) if wide else (band.low50, band.high50)
    return tuple(spanned(low[k], high[k]) for k in at)


def _ends(values: Floats, at: Sequence[int]) -> tuple[str, ...]:
    """Write one end of a band of differences; today nothing differs yet."""
    return (DASH, *(signed(values[k]) for k in at[1:]))
