"""Write the forecast of one person: page, figures, every number, into a folder that appears whole.

The files of readings are not copied; their scores stand in page and data.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from regrow.report import encode, encode_forecast, folder, forecast_page, svg
from regrow.report.figures.canvas import Picture
from regrow.report.figures.chances import chances, relapse
from regrow.report.figures.one_person import differences, trajectory
from regrow.report.followed import Followed


def pictures_of(view: Followed) -> tuple[Picture, ...]:
    """Return every figure of a forecast."""
    found = (trajectory(view), chances(view), relapse(view), differences(view))
    return tuple(picture for picture in found if picture is not None)


def write(
    target: Path,
    view: Followed,
    *,
    protocols: Sequence[Path],
    command: str,
    force: bool = False,
) -> None:
    """Write the forecast to `target`, with a copy of the `protocols`.

    Raises SimulationError where it cannot be written.
    """
    drawings = {picture.name: svg.drawing(picture) for picture in pictures_of(view)}
    named = (view.label, *(other.label for other in view.others))
    with folder.appearing(target, force=force) as place:
        (place / "figures").mkdir()
        for name, drawing in drawings.items():
            (place / "figures" / f"{name}.svg").write_text(drawing.wide, "utf-8")
            (place / "figures" / f"{name}.png").write_bytes(drawing.png)
        page = forecast_page.html(view, drawings, command=command)
        (place / "report.html").write_text(page, "utf-8")
        document = encode.text(encode_forecast.forecast(view))
        (place / "forecast.json").write_text(document, "utf-8")
        (place / "days.csv").write_text(encode_forecast.table(view), "utf-8")
        (place / "protocols").mkdir()
        for label, file in zip(named, protocols, strict=True):
            shutil.copyfile(file, place / "protocols" / f"{label.slug}.toml")
