"""regrow forecast: one person, from what was read of them."""

import datetime
import re
import shlex
from pathlib import Path
from typing import Any

import click

from regrow.commands.arguments import AS_JSON, FILE, FOLDER, FORCE, SEED, Finite, read_all

MOST_PLANS = 7
"""More lines than these and the own plan's cannot be told apart in one figure."""
MOST_DAYS = 3649
"""The last day of the longest protocol."""


class DateOrDay(click.ParamType):  # type: ignore[type-arg]
    """A date, or where it says so a day of the plan."""

    def __init__(self, *, day: bool) -> None:
        self.name = "DATE|DAY" if day else "DATE"
        self._day = day

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a date or a whole number, or complain."""
        if not isinstance(value, str):
            return value
        if self._day and re.fullmatch(r"\d{1,4}", value):
            return int(value)
        found: datetime.date | None = None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                found = datetime.date.fromisoformat(value)
        except ValueError as error:
            self.fail(f"{value} is not a date that exists: {error}.", param, ctx)
        if found is None:
            or_day = ", or a day of the plan, for example 28" if self._day else ""
            self.fail(
                f"{value!r} is no date; write year-month-day, for example 2026-03-02{or_day}.",
                param,
                ctx,
            )
        return found


@click.command()
@click.argument("file", type=FILE, metavar="READINGS")
@click.option("--protocol", "protocol_file", type=FILE, required=True, help="The person's plan.")
@click.option("--log", type=FILE, help="What was given and done, if it is a file of its own.")
@click.option(
    "--start", type=DateOrDay(day=False), help="The date of day 0; needed where READINGS has dates."
)
@click.option(
    "--today",
    type=DateOrDay(day=True),
    help="From when on to forecast, a date or a day of the plan; else the last day in the files.",
)
@click.option(
    "--what-if",
    "others",
    type=FILE,
    multiple=True,
    help="Another protocol, followed from today on; may be repeated.",
)
@click.option(
    "--until",
    type=click.IntRange(1, MOST_DAYS),
    metavar="DAYS",
    help="The last day of the plan to forecast; else twelve weeks from today.",
)
@click.option("--weight-kg", type=Finite(30.0, 250.0), help="Body weight.")
@click.option("--age", type=Finite(18.0, 100.0), help="Age, years.")
@click.option(
    "--usual-madrs", type=Finite(0.0, 60.0), help="Severity before treatment, as told (0-60)."
)
@click.option("--ancestry", type=click.Choice(["Asian", "Japanese"]), help="Changes the kinetics.")
@SEED
@click.option("--out", type=FOLDER, metavar="DIR", help="Write a report, figures and data there.")
@FORCE
@AS_JSON
def forecast(
    file: Path,
    protocol_file: Path,
    log: Path | None,
    start: datetime.date | None,
    today: datetime.date | int | None,
    others: tuple[Path, ...],
    until: int | None,
    weight_kg: float | None,
    age: float | None,
    usual_madrs: float | None,
    ancestry: str | None,
    seed: int,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Forecast one person from the scores, doses and practices in the CSV file READINGS."""
    if out is None and force:
        raise click.UsageError("--force says how to write --out; give --out as well.")
    if isinstance(today, datetime.date) and start is None:
        raise click.UsageError("--today is a date: give --start, the date of day 0, as well.")
    if len(others) > MOST_PLANS:
        raise click.UsageError(f"At most {MOST_PLANS} other plans can be asked about at once.")
    if log is not None and log.resolve() == file.resolve():
        raise click.UsageError("READINGS and --log are the same file; one of them is enough.")
    if out is not None:
        from regrow.report import folder

        folder.check(out, force=force)
    protocol, *other_protocols = read_all([protocol_file, *others])
    from regrow.commands import terminal
    from regrow.forecast.known import Known
    from regrow.report.followed import followed

    files = (file,) if log is None else (file, log)
    with terminal.progress("Forecast") as teller:
        view = followed(
            files,
            protocol_file,
            protocol,
            other_files=others,
            others=other_protocols,
            who=Known(
                weight_kg=weight_kg,
                age_years=age,
                usual_madrs=usual_madrs,
                ancestry=ancestry,  # type: ignore[arg-type]
            ),
            began=start,
            today=today,
            until=until,
            seed=seed,
        )
        if out is not None:
            from regrow.report.write_forecast import write

            teller.now("Writing data and figures")
            write(out, view, protocols=(protocol_file, *others), command=_command(), force=force)
    if as_json:
        from regrow.report import encode, encode_forecast

        click.echo(encode.text(encode_forecast.forecast(view)))
        return
    from regrow.commands.forecast_tables import show

    show(view, terminal.console())
    if out is not None:
        click.echo(f"\nWritten: {out / 'report.html'}")


def _command() -> str:
    """Return the command line that gives the same numbers again, as it was asked."""
    context = click.get_current_context()
    words = ["regrow", "forecast"]
    for parameter in context.command.params:
        value = context.params[parameter.name or ""]
        if parameter.name in ("out", "force", "as_json") or value in (None, ()):
            continue
        for each in value if isinstance(value, tuple) else (value,):
            text = f"{each:g}" if isinstance(each, float) else str(each)
            words += [text] if isinstance(parameter, click.Argument) else [parameter.opts[0], text]
    return shlex.join(words)
