"""The command line: `regrow COMMAND`.

Commands are loaded when they are asked for, so that `regrow --help` never waits for the solver.
An error that regrow raises on purpose becomes three sentences and exit code 1; wrong usage is exit
code 2; anything else is a bug and keeps its traceback.
"""

import importlib
import sys
from typing import NoReturn

import click

from regrow import __version__
from regrow.errors import RegrowError

COMMANDS = {
    "simulate": ("regrow.commands.simulate", "Simulate protocols on virtual patients."),
    "visit": ("regrow.commands.visit", "Follow one dosing visit hour by hour."),
    "forecast": ("regrow.commands.forecast", "Forecast one person from their readings."),
    "calibrate": ("regrow.commands.calibrate", "Fit the model to published studies."),
    "protocol": ("regrow.commands.protocol", "Check, show and date a protocol."),
    "trial": ("regrow.commands.trial", "Run a published study again on virtual patients."),
    "validate": ("regrow.commands.validate", "Predict studies that the fit has never seen."),
    "explain": ("regrow.commands.explain", "Show which numbers a protocol rests on."),
    "sources": ("regrow.commands.sources", "List every source that is used."),
}
"""Each command with the module that holds it (under the same name) and its one-line help."""


class Lazy(click.Group):
    """A group that imports a command only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="regrow informs clinicians. It never doses, and it is not a medical device.",
)
@click.version_option(__version__, prog_name="regrow")
def group() -> None:
    """Simulate ketamine-assisted therapy: from a written protocol to what would happen."""


def main() -> NoReturn:
    """Run the command line and turn our own errors into text."""
    try:
        group.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped. No half-written file is left behind.", err=True)
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except RegrowError as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    sys.exit(0)
