"""Write a report: simulate, draw, and put everything into one folder that appears whole."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from regrow.population import Population
from regrow.protocol.document import Protocol
from regrow.report import data as tables
from regrow.report import encode, encode_ground, folder, page, svg
from regrow.report.ground import ground
from regrow.report.labels import labels
from regrow.report.overview import Overview, overview
from regrow.report.pictures import every_picture
from regrow.simulate import Chunk, Knowledge, side_by_side


def write(
    target: Path,
    files: Sequence[Path],
    protocols: Sequence[Protocol],
    people: Population,
    *,
    until: int | None,
    knowledge: Knowledge,
    command: str,
    read_as: Sequence[str] = (),
    data: str = "summary",
    force: bool = False,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    announce: Callable[[str], None] | None = None,
) -> Overview:
    """Simulate protocols and write report, figures and data to `target`.

    `data` is "summary" (daily summaries and some patients), "all" (every patient) or "none".
    `progress` is told how many of how many patients are done, `announce` what comes next.
    """
    slugs = tuple(one.slug for one in labels(files, [protocol.title for protocol in protocols]))
    with folder.appearing(target, force=force) as place:
        (place / "data").mkdir()
        with _streams(place / "data", slugs, wanted=data == "all") as sink:
            comparison = side_by_side(
                people,
                protocols,
                until=until,
                knowledge=knowledge,
                threads=threads,
                sink=sink,
                progress=progress,
            )
        if announce is not None:
            announce("Writing data and figures")
        view = overview(files, protocols, comparison, people, read_as=read_as)
        if data != "none":
            tables.write_summary(place / "data", view)
        if data == "summary":
            tables.write_kept(place / "data", view)
        _write_report(place, view, files, command)
    return view


def _write_report(place: Path, view: Overview, files: Sequence[Path], command: str) -> None:
    grounds = tuple(
        ground(part.protocol, until=view.days, seed=view.people.seed) for part in view.parts
    )
    pictures = every_picture(view, grounds)
    drawings = {picture.name: svg.drawing(picture) for picture in pictures.all()}
    (place / "figures").mkdir()
    for name, drawing in drawings.items():
        (place / "figures" / f"{name}.svg").write_text(drawing.wide, "utf-8")
        (place / "figures" / f"{name}.png").write_bytes(drawing.png)
    text = page.html(view, grounds, pictures, drawings, command=command)
    (place / "report.html").write_text(text, "utf-8")
    (place / "summary.json").write_text(encode.text(encode.simulation(view)), "utf-8")
    (place / "protocols").mkdir()
    for part, each, file in zip(view.parts, grounds, files, strict=True):
        name = part.label.slug
        shutil.copyfile(file, place / "protocols" / f"{name}.toml")
        explained = encode.text(encode_ground.explanation(each, file=file))
        (place / f"explain-{name}.json").write_text(explained, "utf-8")


@contextlib.contextmanager
def _streams(
    place: Path, slugs: tuple[str, ...], *, wanted: bool
) -> Iterator[Callable[[Chunk], None] | None]:
    if not wanted:
        yield None
        return
    streams = tables.Streams(place, slugs)
    try:
        yield streams.add
    finally:
        streams.close()
