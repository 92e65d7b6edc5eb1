"""A folder that appears whole or not at all.

Everything is written into a hidden folder beside the target, which takes the target's name in one
step at the end. Whatever stops the writing, nobody finds half a report under the name asked for.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from regrow import __version__
from regrow.errors import SimulationError

MARKER = ".regrow-report"
MARKED = "Written by regrow {version}. `--force` replaces only folders that hold this file.\n"


def check(target: Path, *, force: bool) -> None:
    """Raise SimulationError where a folder cannot be written as asked, before any work is done."""
    parent = target.resolve().parent
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise SimulationError(
            f"{target} is not a folder.",
            why="A report is a folder of its own, and a file is never replaced by it.",
            fix="Give --out a name that does not exist yet.",
        )
    if target.is_dir() and not force:
        raise SimulationError(
            f"{target} exists already.",
            why="What was written before is not overwritten unasked.",
            fix="Give --out another name, or add --force to replace an earlier report.",
        )
    if target.is_dir() and not (target / MARKER).is_file():
        raise SimulationError(
            f"{target} was not written by regrow.",
            why=f"--force replaces only a folder that holds the file {MARKER}.",
            fix="Give --out another name, or remove the folder yourself.",
        )
    if not parent.is_dir():
        raise SimulationError(
            f"{parent} does not exist.",
            why="A report is written into a folder that is there.",
            fix="Create that folder, or give --out another place.",
        )
    if not os.access(parent, os.W_OK | os.X_OK):
        raise SimulationError(
            f"Nothing can be written into {parent}.",
            why="You do not have the right to write there.",
            fix="Give --out a place that is yours.",
        )


@contextlib.contextmanager
def appearing(target: Path, *, force: bool) -> Iterator[Path]:
    """Yield a folder to write into; it becomes `target` when the block ends well.

    Raises SimulationError where it cannot be written.
    """
    check(target, force=force)
    target = target.resolve()
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        partial.chmod(0o777 & ~_umask())
        (partial / MARKER).write_text(MARKED.format(version=__version__), "utf-8")
        yield partial
        _take_the_name(partial, target, force=force)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _take_the_name(partial: Path, target: Path, *, force: bool) -> None:
    check(target, force=force)  # it may have appeared meanwhile
    if not target.exists():
        partial.rename(target)
        return
    earlier = Path(tempfile.mkdtemp(prefix=f".{target.name}.earlier-", dir=target.parent))
    target.rename(earlier / target.name)
    try:
        partial.rename(target)
    except BaseException:
        (earlier / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(earlier, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(target: Path, error: OSError) -> SimulationError:
    return SimulationError(
        f"{target} could not be written: {error.strerror or error}.",
        why="The place refused, or is full. Nothing was left behind under that name.",
        fix="Make room, or give --out another place.",
    )
