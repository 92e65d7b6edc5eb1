"""regrow visit: one dosing visit, hour by hour."""

from pathlib import Path

import click

from regrow.commands.arguments import (
    AS_JSON,
    FILE,
    FOLDER,
    FORCE,
    SEED,
    Finite,
    patients,
    read_all,
)


@click.command()
@click.argument("file", type=FILE)
@click.option("--visit", "number", type=click.IntRange(min=1), default=1, show_default=True)
@click.option(
    "--dose",
    metavar="AMOUNT",
    help='What if each dose were this, for example "0.75 mg/kg" or "40 mg"; without a unit, '
    "in the protocol's. A question to the model, never a recommendation.",
)
@click.option("--weight-kg", type=Finite(30.0, 250.0), help="Body weight of every patient.")
@click.option("--age", type=Finite(18.0, 100.0), help="Age of every patient, years.")
@click.option("--ancestry", type=click.Choice(["Asian", "Japanese"]), help="Changes the kinetics.")
@click.option(
    "--hours", type=Finite(0.5, 24.0), default=4.0, show_default=True, help="Hours shown."
)
@patients(500)
@SEED
@click.option("--out", type=FOLDER, metavar="DIR", help="Write figures and data there.")
@FORCE
@AS_JSON
def visit(
    file: Path,
    number: int,
    dose: str | None,
    weight_kg: float | None,
    age: float | None,
    ancestry: str | None,
    hours: float,
    patients: int,
    seed: int,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Follow one visit of the protocol in FILE: plasma, perception, pressure."""
    if out is None and force:
        raise click.UsageError("--force says how to write --out; give --out as well.")
    if out is not None:
        from regrow.report import folder

        folder.check(out, force=force)
    (protocol,) = read_all([file])

    from regrow.report import encode_visit
    from regrow.report.hours import Asked, hour_by_hour

    view = hour_by_hour(
        protocol,
        Asked(
            visit=number,
            amount=dose,
            weight_kg=weight_kg,
            age_years=age,
            ancestry=ancestry,  # type: ignore[arg-type]
            patients=patients,
            seed=seed,
            hours=hours,
        ),
    )
    for remark in view.remarks:
        click.echo(f"Note: {remark}", err=True)
    if out is not None:
        from regrow.report.write_visit import write

        write(out, view, file=file, force=force)
    if as_json:
        from regrow.report import encode

        click.echo(encode.text(encode_visit.visit(view, file=file)))
        return
    from regrow.commands.terminal import console
    from regrow.commands.visit_tables import show

    show(view, console())
    if out is not None:
        click.echo(f"\nWritten: {out}")
