"""Write docs/reference/concentrations.md: the published concentrations beside the model's.

python tools/concentrations_page.py
"""

from pathlib import Path

from regrow.benchmarks import simulated
from regrow.evidence.reader import findings
from regrow.evidence.records import Finding

TARGET = Path(__file__).parents[1] / "docs/reference/concentrations.md"
HEAD = """# Published concentrations, row by row

Made by `python tools/concentrations_page.py`; a test keeps it up to date. Every row of
`evidence/findings/pharmacokinetics.toml` is simulated as it was measured, in the typical person
of its population. *Accepted*: within 0.80-1.25 of the published value where the source is the
model's own paper, within 0.67-1.5 elsewhere, or inside the stated range. The racemate's values
were fitted to some of these rows (`tools/fit_racemic_kinetics.py`), so they are no independent
validation; esketamine's are the published parameters, unchanged.

| row | given | what | published | model | accepted | source |
|---|---|---|---:|---:|---|---|
"""
TAIL = """
**Misses and their reasons.** *Norketamine over ketamine after tablets:* the gut wall forms
norketamine before the liver does; the model lets that part vanish, so its oral ratio is too low.
Ketamine itself is not touched by this. *Half-life of the controlled-release tablet:* a different
tablet from the one whose release was fitted. *Not simulated:* hydroxynorketamine is not in the
model; the detection limit of an assay, the release time of a tablet (a parameter here) and
proportionality (linear by construction) are not outputs.
"""


def line(finding: Finding) -> str:
    """Return one row of the table."""
    value = simulated(finding)
    given = finding.given
    amount = f"{given.mg:g} mg" if given.mg is not None else f"{given.mg_per_kg:g} mg/kg"
    over = f" over {given.minutes:g} min" if given.minutes else ""
    low, high = finding.acceptance()
    published = f"{finding.value:g}" if finding.value is not None else f"{low:g} to {high:g}"
    model = "not simulated" if value is None else f"{value:.3g}"
    accepted = "-" if value is None else "yes" if finding.accepts(value) else "**no**"
    return (
        f"| {finding.id} | {given.drug}, {given.route}, {amount}{over} | {finding.analyte} "
        f"{finding.metric} {finding.unit} | {published} | {model} | {accepted} | {finding.source} |"
    )


def page() -> str:
    """Return the whole page."""
    return HEAD + "\n".join(line(f) for f in findings("pharmacokinetics")) + "\n" + TAIL


if __name__ == "__main__":
    TARGET.write_text(page())
    print(f"wrote {TARGET}")
