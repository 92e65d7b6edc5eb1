"""Fit racemic ketamine to the published concentrations, in the structure of Perez-Ruixo 2021.

    python tools/fit_racemic_kinetics.py

Least squares on the log scale: each benchmark of `findings/pharmacokinetics.toml` that is about
the racemate, with its published value, and each parameter of esketamine as the centre of a prior.
Prints the values for `evidence/parameters/racemic.toml`; it changes no file.
"""

import numpy as np
from scipy.optimize import least_squares

from regrow.evidence.reader import findings, parameters

# how much each benchmark and each prior may move, as SD on the log scale
TRUSTED, USUAL, LOOSE = 0.1, 0.2, 0.4
PRIOR_SD = {"absorption_rate_oral": 1.0, "gut_fraction": 0.3}
FITTED = (
    "central_volume",
    "first_peripheral_flow",
    "first_peripheral_volume",
    "second_peripheral_flow",
    "second_peripheral_volume",
    "liver_volume",
    "liver_elimination_rate",
    "liver_metabolism_rate",
    "norketamine_central_volume",
    "norketamine_clearance",
    "norketamine_peripheral_flow",
    "norketamine_peripheral_volume",
    "gut_fraction",
    "absorption_rate_oral",
    "prolonged_release_duration",
    "prolonged_release_fraction",
)
START_RELEASE = {"prolonged_release_duration": 6.0, "prolonged_release_fraction": 1.0}


def published(name: str) -> float:
    """Return the published value of esketamine that stands at the centre of the prior."""
    return START_RELEASE.get(name) or parameters("esketamine")[name].value


def concentrations(p: dict[str, float], mg: float, hours: np.ndarray, *, route: str) -> np.ndarray:
    """Return ketamine and norketamine (ng/mL) after `mg`, from the matrix of the system."""
    flow, over = parameters("esketamine")["liver_flow"].value, p["over_h"]
    q1, v1 = p["first_peripheral_flow"], p["first_peripheral_volume"]
    q2, v2 = p["second_peripheral_flow"], p["second_peripheral_volume"]
    vc, vh, ka = p["central_volume"], p["liver_volume"], p["absorption_rate_oral"]
    vn, q3, v3 = (
        p["norketamine_central_volume"],
        p["norketamine_peripheral_flow"],
        p["norketamine_peripheral_volume"],
    )
    a = np.zeros((7, 7))  # depot, centre, two peripheries, liver, norketamine and its periphery
    a[0, 0], a[4, 0] = -ka, ka
    for k, q, v in ((2, q1, v1), (3, q2, v2), (4, flow, vh)):
        a[1, 1] -= q / vc
        a[1, k], a[k, 1] = q / v, q / vc
        a[k, k] -= q / v
    a[4, 4] -= p["liver_elimination_rate"] + p["liver_metabolism_rate"]
    a[5, 4] = p["liver_metabolism_rate"]
    a[5, 5], a[5, 6] = -(p["norketamine_clearance"] + q3) / vn, q3 / v3
    a[6, 5], a[6, 6] = q3 / vn, -q3 / v3
    rates, modes = np.linalg.eig(a)
    entry = np.zeros(7)
    entry[0 if route == "oral" else 1] = mg / over * (p["gut_fraction"] if route == "oral" else 1)
    start = np.linalg.solve(modes, entry)
    t = hours[:, None]
    filled = (np.exp(rates * np.minimum(t, over)) - 1.0) / rates
    amounts = ((filled * np.exp(rates * np.maximum(t - over, 0.0)) * start) @ modes.T).real
    return 1000.0 * amounts[:, [1, 5]] / [vc, vn]


def residuals(x: np.ndarray) -> np.ndarray:
    """Return what the benchmarks and the priors say against the values `x` (log ratios)."""
    p = values(x)
    hours = np.linspace(0.0, 96.0, 9601)
    rows = {row.id: row for row in findings("pharmacokinetics")}
    standard = concentrations({**p, "over_h": 40 / 60}, 35.0, hours, route="vein")
    low = concentrations({**p, "over_h": 0.5}, 5.0, hours, route="vein")
    solution = parameters("esketamine")["oral_duration"].value
    oral = concentrations({**p, "over_h": solution}, 35.0, hours, route="oral")
    tablet = p["prolonged_release_fraction"] * concentrations(
        {**p, "over_h": p["prolonged_release_duration"]}, 40.0, hours, route="oral"
    )

    def middle(row: str) -> float:
        low, high = rows[row].acceptance()
        return rows[row].value or float(np.sqrt(low * high))

    def at(minutes: float) -> float:
        return float(np.interp(minutes / 60.0, hours, standard[:, 0]))

    found = [
        (at(40), middle("row-1-ket-cmax"), TRUSTED),
        (at(80), middle("band-ket-80min"), USUAL),
        (at(110), middle("band-ket-110min"), USUAL),
        (at(230), middle("band-ket-230min"), USUAL),
        (standard[:, 1].max(), middle("band-nk-cmax"), TRUSTED),
        (60 * hours[standard[:, 1].argmax()], middle("band-nk-tmax"), USUAL),
        (low[:, 0].max(), middle("row-5-ket-cmax"), TRUSTED),
        (np.trapezoid(low[:, 0], hours), middle("row-5-ket-auc"), TRUSTED),
        (
            np.trapezoid(low[:, 1], hours) / np.trapezoid(low[:, 0], hours),
            middle("row-6-nk-ratio"),
            USUAL,
        ),
        (oral[:, 0].max(), middle("row-4-ket-cmax-oral"), TRUSTED),
        (tablet[:, 0].max(), middle("row-9-ket-cmax-40"), USUAL),
        (hours[tablet[:, 0].argmax()], middle("row-10-ket-tmax-40"), USUAL),
        (np.trapezoid(tablet[:, 0], hours), middle("row-11-ket-auc-40"), USUAL),
    ]
    against_rows = [np.log(model / measured) / sd for model, measured, sd in found]
    against_priors = [x[k] / PRIOR_SD.get(name, LOOSE) for k, name in enumerate(FITTED)]
    return np.array(against_rows + against_priors)


def values(x: np.ndarray) -> dict[str, float]:
    """Return the parameters at log ratios `x` to their published centres."""
    p = {name: published(name) * float(np.exp(x[k])) for k, name in enumerate(FITTED)}
    p["gut_fraction"] = min(p["gut_fraction"], 0.99)
    return p


if __name__ == "__main__":
    fit = least_squares(residuals, np.zeros(len(FITTED)))
    for name, value in values(fit.x).items():
        print(f"{name:32s} {value:9.3f}   (esketamine {published(name):g})")
