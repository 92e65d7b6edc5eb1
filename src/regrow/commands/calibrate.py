"""regrow calibrate: fit the model to published studies."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regrow.commands.arguments import FOLDER, SEED
from regrow.errors import CalibrationError

if TYPE_CHECKING:
    from regrow.calibrate.rounds import Fit
    from regrow.commands.terminal import Teller

EXTRA = ("arviz", "numpyro")
LEFT_OUT = "leave-one-out.md"


@click.command()
@click.option(
    "--studies",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Study files to fit to; else those that come with regrow.",
)
@click.option("--quick", is_flag=True, help="Fewer points and draws: minutes, not an hour.")
@click.option(
    "--out",
    type=FOLDER,
    metavar="DIR",
    default=Path("calibration"),
    show_default=True,
    help="Where results go, and where a calibration that was stopped is found again.",
)
@SEED
@click.option(
    "--processes", type=click.IntRange(1, 256), help="How many processes; else all cores."
)
@click.option(
    "--leave-one-out",
    is_flag=True,
    help="Also predict every study from a fit without it (adds a fit for each study).",
)
def calibrate(
    studies: Path | None,
    quick: bool,
    out: Path,
    seed: int,
    processes: int | None,
    leave_one_out: bool,
) -> None:
    """Fit the model's uncertain numbers to published studies.

    Stop it at any time (Ctrl-C) and run the same command again: it goes on where it was, and ends
    with the same numbers.
    """
    _check(out)
    from regrow.studies.library import read_all, shipped

    chosen = [one for one in read_all(studies or shipped()) if one.used_for == "calibration"]
    if not chosen:
        raise CalibrationError(
            f"No study in {studies} may be used for calibration.",
            why='A study says in used_for whether it is for "calibration" or for "validation".',
            fix="Name a folder with calibration studies.",
        )
    from regrow.calibrate import rounds, ship, write
    from regrow.calibrate.against_shipped import root_mean_square, shifts
    from regrow.calibrate.check import check
    from regrow.calibrate.diagnose import diagnose
    from regrow.calibrate.whole import whole
    from regrow.commands import terminal
    from regrow.commands.calibrate_tables import show, trust
    from regrow.report.calibration_page import page

    effort = "quick" if quick else "full"
    with terminal.progress("Reading") as teller:
        fit = rounds.calibrate(
            chosen,
            effort=rounds.QUICK if quick else rounds.FULL,
            folder=out / "answers",
            processes=processes or os.cpu_count() or 1,
            seed=seed,
            say=teller.now,
            count=teller.count,
        )
        found, checked = diagnose(fit), check(fit)
        written = write.write(out, fit, found, effort=effort)
        text = page(fit, found, checked, trust(found))
        with whole(out / "calibration.md") as draft:
            draft.write_text(text, encoding="utf-8")
    show(found, checked, terminal.console())
    if studies is None:
        moved = shifts(ship.rows_of(fit), fit.corrected.effective)
        furthest = max(moved, key=lambda one: abs(one.sds))
        click.echo(
            f"Beside the posterior that ships: the means differ by {root_mean_square(moved):.1f} "
            f"Monte Carlo errors (root mean square; 1 is chance), most in {furthest.name} "
            f"({furthest.sds:+.2f} SD of its posterior)."
        )
    if leave_one_out:
        with terminal.progress("Leaving out each study") as teller:
            text = _left_out(fit, out, processes or os.cpu_count() or 1, teller)
        with whole(out / LEFT_OUT) as draft:
            draft.write_text(text, encoding="utf-8")
        written = (*written, out / LEFT_OUT)
    click.echo("")
    for file in written:
        click.echo(f"Written: {file}")


def _left_out(fit: "Fit", out: Path, processes: int, teller: "Teller") -> str:
    """Predict every study from a fit without it, and return the page that says how well."""
    from regrow.calibrate.leave_out import leave_out
    from regrow.calibrate.ship import write_rows
    from regrow.report.left_out_page import page
    from regrow.trial.rerun import rerun
    from regrow.validate.run import leave_one_out

    left, runs = [], []
    for study in fit.task.studies:
        teller.now(f"Without {study.id}")
        found = leave_out(
            fit, study.id, folder=out / "answers", processes=processes, progress=teller.count
        )
        left.append(found)
        write_rows(out / "without" / f"{study.id}.csv", found.rows)
        runs.append(rerun(study, found.sets, seed=fit.seed))
    return page(leave_one_out(runs, fit.task.studies), left)


def _check(out: Path) -> None:
    """Complain before an hour of work, not after it."""
    import importlib.util

    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise CalibrationError(
            f"{' and '.join(missing)} cannot be found.",
            why="Sampling the posterior needs libraries that simulations do not.",
            fix='Install them with: pip install "regrow[calibrate]"',
        )
    if out.exists() and not out.is_dir():
        raise CalibrationError(
            f"{out} is a file.",
            why="A calibration writes a folder.",
            fix="Name another place with --out.",
        )
