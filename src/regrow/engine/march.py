"""Thirty-two patients walk through a protocol, one segment of the shared grid after the other.

In a segment the kinetics, the plasticity signal, tone and expectancy are exact (their decays were
computed once); synapses take implicit steps; mood is filtered exactly through the parabola of its
target. There is no exponential and no solver restart inside the loop.
"""

import numpy as np

from regrow.engine import slots as s
from regrow.engine.compiled import compiled, part
from regrow.engine.dosing import amount, decide, feed, inject
from regrow.engine.prepare import prepare
from regrow.engine.slow_states import (
    I_EXERCISE,
    T_SIGNAL,
    mood,
    signal,
    synapses,
)
from regrow.model import course
from regrow.model.equation import equation
from regrow.model.expectancy import renewed
from regrow.model.learning import learned
from regrow.model.plasticity import window
from regrow.model.trigger import weight

LANES = s.LANES
MODES = s.MODES

OUTPUTS = (
    "ketamine_ng_per_ml",
    "norketamine_ng_per_ml",
    "plasticity_signal",
    "window",
    "labile_synapses",
    "consolidated_synapses",
    "skill",
    "tone",
    "expectancy_points",
    "madrs",
)
"""What a trajectory holds, in the order of the first axis of the engine's output."""

OUTPUT, DOSE, BRANCH_END, SESSION = range(4)
"""What can happen at the start of a segment."""

C_G = course.row("window_gain")
C_GAIN = course.row("skill_gain_per_session")
C_H = course.row("skill_window_gain")
C_SKILL = course.row("skill_effect_points")
C_BEST = course.row("best_effect_site_ng_per_ml")
C_REFERENCE = course.row("reference_trigger_h")
C_EXPECTANCY = course.row("expectancy_points_per_visit")
C_CARRY = course.row("expectancy_carry")

NEVER = -1e9


@part
def start(w):
    """Put every patient at rest, before the first dose."""
    w[s.MODE * LANES : (s.MODE + MODES) * LANES] = 0.0
    w[s.FEED * LANES : (s.FEED + MODES) * LANES] = 0.0
    w[s.INPUT * LANES : (s.INPUT + s.DEPOTS) * LANES] = 0.0
    for i in range(LANES):
        w[s.SIGNAL * LANES + i] = 0.0
        w[s.SKILL * LANES + i] = 0.0
        w[s.TONE * LANES + i] = 0.0
        w[s.EXPECTANCY * LANES + i] = 0.0
        w[s.EFFECT * LANES + i] = 0.0
        w[s.MOOD * LANES + i] = w[s.AT_REST * LANES + i]
        w[s.TARGET * LANES + i] = w[s.AT_REST * LANES + i]
        w[s.BEST_PHQ9 * LANES + i] = 1e9
        w[s.RESPONDED * LANES + i] = 0.0
        w[s.LAST_DOSE_DAY * LANES + i] = NEVER


@equation
def mode(w, m, i):
    """Return the mg of mode `m` in patient `i`."""
    return w[(s.MODE + m) * LANES + i]


@equation
def in_plasma(w, m, i):
    """Return what mode `m` contributes to the plasma of patient `i`, ng/mL."""
    return mode(w, m, i) * w[(s.TO_PLASMA + m) * LANES + i]


@equation
def in_norketamine(w, m, i):
    """Return what mode `m` contributes to the norketamine of patient `i`, ng/mL."""
    return mode(w, m, i) * w[(s.TO_NK + m) * LANES + i]


@part
def write(w, gain, out, index, first):
    """Write the state of thirty-two patients into column `index` of the output."""
    for i in range(LANES):
        out[2, index, first + i] = w[s.SIGNAL * LANES + i]
        out[3, index, first + i] = window(w[s.SIGNAL * LANES + i], gain)
        out[4, index, first + i] = w[s.SYNAPSES * LANES + i] - w[s.CONSOLIDATED * LANES + i]
        out[5, index, first + i] = w[s.CONSOLIDATED * LANES + i]
    for i in range(LANES):
        out[6, index, first + i] = w[s.SKILL * LANES + i]
        out[7, index, first + i] = w[s.TONE * LANES + i]
        out[8, index, first + i] = w[s.EXPECTANCY * LANES + i]
        out[9, index, first + i] = max(0.0, min(60.0, w[s.MOOD * LANES + i]))
    for i in range(LANES):
        plasma = in_plasma(w, 0, i) + in_plasma(w, 1, i) + in_plasma(w, 2, i) + in_plasma(w, 3, i)
        depots = in_plasma(w, 7, i) + in_plasma(w, 8, i) + in_plasma(w, 9, i)
        out[0, index, first + i] = max(0.0, plasma + depots)
    for i in range(LANES):
        parents = (
            in_norketamine(w, 0, i)
            + in_norketamine(w, 1, i)
            + in_norketamine(w, 2, i)
            + in_norketamine(w, 3, i)
        )
        own = in_norketamine(w, 5, i) + in_norketamine(w, 6, i)
        depots = in_norketamine(w, 7, i) + in_norketamine(w, 8, i) + in_norketamine(w, 9, i)
        out[1, index, first + i] = max(0.0, parents + own + depots)


@equation
def fade(w, m, i):
    """Move mode `m` of patient `i` by half a segment; return what it gives the effect site."""
    settled = w[(s.FEED + m) * LANES + i]
    now = settled + (mode(w, m, i) - settled) * w[(s.KEEP + m) * LANES + i]
    w[(s.MODE + m) * LANES + i] = now
    return now * w[(s.TO_EFFECT + m) * LANES + i]


@part
def half_a_step(w, depots):
    """Move every mode by half a segment; `MG` then holds the effect-site concentration.

    The modes are written out: the compiler runs patients side by side only in a loop over
    patients, and only where it knows every place. Without `depots` the last three stay nothing.
    """
    for i in range(LANES):
        w[s.MG * LANES + i] = (
            fade(w, 0, i)
            + fade(w, 1, i)
            + fade(w, 2, i)
            + fade(w, 3, i)
            + fade(w, 4, i)
            + fade(w, 5, i)
            + fade(w, 6, i)
        )
    if depots:
        for i in range(LANES):
            w[s.MG * LANES + i] += fade(w, 7, i) + fade(w, 8, i) + fade(w, 9, i)


@part
def march(w, kept, first, c, p, inputs, decays, out, given_mg):
    """Walk thirty-two patients through the plan `p`, from its first segment to its last."""
    branches = p.branch_ka.shape[0]
    depots = p.branch_ka.max() > 0.0
    in_place = -1
    idle = False
    best = c[C_BEST]
    per_hour = 1.0 / c[C_REFERENCE]
    per_visit, carry = c[C_EXPECTANCY], c[C_CARRY]
    gain, session_gain, window_gain = c[C_G], c[C_GAIN], c[C_H]
    skill_points = c[C_SKILL]
    start(w)
    for segment in range(p.step_class.shape[0] + 1):
        changed = False
        for op in range(p.op_first[segment], p.op_first[segment + 1]):
            code = p.op_code[op]
            arg = p.op_arg[op]
            if code == OUTPUT:
                write(w, gain, out, arg, first)
            elif code == DOSE:
                day = p.start_day[segment]
                kind = p.dose_kind[arg]
                decide(
                    w, day, p.dose_after_response[arg], p.dose_rise[arg], p.dose_every_days[arg],
                    p.points_per_phq9,
                )  # fmt: skip
                amount(w, p.kind_per_kg[kind], p.kind_mg[kind])
                for i in range(LANES):
                    given_mg[arg, first + i] = w[s.MG * LANES + i] * w[s.GIVEN * LANES + i]
                new_visit = p.dose_new_visit[arg]
                for i in range(LANES):
                    hope = per_visit * w[s.EXPECTS * LANES + i]
                    left = w[s.EXPECTANCY * LANES + i]
                    hoped = new_visit * w[s.GIVEN * LANES + i] * renewed(left, hope, carry)
                    w[s.EXPECTANCY * LANES + i] = left + hoped
                    w[s.TARGET * LANES + i] -= hoped
                for b in range(branches):
                    fixed, by_nose = p.share_fixed[kind, b], p.share_nasal[kind, b]
                    hours = p.zero_order_h[kind, b]
                    if fixed == 0.0 and by_nose == 0.0:
                        continue
                    if hours > 0.0:
                        changed = True
                        for i in range(LANES):
                            share = fixed + by_nose * w[s.NASAL * LANES + i]
                            w[(s.INPUT + b) * LANES + i] += (
                                w[s.MG * LANES + i] * w[s.GIVEN * LANES + i] * share / hours
                            )
                    else:
                        inject(w, b, fixed, by_nose)
            elif code == BRANCH_END:
                changed = True
                event = arg // s.DEPOTS
                b = arg - event * s.DEPOTS
                kind = p.dose_kind[event]
                fixed, by_nose = p.share_fixed[kind, b], p.share_nasal[kind, b]
                hours = p.zero_order_h[kind, b]
                for i in range(LANES):
                    share = fixed + by_nose * w[s.NASAL * LANES + i]
                    left = w[(s.INPUT + b) * LANES + i] - (
                        given_mg[event, first + i] * share / hours
                    )
                    # what rounding leaves of an input that has ended is not an input
                    w[(s.INPUT + b) * LANES + i] = left if left > 1e-9 else 0.0
            elif code == SESSION:
                sessions = p.session_weight[arg]
                day = p.start_day[segment]
                for i in range(LANES):
                    here = w[s.ATTENDANCE * LANES + i]
                    here = here if w[s.DROPOUT_DAY * LANES + i] > day else 0.0
                    before = w[s.SKILL * LANES + i]
                    after = learned(
                        before,
                        sessions * here,
                        session_gain,
                        window_gain,
                        window(w[s.SIGNAL * LANES + i], gain),
                    )
                    w[s.SKILL * LANES + i] = after
                    w[s.TARGET * LANES + i] -= skill_points * (after - before)
        if segment == p.step_class.shape[0]:
            break
        if changed:
            feed(w)
        kind = p.step_class[segment]
        hours = 48.0 * p.half_steps[kind]
        if p.drug_present[segment]:
            if kind != in_place:
                for j in range(MODES * LANES):
                    w[s.KEEP * LANES + j] = kept[kind, j]
                in_place = kind
            idle = False
            half_a_step(w, depots)
            for i in range(LANES):
                w[s.GIVEN * LANES + i] = weight(max(0.0, w[s.MG * LANES + i]), best)
            half_a_step(w, depots)
            scale = hours * (1.0 / 24.0) * per_hour
            for i in range(LANES):
                w0 = w[s.EFFECT * LANES + i]
                w1 = w[s.GIVEN * LANES + i]
                w2 = weight(max(0.0, w[s.MG * LANES + i]), best)
                w[s.EFFECT * LANES + i] = w2
                q = scale * w[s.SENSITIVITY * LANES + i]
                w[s.GIVEN * LANES + i] = q * (5.0 * w0 + 8.0 * w1 - w2)
                w[s.MG * LANES + i] = q * (5.0 * w2 + 8.0 * w1 - w0)
        elif not idle:
            idle = True
            w[s.MODE * LANES : (s.MODE + MODES) * LANES] = 0.0
            for i in range(LANES):
                w[s.GIVEN * LANES + i] = 0.0
                w[s.MG * LANES + i] = 0.0
                w[s.EFFECT * LANES + i] = 0.0
        day = p.start_day[segment]
        x, t = inputs[p.phase[segment]], decays[kind]
        signal(w, day, hours, x[I_EXERCISE], t[T_SIGNAL])
        synapses(w, c, day, hours, x)
        mood(w, c, day, hours, x, t, p.course_shape[segment])


@compiled
def run(p, z, offset, stride, theta, drug, inputs, decays, out, given_mg):
    """Simulate blocks `offset`, `offset + stride`, ... of thirty-two patients drawn in `z`.

    Writes the readings into `out` and the mg of every dose into `given_mg`.
    """
    work = np.zeros(s.COUNT * LANES)
    kept = np.zeros((p.half_steps.shape[0], MODES * LANES))
    for block in range(offset, z.shape[1] // LANES, stride):
        first = block * LANES
        prepare(
            work, kept, z, first, theta, drug, p.branch_ka, p.branch_ka_sd, p.branch_trait,
            p.branch_liver, p.half_steps,
        )  # fmt: skip
        march(work, kept, first, theta, p, inputs, decays, out, given_mg)
