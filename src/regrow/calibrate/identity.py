"""Which data and which code a calibration belongs to: one short name for both.

A posterior is only valid for the equations, the evidence and the studies that it was fitted with.
"""

import functools
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import regrow
from regrow.model.values import centre, known
from regrow.studies.document import Study

CODE = ("model", "engine", "trial", "calibrate", "protocol/calendar.py", "protocol/schedule.py")
"""What of the package decides the numbers, beside the evidence."""


@functools.cache
def code() -> str:
    """Return a short name for the equations, the engine and how studies are re-run and fitted."""
    root = Path(regrow.__file__).parent
    digest = hashlib.sha256()
    for part in CODE:
        files = [root / part] if part.endswith(".py") else sorted((root / part).glob("*.py"))
        for file in files:
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def data(studies: Sequence[Study]) -> str:
    """Return a short name for the studies, and the numbers with their priors."""
    said = [
        [(study.id, study.model_dump(mode="json")) for study in studies],
        sorted(centre().items()),
        [(key, repr(parameter.prior)) for key, parameter in sorted(known().items())],
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def identity(studies: Sequence[Study]) -> str:
    """Return the short name of data and code together."""
    return hashlib.sha256(f"{code()} {data(studies)}".encode()).hexdigest()[:16]
