"""regrow validate: predictions of published studies that the fit has never seen."""

import importlib.util
import shlex
from pathlib import Path

import click

from regrow.commands.arguments import AS_JSON, FILE, FOLDER, FORCE, SEED, read_studies
from regrow.commands.trial import MOST, people_for, sets_for
from regrow.errors import ValidationError


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="STUDY...")
@click.option(
    "--patients",
    type=click.IntRange(1, MOST),
    default=16_384,
    show_default=True,
    help="How many virtual patients in each arm, rounded up to fill 32 to 128 sets of values.",
)
@SEED
@click.option("--out", type=FOLDER, metavar="DIR", help="Write a report, figures and data there.")
@FORCE
@AS_JSON
def validate(
    files: tuple[Path, ...],
    patients: int,
    seed: int,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Predict the published studies in the files STUDY, which the model was not fitted to.

    Each finding is put beside its prediction, and both beside a naive comparator's. Studies that
    were used for calibration are refused.
    """
    if out is None and force:
        raise click.UsageError("--force says how to write --out; give --out as well.")
    if importlib.util.find_spec("scoringrules") is None:
        raise ValidationError(
            "scoringrules cannot be found.",
            why="Predictions are scored with a library that simulations do not need.",
            fix='Install it with: pip install "regrow[calibrate]"',
        )
    if out is not None:
        from regrow.report import folder

        folder.check(out, force=force)
    from regrow.studies.library import read_all, shipped
    from regrow.validate.unseen import must_be_unseen

    studies = read_studies(files)
    trained_on = [one for one in read_all(shipped()) if one.used_for == "calibration"]
    must_be_unseen(studies, trained_on)
    from regrow import posterior
    from regrow.commands import terminal
    from regrow.validate import run

    sets = posterior.sets(sets_for(patients))
    with terminal.progress("Studies") as teller:
        view = run.validate(
            studies,
            trained_on=trained_on,
            sets=sets,
            people=people_for(patients),
            seed=seed,
            progress=teller.count,
        )
        if out is not None:
            from regrow.report.write_validation import write

            teller.now("Writing data and figures")
            command = shlex.join(
                ["regrow", "validate", *map(str, files), f"--patients={patients}", f"--seed={seed}"]
            )
            write(out, view, files=files, command=command, force=force)
    if as_json:
        from regrow.report import encode
        from regrow.report.encode_validation import validation

        click.echo(encode.text(validation(view)))
        return
    from regrow.commands.validate_tables import show

    show(view, terminal.console())
    if out is not None:
        click.echo(f"\nWritten: {out / 'report.html'}")
