"""regrow trial: a published study, run again on virtual patients."""

from pathlib import Path

import click

from regrow.commands.arguments import AS_JSON, FILE, SEED

MOST_SETS, FEWEST_SETS = 128, 32
A_BLOCK = 32
"""Virtual patients of one set come in blocks."""
MOST = 262_144
"""More would not fit into the memory of a small machine at once."""


@click.command()
@click.argument("study", type=FILE, metavar="STUDY")
@click.option(
    "--patients",
    type=click.IntRange(1, MOST),
    default=16_384,
    show_default=True,
    help="How many virtual patients in each arm, rounded up to fill 32 to 128 sets of values.",
)
@SEED
@AS_JSON
def trial(study: Path, patients: int, seed: int, as_json: bool) -> None:
    """Run the published study in the file STUDY again on virtual patients.

    The study is run as it was run: whom it let in, its arms, its definitions, who left. Each of its
    findings is put beside what a study of that size was expected to find.
    """
    from regrow.studies.read import read

    document = read(study)
    from regrow import posterior
    from regrow.commands import terminal
    from regrow.trial.rerun import rerun

    sets = posterior.sets(sets_for(patients))
    with terminal.progress("Sets of values") as teller:
        run = rerun(
            document,
            sets,
            people=people_for(patients),
            seed=seed,
            progress=teller.count,
        )
    if as_json:
        from regrow.report import encode
        from regrow.report.encode_trial import trial as encoded

        click.echo(encode.text(encoded(run, file=str(study))))
        return
    from regrow.commands.trial_tables import show

    show(run, terminal.console())


def sets_for(patients: int) -> int:
    """Return over how many sets of values so many patients are spread."""
    return max(FEWEST_SETS, min(MOST_SETS, patients // A_BLOCK))


def people_for(patients: int) -> int:
    """Return how many of them walk through every arm under each set of values."""
    return A_BLOCK * -(-patients // (A_BLOCK * sets_for(patients)))
