"""Write one visit: figures, the same JSON as on the terminal, and a table of every minute."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from regrow.report import encode, encode_visit, folder, svg
from regrow.report.bands import of_patients
from regrow.report.data import COMPRESSION
from regrow.report.figures import hours
from regrow.report.hours import Hours


def write(target: Path, view: Hours, *, file: Path, force: bool = False) -> None:
    """Write the visit into the folder `target`, which appears whole."""
    name = f"visit-{view.many.number}"
    pictures = (
        hours.plasma(view.many, name, view.asked.hours),
        hours.pressure(view.many, name, view.asked.hours),
        hours.dissociation([view.many], name, view.asked.hours),
    )
    with folder.appearing(target, force=force) as place:
        text = encode.text(encode_visit.visit(view, file=file))
        (place / "visit.json").write_text(text, "utf-8")
        pq.write_table(minutes(view), place / "visit.parquet", compression=COMPRESSION)
        for picture in pictures:
            drawing = svg.drawing(picture)
            (place / f"{picture.name}.svg").write_text(drawing.wide, "utf-8")
            (place / f"{picture.name}.png").write_bytes(drawing.png)


def minutes(view: Hours) -> pa.Table:
    """Return the typical person, the mean and the band, one row per minute."""
    shown = np.flatnonzero(view.many.hours <= view.asked.hours + 1e-9)
    typical = encode_visit.courses(view.typical)
    columns = {"minute": 60.0 * view.many.hours[shown]}
    for name, values in encode_visit.courses(view.many).items():
        band = of_patients(values[shown])
        columns |= {
            f"{name}_typical": typical[name][shown, 0],
            f"{name}_mean": band.mean,
            f"{name}_low": band.low,
            f"{name}_high": band.high,
        }
    return pa.table(columns)
