"""regrow simulate: what protocols would do to the same virtual patients."""

import shlex
from pathlib import Path

import click

from regrow.commands.arguments import AS_JSON, FILE, FOLDER, FORCE, SEED, patients, read_all

MOST_FILES = 8
"""More lines than this cannot be told apart in one figure."""
READ_AS = ("HDRS-17", "QIDS-SR", "PHQ-9", "GAD-7", "PCL-5", "pain")


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@patients(1000)
@click.option("--days", type=click.IntRange(min=1), help="How many days; else all of the plan.")
@SEED
@click.option(
    "--knowledge",
    type=click.Choice(["posterior", "centre", "prior"]),
    default="posterior",
    show_default=True,
    help="Run over what calibration left possible, in the middle of it, or over the priors.",
)
@click.option(
    "--read-as",
    type=click.Choice(READ_AS),
    multiple=True,
    help="Show severity on this scale, too; may be repeated.",
)
@click.option("--out", type=FOLDER, metavar="DIR", help="Write a report, figures and data there.")
@FORCE
@click.option(
    "--data",
    type=click.Choice(["summary", "all", "none"]),
    default="summary",
    show_default=True,
    help="Data in --out: daily summaries and some patients, every patient, or none.",
)
@AS_JSON
@click.option("--threads", type=click.IntRange(1, 1024), help="How many threads; else all cores.")
def simulate(
    files: tuple[Path, ...],
    patients: int,
    days: int | None,
    seed: int,
    knowledge: str,
    read_as: tuple[str, ...],
    out: Path | None,
    force: bool,
    data: str,
    as_json: bool,
    threads: int | None,
) -> None:
    """Simulate the protocol in each FILE on the same virtual patients."""
    if len(files) > MOST_FILES:
        raise click.UsageError(f"At most {MOST_FILES} protocols can be compared at once.")
    if out is None and (force or data != "summary"):
        raise click.UsageError("--force and --data say how to write --out; give --out as well.")
    if out is not None:
        from regrow.report import folder

        folder.check(out, force=force)
    protocols = read_all(files)

    from regrow import population
    from regrow.commands import terminal
    from regrow.report.overview import overview

    people = population.draw(patients, seed=seed)
    if out is None:
        from regrow.simulate import side_by_side

        with terminal.progress("Virtual patients") as teller:
            comparison = side_by_side(
                people,
                protocols,
                until=days,
                knowledge=knowledge,  # type: ignore[arg-type]
                threads=threads,
                progress=teller.count,
            )
        view = overview(files, protocols, comparison, people, read_as=read_as)
    else:
        from regrow.report.write import write

        with terminal.progress("Virtual patients") as teller:
            view = write(
                out,
                files,
                protocols,
                people,
                until=days,
                knowledge=knowledge,  # type: ignore[arg-type]
                read_as=read_as,
                data=data,
                force=force,
                threads=threads,
                command=_command(files, patients, days, seed, knowledge, read_as),
                progress=teller.count,
                announce=teller.now,
            )
    if as_json:
        from regrow.report import encode

        click.echo(encode.text(encode.simulation(view)))
        return
    from regrow.commands.simulate_tables import show

    show(view, terminal.console())
    if out is not None:
        click.echo(f"\nWritten: {out / 'report.html'}")


def _command(
    files: tuple[Path, ...],
    patients: int,
    days: int | None,
    seed: int,
    knowledge: str,
    read_as: tuple[str, ...],
) -> str:
    """Return the command line that gives the same numbers again."""
    options = [f"--patients={patients}", f"--seed={seed}", f"--knowledge={knowledge}"]
    options += [f"--days={days}"] if days is not None else []
    options += [f"--read-as={name}" for name in read_as]
    lines = ["regrow simulate", *(shlex.quote(str(file)) for file in files), shlex.join(options)]
    return " \\\n  ".join(lines)
