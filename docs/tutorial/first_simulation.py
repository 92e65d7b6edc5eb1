"""A first simulation, step by step: python docs/tutorial/first_simulation.py [FOLDER]

Run it, read it, change it. It writes one figure, first.png, into FOLDER (default: here).
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from regrow import population
from regrow.basis import basis
from regrow.patient import Patient
from regrow.protocol.prescription import show
from regrow.protocol.read import read
from regrow.simulate import side_by_side, simulate
from regrow.visit import simulate_visit

HERE = Path(__file__).parents[2] / "protocols"
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()

# 1. A protocol is a document. Read it, and print it like a prescription.
six = read(HERE / "six-infusions.toml")
print(show(six).split("\n\n")[0])

# 2. One visit: what a nurse could hold against what is measured.
visit = simulate_visit(Patient(weight_kg=70), six)
ketamine = visit.exposures()["ketamine, venous"]
print(
    f"Highest concentration {ketamine.cmax_ng_per_ml[0]:.0f} ng/mL after {ketamine.tmax_h[0]:.1f} h"
)

# 3. One patient over four weeks.
one = simulate(Patient(weight_kg=70, baseline_madrs=34), six, until=28)
print(f"One patient, day 14: {one.mean_change()[14]:+.1f} points")

# 4. A thousand people, under two protocols side by side: the same people twice.
both = read(HERE / "six-infusions-with-integration.toml")
people = population.draw(1000, seed=1)
comparison = side_by_side(people, [six, both], until=90)
for result in comparison.results:
    share = result.summary.response_share()[28]
    print(
        f"{result.title}: {result.mean_change()[28]:+.1f} points, {share:.0%} in response, day 28"
    )

# 5. What does the difference rest on? Ask before you believe it.
rests = basis(people, both, until=90)
for certainty, points in rests.points.items():
    print(f"  {points[28]:+.1f} points of day 28 rest on {certainty} certainty")

# 6. A picture: mean and the band that holds 90 of 100 people.
figure, axes = plt.subplots(figsize=(7, 4))
for result, style in zip(comparison.results, ("-", "--"), strict=True):
    scores = result.summary.madrs
    axes.plot(result.days, scores.mean(), style, label=result.title)
    axes.fill_between(result.days, scores.quantile(0.05), scores.quantile(0.95), alpha=0.15)
axes.set(xlabel="day", ylabel="severity, MADRS points", ylim=(0, 60))
axes.legend(frameon=False)
figure.savefig(FOLDER / "first.png", dpi=150)
print(f"wrote {FOLDER / 'first.png'}")
