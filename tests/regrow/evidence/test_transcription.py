"""The transcribed parameters of Perez-Ruixo 2021 give the paper's own table.

An independent solution of the printed equations, so that a slip of the pen in a parameter or in a
finding shows here and not as a misfit of the engine.
"""

import pytest
from scipy.integrate import solve_ivp

from regrow.evidence import reader

OWN = [one for one in reader.findings("pharmacokinetics") if one.source == "perezruixo2021"]


def exposure(given):
    """Peak of esketamine, area of esketamine to 24 h, peak of norketamine, in ng/mL and h."""
    p = {name: one.value for name, one in reader.parameters("esketamine").items()}
    who = given.population
    devices = given.mg / p["device_mg"]
    nose = p["nasal_fraction"] * (p["nasal_fraction_japanese"] if who.japanese else 1)
    nose *= (1 + (devices - 1) * p["nasal_fraction_next_device"]) / devices
    other = p["liver_elimination_rate"] * (p["liver_elimination_asian"] if who.asian else 1)
    clearance = p["norketamine_clearance"]
    clearance *= p["norketamine_clearance_asian"] if who.asian else 1
    flow = p["liver_flow"] + p["liver_flow_per_year_over_60"] * max(0, who.age - 60)

    def rates(_, amounts, swallowing):
        nasal, gut, central, first, second, liver, nk, nk_deep, _ = amounts
        plasma, nk_plasma = central / p["central_volume"], nk / p["norketamine_central_volume"]
        to_first = p["first_peripheral_flow"] * (plasma - first / p["first_peripheral_volume"])
        to_second = p["second_peripheral_flow"] * (plasma - second / p["second_peripheral_volume"])
        to_liver = flow * (plasma - liver / p["liver_volume"])
        to_deep = p["norketamine_peripheral_flow"] * (
            nk_plasma - nk_deep / p["norketamine_peripheral_volume"]
        )
        absorbed, passed = p["absorption_rate_nose"] * nasal, p["absorption_rate_swallowed"] * gut
        swallowed = given.mg * (1 - nose) * p["gut_fraction"] / p["swallowed_duration"]
        formed = p["liver_metabolism_rate"] * liver
        return [
            -absorbed,
            swallowing * swallowed - passed,
            absorbed - to_first - to_second - to_liver,
            to_first,
            to_second,
            passed + to_liver - other * liver - formed,
            formed - clearance * nk_plasma - to_deep,
            to_deep,
            plasma,
        ]

    amounts = [given.mg * nose, *[0.0] * 8]
    peak = nk_peak = 0.0
    for start, end, swallowing in (
        (0, p["swallowed_duration"], 1),
        (p["swallowed_duration"], 24, 0),
    ):
        solved = solve_ivp(
            rates, (start, end), amounts, args=(swallowing,), method="LSODA", rtol=1e-7,
            atol=1e-9, max_step=0.05,
        )  # fmt: skip
        amounts = solved.y[:, -1]
        peak = max(peak, solved.y[2].max() / p["central_volume"])
        nk_peak = max(nk_peak, solved.y[6].max() / p["norketamine_central_volume"])
    return {
        ("esketamine", "cmax"): 1000 * peak,
        ("norketamine", "cmax"): 1000 * nk_peak,
        ("esketamine", "auc"): 1000 * amounts[-1],
    }


@pytest.mark.parametrize("finding", OWN, ids=lambda finding: finding.id)
def test_the_printed_equations_give_the_printed_table_within_two_per_cent(finding):
    simulated = exposure(finding.given)[finding.analyte, finding.metric]
    assert simulated == pytest.approx(finding.value, rel=0.02)
