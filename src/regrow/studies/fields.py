"""The kinds of value that only a study holds."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from regrow.protocol.fields import objection
from regrow.protocol.problems import shown

LAST_DAY = 3_660.0  # ten years
ID_PATTERN = r"[a-zA-Z0-9][a-zA-Z0-9.-]{0,60}"
DOI_PATTERN = r"10\.[0-9]{4,9}/[!-~]{1,100}"


def _id(value: str) -> str:
    if re.fullmatch(ID_PATTERN, value):
        return value
    raise objection(
        f"{shown(value)} is not an id.",
        why="An id stands in tables, messages and names of files, so it is one plain word.",
        fix='Write letters, digits, "-" and ".", for example "ketamine-0.5".',
    )


def _doi(value: str) -> str:
    if re.fullmatch(DOI_PATTERN, value):
        return value
    raise objection(
        f"{shown(value)} is not a DOI.",
        why="Whoever reads a result must find the paper.",
        fix='Write it without a prefix, for example "10.1000/xyz", or leave "doi" out.',
    )


def _plain(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Id = Annotated[str, AfterValidator(_id), _plain(ID_PATTERN)]
Doi = Annotated[str, AfterValidator(_doi), _plain(DOI_PATTERN)]
Moment = Annotated[float, Field(ge=0, le=LAST_DAY)]
Score = Annotated[float, Field(ge=-1_000, le=1_000)]
