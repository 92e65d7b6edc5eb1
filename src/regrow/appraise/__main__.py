"""Write the page that says how good the forecast is.

python -m regrow.appraise docs/reference/forecast-quality.md
"""

import importlib.util
import sys
from pathlib import Path

import click

from regrow.appraise.figures import figures
from regrow.appraise.page import page, verdicts
from regrow.appraise.run import PERSONS_ASKED, appraise
from regrow.commands.terminal import progress
from regrow.errors import ForecastError, RegrowError

FEWEST = 30


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--persons",
    type=click.IntRange(min=FEWEST),
    default=PERSONS_ASKED,
    show_default=True,
    help="How many virtual persons the rank tests draw.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--images",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the figures; by default images beside the page's folder.",
)
def main(target: Path, persons: int, seed: int, images: Path | None) -> None:
    """Appraise the forecast and write the page TARGET, with its figures."""
    folder = images or target.parent.parent / "images"
    try:
        _ready(target, folder)
        with progress("Appraising the forecast") as teller:

            def tell(what: str, done: int, total: int) -> None:
                if done == 1:
                    teller.now(what)
                teller.count(done, total)

            found = appraise(persons=persons, seed=seed, tell=tell)
        text, drawn = page(found), figures(found)
    except RegrowError as error:
        click.echo(error, err=True)
        sys.exit(1)
    for name, svg in drawn.items():
        (folder / name).write_text(svg, encoding="utf-8")
    target.write_text(text, encoding="utf-8")
    for sentence in verdicts(found):
        click.echo(sentence)


def _ready(target: Path, folder: Path) -> None:
    """Raise before minutes are spent if the page could not be made or written."""
    if importlib.util.find_spec("scoringrules") is None:
        raise ForecastError(
            "scoringrules cannot be found.",
            why="Forecasts are scored with it, and it does not come with regrow by itself.",
            fix='Install it: pip install "regrow[calibrate]"',
        )
    for place in (target.parent, folder):
        if not place.is_dir():
            raise ForecastError(
                f"There is no folder {place}.",
                why="The page and its figures are written into folders that exist.",
                fix="Make it, or name another with TARGET or --images.",
            )


if __name__ == "__main__":
    main()
