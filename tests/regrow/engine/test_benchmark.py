"""The benchmark's peers solve the same equations as the reference."""

import math

import numpy as np
import reference
from bench import problem
from bench.system import DOSE_MG, PERSONAL, POINTS, STATES
from courses import draws, people
from reference_person import kinetic_matrix, person, reference_hours

from regrow.model.practices import Inputs
from regrow.model.theta import best_effect_site_ng_per_ml

VALUES = problem.VALUES
CROWD = people(8, seed=61)


def test_the_text_that_peers_read_is_the_system_of_the_reference():
    best = best_effect_site_ng_per_ml(problem.DRUG, VALUES)
    rng = np.random.default_rng(62)
    for z in draws(CROWD).T[:8]:
        who = person(z, VALUES, CROWD.people, problem.DRUG)
        task = problem.task_of((who,))
        y = rng.uniform(0.05, 0.5, len(STATES))
        t = float(rng.uniform(0.0, 30.0))
        names = {"t": t, "exp": math.exp, "inflow": 3.0}
        names |= dict(zip(PERSONAL, task.personal[0].tolist(), strict=True))
        names |= dict(zip(STATES, y.tolist(), strict=True))
        told = [eval(text, {}, names) for text in task.equations().values()]

        unit = np.array([DOSE_MG] * 6 + [best] + [1.0] * 5 + [POINTS] * 2)
        full = np.zeros(17)
        full[[*range(7), *range(10, 17)]] = y * unit
        full[16] += who.at_rest  # mood is told as its change from rest
        inflow = np.zeros(10)
        inflow[0] = 3.0 * DOSE_MG / 24.0
        system = reference.System(
            p=who,
            values=VALUES,
            a=kinetic_matrix(who, ()),
            best=best,
            q_per_h=who.sensitivity / reference_hours(VALUES),
            first=0.0,
            background=0.0,
        )
        rate = system.stretch(Inputs(), inflow, 0.0)(t, full)
        np.testing.assert_allclose(told, rate[[*range(7), *range(10, 17)]] / unit, rtol=1e-10)


def test_the_peers_are_given_every_infusion_of_the_protocol():
    who = person(draws(CROWD)[:, 0], VALUES, CROWD.people, problem.DRUG)
    task = problem.task_of((who,))
    on = [(begin, end) for begin, end, runs in task.stretches() if runs]
    assert [begin for begin, _ in on] == [0.0, 2.0, 4.0, 7.0, 9.0, 11.0]
    given = sum((end - begin) * task.inflow[0] * DOSE_MG for begin, end in on)
    np.testing.assert_allclose(given, 6 * 0.5 * who.weight_kg)
