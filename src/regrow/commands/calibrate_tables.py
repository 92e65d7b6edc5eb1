"""A calibration as tables in the terminal."""

from collections.abc import Sequence

from rich.console import Console

from regrow.calibrate.check import Checked
from regrow.calibrate.diagnose import LEARNED, Diagnosis
from regrow.commands.terminal import table

GOOD_R_HAT, GOOD_ESS, GOOD_K = 1.01, 400.0, 0.7


def show(found: Diagnosis, checked: Sequence[Checked], out: Console) -> None:
    """Print what was learned, what was not, and how far the numbers can be trusted."""
    out.print(
        table(
            "Fitted numbers: prior and posterior (median, 90 % band)",
            ("", "prior", "posterior", "spread over\nthe prior's"),
            [
                (
                    one.name,
                    _band(one.prior),
                    _band(one.posterior),
                    f"{one.narrower:.2f}",
                )
                for one in found.parameters
            ],
        )
    )
    nothing = [one.name for one in found.parameters if one.narrower > LEARNED]
    out.print(f"\nThe data say next to nothing about: {', '.join(nothing) or 'none'}.")
    for one, other, how in found.entangled:
        out.print(f"Hard to tell apart: {one} and {other} (correlation {how:+.2f}).")
    missed = [one for one in checked if not one.inside]
    out.print(
        f"\n{len(checked) - len(missed)} of {len(checked)} fitted numbers lie inside the 95 % band "
        "of what would be printed again."
    )
    for each in missed:
        low, high = each.again
        out.print(
            f"  outside: {each.target.name}: {each.observed:.3g}, expected {low:.3g} to {high:.3g}"
        )
    out.print("")
    for sentence in trust(found):
        out.print(sentence)


def trust(found: Diagnosis) -> tuple[str, ...]:
    """Say whether the chains agree and whether the surfaces were close enough to the simulator."""
    sampled = found.r_hat < GOOD_R_HAT and min(found.bulk_ess, found.tail_ess) > GOOD_ESS
    return (
        f"Chains {'agree' if sampled else 'DO NOT AGREE YET'}: largest R-hat {found.r_hat:.3f} "
        f"(below {GOOD_R_HAT}), smallest ESS {found.bulk_ess:.0f} bulk, {found.tail_ess:.0f} tail "
        f"(above {GOOD_ESS:.0f}); {found.divergences} divergences in {found.draws} draws.",
        f"Weighed with the simulator: Pareto k {found.pareto_k:.2f} (below {GOOD_K}"
        f"{'' if found.pareto_k < GOOD_K else ', NOT MET'}); {found.checked} draws are worth "
        f"{found.effective:.0f}.",
    )


def _band(values: tuple[float, float, float]) -> str:
    low, middle, high = values
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"
