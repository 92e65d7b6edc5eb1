"""regrow explain: what a prediction rests on."""

from pathlib import Path

import click

from regrow.commands.arguments import AS_JSON, FILE, read_all


@click.command()
@click.argument("file", type=FILE)
@AS_JSON
def explain(file: Path, as_json: bool) -> None:
    """Show which numbers the prediction for FILE rests on, from where, and how certain."""
    (protocol,) = read_all([file])

    from regrow.report.ground import ground

    view = ground(protocol)
    if as_json:
        from regrow.report import encode, encode_ground

        click.echo(encode.text(encode_ground.explanation(view, file=file)))
        return
    from regrow.commands.explain_tables import show
    from regrow.commands.terminal import console

    show(view, console())
