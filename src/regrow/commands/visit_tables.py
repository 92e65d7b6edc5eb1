"""One visit as tables in the terminal."""

from collections.abc import Iterator

import numpy as np
from rich.console import Console
from rich.markup import escape

from regrow.commands.terminal import table
from regrow.report.bands import Band, of_patients, span_of
from regrow.report.encode_visit import courses
from regrow.report.hours import Hours, at_minutes
from regrow.report.words import BAND, plain, spanned

USEFUL_MINUTES = (0, 10, 20, 30, 40, 60, 90, 120, 180, 240, 360, 480, 720, 960, 1440)
COLUMNS = (
    ("ketamine\nvenous", "ketamine_venous_ng_per_ml", 1.0),
    ("ketamine\narterial", "ketamine_arterial_ng_per_ml", 1.0),
    ("norketa-\nmine", "norketamine_venous_ng_per_ml", 1.0),
    ("NMDA\nblock", "nmda_block_share", 100.0),
    ("dissoci-\nation", "dissociation_share_of_greatest", 100.0),
    ("systolic\nrise", "systolic_rise_mmhg", 1.0),
    ("diastolic\nrise", "diastolic_rise_mmhg", 1.0),
    ("heart rate\nrise", "heart_rate_rise_per_min", 1.0),
)
UNITS = ("min", "ng/mL", "ng/mL", "ng/mL", "%", "% of most", "mmHg", "mmHg", "1/min")
EXPOSURES = (
    ("Cmax, ng/mL", "cmax_ng_per_ml", 0),
    ("Tmax, h", "tmax_h", 2),
    ("AUC 0–24 h, ng·h/mL", "auc_ng_h_per_ml", 0),
    ("half-life, h", "half_life_h", 1),
)


def show(view: Hours, out: Console) -> None:
    """Print the visit."""
    first, resting = view.doses[0], view.many.resting
    out.print(
        escape(f"{view.protocol.title}: visit {view.many.number}, day {first.day}"), style="bold"
    )
    for dose in view.doses:
        over = f" over {dose.minutes:g} min" if dose.minutes else ""
        after = f", {60 * (dose.hour - first.hour):.0f} min later" if dose is not first else ""
        out.print(f"{dose.drug}, {dose.route}: {dose.amount:g} {dose.unit}{over}{after}")
    out.print(
        f"{view.asked.patients} virtual patients, seed {view.asked.seed}; typical person: "
        f"{view.person.weight_kg:g} kg, {view.person.age_years:g} years"
        + (f", {view.person.ancestry}" if view.person.ancestry else "")
        + "."
    )
    out.print()
    heads = ["time", *(head for head, _, _ in COLUMNS)]
    rows = [list(UNITS), *_rows(view)]
    out.print(table("Mean of the patients, and the band below it", heads, rows))
    out.print()
    heads = ["", *(name for name, _, _ in EXPOSURES)]
    out.print(
        table("Exposure of the typical person (band of the patients)", heads, _exposures(view))
    )
    out.print()
    out.print(f"{BAND} Every number of the model stands at its best guess.")
    out.print(
        f"Rises are on the patient's own resting values; typical: {resting['systolic_mmhg']:g}/"
        f"{resting['diastolic_mmhg']:g} mmHg, {resting['heart_rate_per_min']:g} a minute."
    )
    out.print("Half-life: over the last third of 24 hours.")


def _rows(view: Hours) -> Iterator[list[str]]:
    last = 60.0 * view.asked.hours
    minutes = [float(m) for m in USEFUL_MINUTES if m < last] + [last]
    index = at_minutes(view, minutes)
    found = courses(view.many)
    bands = [(of_patients(found[name][index]), factor) for _, name, factor in COLUMNS]
    for k, minute in enumerate(minutes):
        yield [f"{minute:g}", *(_cell(band, k, factor) for band, factor in bands)]


def _cell(band: Band, k: int, factor: float) -> str:
    mean, low, high = (factor * float(side[k]) for side in (band.mean, band.low, band.high))
    return f"{plain(mean)}\n{spanned(low, high)}"


def _exposures(view: Hours) -> list[list[str]]:
    typical, rows = view.typical.exposures(), []
    for analyte, many in view.many.exposures().items():
        cells = []
        for _, name, digits in EXPOSURES:
            values = getattr(many, name)
            one = float(getattr(typical[analyte], name)[0])
            if not np.isfinite(values).all() or not np.isfinite(one):
                cells.append("–")
                continue
            span = span_of(values)
            cells.append(f"{plain(one, digits)} ({spanned(span.low, span.high, digits)})")
        rows.append([analyte, *cells])
    return rows
