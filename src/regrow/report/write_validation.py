"""Write a validation: page, figures, and every number, into a folder that appears whole."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from regrow.report import encode, encode_validation, folder, svg, validation_page
from regrow.report.figures.forest import forests
from regrow.report.figures.honesty import honesty
from regrow.validate.run import Validation


def write(
    target: Path, view: Validation, *, files: Sequence[Path], command: str, force: bool = False
) -> None:
    """Write the validation of the studies in `files` to `target`.

    Raises SimulationError where it cannot be written.
    """
    pictures = (*forests(view), honesty(view))
    drawings = {picture.name: svg.drawing(picture) for picture in pictures}
    with folder.appearing(target, force=force) as place:
        (place / "figures").mkdir()
        for name, drawing in drawings.items():
            (place / "figures" / f"{name}.svg").write_text(drawing.wide, "utf-8")
            (place / "figures" / f"{name}.png").write_bytes(drawing.png)
        page = validation_page.html(view, drawings, command=command)
        (place / "report.html").write_text(page, "utf-8")
        document = encode.text(encode_validation.validation(view))
        (place / "validation.json").write_text(document, "utf-8")
        (place / "findings.csv").write_text(encode_validation.table(view), "utf-8")
        (place / "studies").mkdir()
        for file in files:
            shutil.copyfile(file, place / "studies" / file.name)
