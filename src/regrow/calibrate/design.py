"""Where the simulator is asked: points spread over what is not known, and its answers there.

Answers are kept in a folder as they come, one small file per part, so that a calibration that is
stopped goes on where it was.
"""

import hashlib
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

from regrow.calibrate.fitted import numbers, sets_of
from regrow.calibrate.identity import identity
from regrow.calibrate.targets import Target, outputs, targets
from regrow.calibrate.whole import whole
from regrow.model.values import centre
from regrow.studies.document import Study
from regrow.trial.predict import predict

Floats = npt.NDArray[np.float64]
PART = 64
"""Points answered at once: a few seconds of work, which is what a stop can lose."""


@dataclass(frozen=True)
class Points:
    """Where to ask: fitted parameters (points x parameters), places (points x studies)."""

    z: Floats
    drug: Floats
    setting: Floats

    def __len__(self) -> int:
        return len(self.z)

    def seen_by(self, study: int) -> Floats:
        """Return what a study depends on: the parameters and its own place (points x inputs)."""
        return np.column_stack([self.z, self.drug[:, study], self.setting[:, study]])

    def some(self, first: int, last: int) -> "Points":
        """Return points `first` to `last`."""
        return Points(self.z[first:last], self.drug[first:last], self.setting[first:last])


@dataclass(frozen=True)
class Answers:
    """What the simulator says at some points: per target, the value and the log of the spread."""

    value: Floats
    log_sd: Floats


def wanted(studies: Sequence[Study]) -> tuple[Target, ...]:
    """Return every target of all studies, in order."""
    return tuple(target for study in studies for target in targets(study))


def ask(studies: Sequence[Study], points: Points) -> Answers:
    """Simulate every study at every point (answers are points x targets)."""
    fitted = numbers(points.z)
    values, spreads = [], []
    for k, study in enumerate(studies):
        chosen = targets(study)
        if not chosen:
            continue
        sets = sets_of(fitted, centre(), drug=points.drug[:, k], setting=points.setting[:, k])
        value, spread = outputs(chosen, predict(study, sets))
        values.append(value.T)
        spreads.append(spread.T)
    return Answers(np.concatenate(values, axis=1), np.concatenate(spreads, axis=1))


def ask_all(
    studies: Sequence[Study],
    points: Points,
    *,
    folder: Path,
    processes: int,
    progress: Callable[[int, int], None] | None = None,
) -> Answers:
    """Simulate every study at every point, on several processes; parts already there are kept.

    `folder` holds the parts, named after the points and studies they belong to.
    """
    parts = [points.some(first, first + PART) for first in range(0, len(points), PART)]
    files = [folder / f"{_fingerprint(studies, part)}.npz" for part in parts]
    missing = [k for k, file in enumerate(files) if not file.exists()]
    done = sum(len(parts[k]) for k in range(len(parts)) if k not in set(missing))
    if progress is not None:
        progress(done, len(points))
    if missing:
        # fresh processes: the compiled code is read from its cache, nothing is inherited. Leaving
        # the block ends them at once, so that Ctrl-C does not wait for work nobody wants
        with get_context("spawn").Pool(
            processes, initializer=_leave_stopping_to_the_parent
        ) as pool:
            asked = pool.imap(partial(ask, tuple(studies)), [parts[k] for k in missing])
            for k, answers in zip(missing, asked, strict=True):
                with whole(files[k]) as draft, draft.open("wb") as handle:
                    np.savez(handle, value=answers.value, log_sd=answers.log_sd)
                done += len(parts[k])
                if progress is not None:
                    progress(done, len(points))
    kept = [np.load(file) for file in files]
    return Answers(
        np.concatenate([part["value"] for part in kept]),
        np.concatenate([part["log_sd"] for part in kept]),
    )


def _leave_stopping_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _fingerprint(studies: Sequence[Study], points: Points) -> str:
    """Name a part after everything its answers depend on."""
    digest = hashlib.sha256()
    for array in (points.z, points.drug, points.setting):
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(identity(studies).encode())
    return digest.hexdigest()[:24]
