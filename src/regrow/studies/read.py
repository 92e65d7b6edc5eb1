"""Read a study file, or say everything that is wrong with it at once."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from regrow.protocol import explain, guard
from regrow.protocol.lines import placed
from regrow.protocol.problems import Remark
from regrow.studies.checks.remarks import remarks as objections
from regrow.studies.document import Study
from regrow.studies.form import BOUNDS, STUDY
from regrow.studies.problems import UnsoundStudy


def read(path: str | Path) -> Study:
    """Read the study in the file at `path`; the file's name without its ending is its id."""
    try:
        text = guard.text_of(Path(path), BOUNDS)
    except guard.Refused as refused:
        raise UnsoundStudy([refused.problem(str(path))]) from refused
    return read_text(text, str(path))


def read_text(text: str, name: str) -> Study:
    """Read a study from the text of a file; `name` is what problems call it."""
    try:
        tables = guard.tables_of(text, BOUNDS)
    except guard.Refused as refused:
        raise UnsoundStudy([refused.problem(name)]) from refused
    study, remarks = _checked(tables, id=Path(name).stem)
    if study is None or remarks:
        raise UnsoundStudy(placed(remarks, file=name, text=text))
    return study


def _checked(tables: dict[str, Any], *, id: str) -> tuple[Study | None, list[Remark]]:
    """The study if it could be made, and everything that speaks against it."""
    study, remarks = None, list(guard.not_finite(tables))
    try:
        study = Study.model_validate(tables).named(id)
    except ValidationError as error:
        said = {remark.place for remark in remarks}
        remarks += [r for r in explain.remarks(error, STUDY) if r.place not in said]
    remarks += objections(tables, id=id)
    return study, remarks
