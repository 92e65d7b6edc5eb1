"""regrow trial: a published study, run again on virtual patients."""

from pathlib import Path

import click

from regrow.commands.arguments import AS_JSON, FILE, SEED, patients

SETS = 128
FEWEST_PEOPLE = 32


@click.command()
@click.argument("study", type=FILE, metavar="STUDY")
@patients(16_384)
@SEED
@AS_JSON
def trial(study: Path, patients: int, seed: int, as_json: bool) -> None:
    """Run the published study in the file STUDY again on virtual patients.

    The study is run as it was run: whom it let in, its arms, its definitions, who left. Each of its
    findings is put beside what a study of that size was expected to find.
    """
    from regrow.commands import terminal
    from regrow.studies.read import read

    document = read(study)
    from regrow import posterior
    from regrow.trial.beside import beside
    from regrow.trial.predict import predict

    sets = posterior.sets(SETS)
    with terminal.progress("Sets of values") as teller:
        prediction = predict(
            document,
            sets,
            people=max(FEWEST_PEOPLE, patients // SETS),
            seed=seed,
            progress=teller.count,
        )
    rows = beside(prediction, sets, seed=seed)
    if as_json:
        from regrow.report import encode
        from regrow.report.encode_trial import trial as encoded

        click.echo(encode.text(encoded(document, rows, seed=seed)))
        return
    from regrow.commands.trial_tables import show

    show(document, rows, terminal.console())
