"""regrow sources: what the numbers rest on."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from regrow.evidence.records import Parameter

FORMAT = "regrow.sources/1"


@click.command()
@click.option("--all", "everything", is_flag=True, help="List sources without numbers, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def sources(everything: bool, as_json: bool) -> None:
    """List every source, and how many numbers rest on it."""
    from regrow.evidence import census, reader

    counts = census.numbers_by_source()
    listed = [
        source for source in reader.sources().values() if as_json or everything or counts[source.id]
    ]
    listed.sort(key=lambda source: (-counts[source.id], source.id))
    if as_json:
        from dataclasses import asdict

        document = {
            "format": FORMAT,
            "numbers_by_trust": numbers_by_trust(),
            "numbers_by_certainty": census.numbers_by_certainty(),
            "sources": [
                asdict(source) | {"cite": source.cite(), "numbers": counts[source.id]}
                for source in listed
            ],
        }
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for source in listed:
        click.echo(f"{counts[source.id]:>4}  {source.id:<22}  {source.cite()}")
    trusts = ", ".join(f"{count} {trust}" for trust, count in numbers_by_trust().items())
    click.echo(f"\n{len(census.all_parameters())} numbers of the model: {trusts}.")
    click.echo(f"{len(census.all_findings())} published results to compare with.")


def numbers_by_trust(numbers: "Iterable[Parameter] | None" = None) -> Mapping[str, int]:
    """How many of the numbers (all, if none are named) are read, transcribed, derived, ..."""
    from regrow.evidence import census

    return census.numbers_by_trust(numbers)
