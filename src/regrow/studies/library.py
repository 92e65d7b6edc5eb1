"""The studies of a folder, and the folder of studies that comes with regrow."""

from importlib.resources import as_file, files
from pathlib import Path

from regrow.errors import StudyError
from regrow.protocol.lines import placed
from regrow.protocol.problems import Place, Problem, Remark, mend
from regrow.studies.document import Study
from regrow.studies.problems import UnsoundStudy
from regrow.studies.read import read

IN_THE_PACKAGE = "files"
IN_THE_REPOSITORY = "studies"


def shipped() -> Path:
    """The folder of studies that comes with regrow: installed, or the repository's own."""
    with as_file(files("regrow.studies")) as package:
        places = (package / IN_THE_PACKAGE, package.parents[2] / IN_THE_REPOSITORY)
    for place in places:
        if any(place.glob("*.toml")):
            return place
    raise StudyError(
        "The studies that come with regrow are not there.",
        why="Without them nothing can be calibrated or compared.",
        fix="Install regrow again, or name a folder of study files.",
    )


def read_all(folder: str | Path) -> tuple[Study, ...]:
    """Read every study file of a folder, in the order of their names.

    Raises one error with the problems of all files.
    """
    paths = sorted(Path(folder).glob("*.toml"))
    if not paths:
        raise StudyError(
            f"There is no study in {folder}.",
            why="A study is a file whose name ends in .toml, directly in the folder.",
            fix="Check the name of the folder; docs/reference/studies.md shows a study file.",
        )
    found: list[Study] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(read(path))
        except UnsoundStudy as error:
            problems.extend(error.problems)
    known = {path.stem for path in (*paths, *shipped().glob("*.toml"))}
    for study in found:
        problems.extend(_overlaps_nothing(study, Path(folder) / f"{study.id}.toml", known))
    if problems:
        raise UnsoundStudy(problems)
    return tuple(found)


def _overlaps_nothing(study: Study, path: Path, known: set[str]) -> tuple[Problem, ...]:
    place: Place = ("overlaps",)
    remarks = [
        Remark(
            place=place,
            what=f"There is no study {name!r} that people could be shared with.",
            why="An overlap with a study that is not there would be silently ignored.",
            fix=mend(name, sorted(known - {study.id})),
        )
        for name in study.overlaps
        if name not in known
    ]
    return placed(remarks, file=str(path), text=path.read_text("utf-8-sig")) if remarks else ()
