"""The benchmark's results as a page and a figure; numbers in, text out."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

from bench.contest import ACCURACY, REGROW_PATIENTS, ROUNDS, Bout, Peer, Point
from bench.scaling import Scaling

FOLDER = Path(__file__).parent
AIM_RATIO = 250.0
AIM_CORES = 1.8
QUIET = 0.7
"""Above this load before the run, other work disturbs what is measured."""
MARKS = ("s", "^", "D", "v", "P", "X")


def page(
    peers: Sequence[Peer],
    missing: dict[str, str],
    own: Sequence[tuple[Point, float]],
    bout: Bout,
    scaling: Scaling,
    patients: int,
    busy: float,
) -> str:
    """Return the page of results."""
    ready = [peer for peer in peers if peer.chosen]
    ranked = sorted(ready, key=lambda peer: bout.ratio(peer.name))
    lines = [
        "# How fast the engine is, and how right",
        "",
        "Written by `make bench`; do not edit. What is compared and why it is fair:",
        "[the engine](../docs/explanation/engine.md). The task: six infusions in two weeks, ninety",
        "days, every state every day, each virtual patient with parameters of its own.",
        "",
        *_disturbed(busy),
        "## At equal accuracy, one core, taking turns in one run",
        "",
        f"Every peer's tolerance was loosened until its largest relative error over all daily "
        f"readings of {patients} patients was just below {ACCURACY:g}, against the coupled system "
        "solved to 1e-10. Ratios are medians over "
        f"{ROUNDS} rounds; in each, regrow walked {REGROW_PATIENTS:,} patients.",
        "",
        "| solver | setting | largest error | patients/s | regrow is faster by |",
        "| --- | --- | ---: | ---: | ---: |",
        f"| regrow | its own grid | {own[0][0].error:.1e} | {_middle(bout.regrow)} | |",
    ]
    for peer in ranked:
        assert peer.chosen is not None
        lines.append(
            f"| {peer.name} {peer.version} | {peer.chosen.setting}, tolerance "
            f"{peer.chosen.tolerance:.1e} | {peer.chosen.error:.1e} | "
            f"{_middle(bout.peers[peer.name])} | **{bout.ratio(peer.name):,.0f}** |"
        )
    lines += [f"| {name} | could not be run: {why} | | | |" for name, why in missing.items()]
    if ranked:
        least = bout.ratio(ranked[0].name)
        every = bout.ratios(ranked[0].name)
        verdict = "met" if least >= AIM_RATIO else "**not met**"
        lines += [
            "",
            f"Aim: {AIM_RATIO:g} times the fastest peer. Measured: {least:,.1f} times "
            f"{ranked[0].name} ({min(every):,.0f} to {max(every):,.0f} over rounds): {verdict}.",
        ]
    lines += ["", "![Error against speed](work-precision.svg)", "", *_grid(own), *_alone(scaling)]
    return "\n".join(lines) + "\n"


def _disturbed(busy: float) -> list[str]:
    if busy <= QUIET:
        return []
    return [
        f"**Other work kept the machine busy (load {busy:.1f} before the run).** Ratios hold, "
        "times and the speed-up on two cores do not: run it again on a quiet machine.",
        "",
    ]


def _middle(speeds: Sequence[float]) -> str:
    return f"{statistics.median(speeds):,.0f}"


def _grid(own: Sequence[tuple[Point, float]]) -> list[str]:
    lines = [
        "## The grid's own error",
        "",
        "| grid | largest relative error | largest error of MADRS (points) | patients/s |",
        "| --- | ---: | ---: | ---: |",
    ]
    for point, madrs in own:
        cells = f"{point.error:.1e} | {madrs:.4f} | {point.per_second:,.0f}"
        lines.append(f"| {point.setting} | {cells} |")
    return [*lines, ""]


def _alone(scaling: Scaling) -> list[str]:
    met = "met" if scaling.two_cores >= AIM_CORES else "**not met**"
    least = min(scaling.microseconds.values())
    lines = [
        "## On its own",
        "",
        "| what | measured |",
        "| --- | ---: |",
        f"| speed-up on two cores (aim {AIM_CORES:g}: {met}) | {scaling.two_cores:.2f} |",
        f"| a million patients, ninety days, summaries only | {scaling.million_seconds:.1f} s |",
        f"| peak memory of that (aim: under 2 GiB) | {scaling.million_gib:.2f} GiB |",
        f"| first result after installation, fresh process, empty cache (aim: under 15 s) "
        f"| {scaling.first_seconds:.1f} s |",
        f"| first result of a later process (aim: under 2 s) | {scaling.later_seconds:.1f} s |",
        "",
        "Cost per patient on all cores, draws and summaries included, relative to the cheapest:",
        "",
        "| patients | microseconds each | relative |",
        "| ---: | ---: | ---: |",
    ]
    for size, each in scaling.microseconds.items():
        lines.append(f"| {size:,} | {each:.1f} | {each / least:.2f} |")
    return lines


def figure(peers: Sequence[Peer], own: Sequence[tuple[Point, float]], folder: Path) -> None:
    """Draw error against speed, one line per solver."""
    mpl.rcParams["svg.hashsalt"] = "regrow"
    picture, axes = plt.subplots(figsize=(7.0, 4.6), layout="constrained")
    _line(axes, [point for point, _ in own], "regrow", "o", "black")
    colours = plt.get_cmap("tab10").colors  # type: ignore[attr-defined]
    marks = iter(zip(MARKS, colours, strict=False))
    for peer in peers:
        for variant in peer.variants:
            mark, colour = next(marks)
            points = [point for point in peer.points if point.setting == variant]
            label = peer.name if len(peer.variants) == 1 else f"{peer.name} {variant}"
            _line(axes, points, label, mark, colour)
    axes.axvline(ACCURACY, color="grey", linewidth=0.8, linestyle=":")
    axes.set(
        xscale="log", yscale="log", xlim=(1.0, 1e-7),
        xlabel="Largest relative error over all daily readings",
        ylabel="Virtual patients per second, one core",
        title="Six infusions, ninety days: error against speed",
    )  # fmt: skip
    axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    axes.grid(alpha=0.3)
    picture.savefig(folder / "work-precision.svg", metadata={"Date": None})
    picture.savefig(folder / "work-precision.png", dpi=150)
    plt.close(picture)


def _line(axes: plt.Axes, points: Sequence[Point], label: str, mark: str, colour: object) -> None:
    sound = sorted((p for p in points if p.error < 1.0), key=lambda point: -point.tolerance)
    axes.plot(
        [p.error for p in sound], [p.per_second for p in sound], marker=mark, color=colour,
        label=label, markersize=5, linewidth=1.2,
    )  # fmt: skip
