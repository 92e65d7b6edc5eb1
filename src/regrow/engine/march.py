"""Sixteen patients walk through a protocol, one segment of the shared grid after the other.

In a segment the kinetics, the plasticity signal, tone and expectancy are exact (their decays were
computed once); synapses take one classical Runge-Kutta step; mood is filtered exactly through the
parabola of its target. There is no exponential and no solver restart inside the loop.
"""

import numpy as np

from regrow.engine import slots as s
from regrow.engine.compiled import compiled
from regrow.engine.prepare import prepare
from regrow.model import course
from regrow.model.learning import learned
from regrow.model.mood import target
from regrow.model.plasticity import synapse_rates, window
from regrow.model.trigger import weight

LANES = s.LANES
MODES = s.MODES
FIRST_DEPOT = s.FIRST_DEPOT

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

INPUTS = ("tone", "stress_relief", "stress_added", "use", "use_in_therapy", "training", "exercise")
I_TONE, I_RELIEF, I_STRESS, I_USE, I_USE_THERAPY, I_TRAINING, I_EXERCISE = range(len(INPUTS))

DECAYS = ("signal", "expectancy", "tone", "skill", "mood", "mood_start", "mood_middle", "mood_end")
T_SIGNAL, T_EXPECTANCY, T_TONE, T_SKILL, T_MOOD, T_START, T_MIDDLE, T_END = range(len(DECAYS))

C_G = course.row("window_gain")
C_F = course.row("formation_per_day")
C_C = course.row("consolidation_per_day")
C_D = course.row("consolidated_loss_per_day")
C_FAST = course.row("fast_effect_points")
C_STRUCTURAL = course.row("structural_effect_points")
C_SKILL = course.row("skill_effect_points")
C_GAIN = course.row("skill_gain_per_session")
C_H = course.row("skill_window_gain")
C_TONE = course.row("tone_effect_points")
C_BEST = course.row("best_effect_site_ng_per_ml")
C_REFERENCE = course.row("reference_trigger_h")
C_EXPECTANCY = course.row("expectancy_points_per_visit")
C_BACKGROUND = course.row("background_points")

NEVER = -1e9


@compiled
def start(w, modes):  # type: ignore[no-untyped-def]
    """Put every patient at rest, before the first dose."""
    for m in range(modes):
        for i in range(LANES):
            w[(s.MODE + m) * LANES + i] = 0.0
            w[(s.FEED + m) * LANES + i] = 0.0
    for b in range(s.DEPOTS):
        for i in range(LANES):
            w[(s.INPUT + b) * LANES + i] = 0.0
    for i in range(LANES):
        w[s.SIGNAL * LANES + i] = 0.0
        w[s.SKILL * LANES + i] = 0.0
        w[s.TONE * LANES + i] = 0.0
        w[s.EXPECTANCY * LANES + i] = 0.0
        w[s.EFFECT * LANES + i] = 0.0
        w[s.MOOD * LANES + i] = w[s.AT_REST * LANES + i]
        w[s.BEST_PHQ9 * LANES + i] = 1e9
        w[s.RESPONDED * LANES + i] = 0.0
        w[s.LAST_DOSE_DAY * LANES + i] = NEVER
        w[s.TOTAL_MG * LANES + i] = 0.0


@compiled
def write(w, modes, gain, out, index, first):  # type: ignore[no-untyped-def]
    """Write the state of sixteen patients into column `index` of the output."""
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
        w[s.MG * LANES + i] = 0.0
        w[s.GIVEN * LANES + i] = 0.0
    for m in range(modes):
        for i in range(LANES):
            amount = w[(s.MODE + m) * LANES + i]
            w[s.MG * LANES + i] += amount * w[(s.TO_PLASMA + m) * LANES + i]
            w[s.GIVEN * LANES + i] += amount * w[(s.TO_NK + m) * LANES + i]
    for i in range(LANES):
        out[0, index, first + i] = max(0.0, w[s.MG * LANES + i])
        out[1, index, first + i] = max(0.0, w[s.GIVEN * LANES + i])


@compiled
def decide(w, day, wants_response, rise, every_days, points_per_phq9):  # type: ignore[no-untyped-def]
    """Write who receives this dose: the rules of the protocol, asked of each patient."""
    for i in range(LANES):
        phq9 = w[s.MOOD * LANES + i] * (1.0 / points_per_phq9)
        responded = w[s.MOOD * LANES + i] <= 0.5 * w[s.AT_REST * LANES + i]
        w[s.RESPONDED * LANES + i] = 1.0 if responded else w[s.RESPONDED * LANES + i]
        best = min(w[s.BEST_PHQ9 * LANES + i], phq9)
        w[s.BEST_PHQ9 * LANES + i] = best
        given = 1.0 if w[s.DROPOUT_DAY * LANES + i] > day else 0.0
        given = given if day - w[s.LAST_DOSE_DAY * LANES + i] >= every_days else 0.0
        given = given if w[s.RESPONDED * LANES + i] >= wants_response else 0.0
        given = given if phq9 - best >= rise else 0.0
        w[s.GIVEN * LANES + i] = given
        w[s.LAST_DOSE_DAY * LANES + i] = day if given > 0.0 else w[s.LAST_DOSE_DAY * LANES + i]


@compiled
def amount(w, per_kg, mg):  # type: ignore[no-untyped-def]
    """Write the mg of this dose for each patient, before sharing it over the branches."""
    for i in range(LANES):
        w[s.MG * LANES + i] = mg * (w[s.WEIGHT * LANES + i] if per_kg else 1.0)


@compiled
def feed(w, modes, branches):  # type: ignore[no-untyped-def]
    """Write where each mode would settle if the present input went on for ever."""
    for m in range(modes):
        for i in range(LANES):
            w[(s.FEED + m) * LANES + i] = 0.0
        for b in range(branches):
            for i in range(LANES):
                w[(s.FEED + m) * LANES + i] += (
                    w[(s.INTO + b * MODES + m) * LANES + i] * w[(s.INPUT + b) * LANES + i]
                )
        for i in range(LANES):
            w[(s.FEED + m) * LANES + i] /= w[(s.RATE + m) * LANES + i]


@compiled
def half_a_step(w, modes, decay):  # type: ignore[no-untyped-def]
    """Move every mode by half a segment; return nothing: `MG` holds the effect site."""
    for i in range(LANES):
        w[s.MG * LANES + i] = 0.0
    for m in range(modes):
        for i in range(LANES):
            settled = w[(s.FEED + m) * LANES + i]
            now = settled + (w[(s.MODE + m) * LANES + i] - settled) * w[(decay + m) * LANES + i]
            w[(s.MODE + m) * LANES + i] = now
            w[s.MG * LANES + i] += now * w[(s.TO_EFFECT + m) * LANES + i]


@compiled
def signal(w, day, hours, exercise, keep):  # type: ignore[no-untyped-def]
    """Move the plasticity signal over a segment: what decays, what dose and exercise add.

    `GIVEN` and `MG` hold the trigger's integral over the two halves; `keep` is what remains of the
    signal after half a segment.
    """
    gained = 0.5 * (1.0 + keep)
    half = hours * (1.0 / 48.0)
    for i in range(LANES):
        here = 1.0 if w[s.DROPOUT_DAY * LANES + i] > day else 0.0
        more = exercise * w[s.ADHERENCE * LANES + i] * here * half
        b0 = w[s.SIGNAL * LANES + i]
        b1 = b0 * keep + (w[s.GIVEN * LANES + i] + more) * gained
        b2 = b1 * keep + (w[s.MG * LANES + i] + more) * gained
        w[(s.SIGNAL_3 + 0) * LANES + i] = b0
        w[(s.SIGNAL_3 + 1) * LANES + i] = b1
        w[(s.SIGNAL_3 + 2) * LANES + i] = b2
        w[s.SIGNAL * LANES + i] = b2


@compiled
def synapses(w, c, day, hours, parts, x):  # type: ignore[no-untyped-def]
    """Move the synapses over a segment in `parts` Runge-Kutta steps; keep start, middle, end.

    Within the segment the signal follows the parabola through its start, middle and end.
    """
    gain, formation, consolidation, lost = c[C_G], c[C_F], c[C_C], c[C_D]
    relief, stressed = x[I_RELIEF], x[I_STRESS]
    use, in_therapy = x[I_USE], x[I_USE_THERAPY]
    step = hours * (1.0 / 24.0) / parts
    half = 0.5 * step
    for i in range(LANES):
        w[(s.SYNAPSES_3 + 0) * LANES + i] = w[s.SYNAPSES * LANES + i]
    for part in range(parts):
        t0 = part / parts
        t1 = (part + 0.5) / parts
        t2 = (part + 1.0) / parts
        for i in range(LANES):
            here = 1.0 if w[s.DROPOUT_DAY * LANES + i] > day else 0.0
            follows = w[s.ADHERENCE * LANES + i] * here
            attends = w[s.ATTENDANCE * LANES + i] * here
            b0 = w[(s.SIGNAL_3 + 0) * LANES + i]
            b1 = w[(s.SIGNAL_3 + 1) * LANES + i]
            b2 = w[(s.SIGNAL_3 + 2) * LANES + i]
            rise = 4.0 * b1 - 3.0 * b0 - b2
            bend = 2.0 * (b0 + b2) - 4.0 * b1
            f0 = formation * window(b0 + t0 * (rise + t0 * bend), gain)
            f1 = formation * window(b0 + t1 * (rise + t1 * bend), gain)
            f2 = formation * window(b0 + t2 * (rise + t2 * bend), gain)
            stress = w[s.STRESS * LANES + i] * max(0.3, 1.0 - relief * follows) + stressed
            loss = w[s.LABILE_LOSS * LANES + i] * stress
            kept = lost * stress
            into = consolidation * (1.0 + use * follows + in_therapy * attends)
            s0 = w[s.SYNAPSES * LANES + i]
            c0 = w[s.CONSOLIDATED * LANES + i]
            ds1, dc1 = synapse_rates(s0, c0, f0, loss, into, kept)
            ds2, dc2 = synapse_rates(s0 + half * ds1, c0 + half * dc1, f1, loss, into, kept)
            ds3, dc3 = synapse_rates(s0 + half * ds2, c0 + half * dc2, f1, loss, into, kept)
            ds4, dc4 = synapse_rates(s0 + step * ds3, c0 + step * dc3, f2, loss, into, kept)
            s2 = s0 + step * (1.0 / 6.0) * (ds1 + 2.0 * (ds2 + ds3) + ds4)
            c2 = c0 + step * (1.0 / 6.0) * (dc1 + 2.0 * (dc2 + dc3) + dc4)
            w[s.SYNAPSES * LANES + i] = s2
            w[s.CONSOLIDATED * LANES + i] = c2
            ds5, _ = synapse_rates(s2, c2, f2, loss, into, kept)
            w[(s.SYNAPSES_3 + 2) * LANES + i] = 0.5 * (s0 + s2) + 0.125 * step * (ds1 - ds5)
        if parts > 1 and 2 * (part + 1) == parts:
            for i in range(LANES):
                w[(s.SYNAPSES_3 + 1) * LANES + i] = w[s.SYNAPSES * LANES + i]
    for i in range(LANES):
        # with one step, the middle is read off the cubic through both ends
        if parts == 1:
            w[(s.SYNAPSES_3 + 1) * LANES + i] = w[(s.SYNAPSES_3 + 2) * LANES + i]
        w[(s.SYNAPSES_3 + 2) * LANES + i] = w[s.SYNAPSES * LANES + i]


@compiled
def mood(w, c, day, hours, x, t, shape):  # type: ignore[no-untyped-def]
    """Move tone, expectancy, skill and mood over a segment, each by its exact solution.

    `x` holds the inputs of the day, `t` what remains over the segment, `shape` how much of the
    natural course has unfolded at its start, middle and end.
    """
    gain, session_gain, window_gain = c[C_G], c[C_GAIN], c[C_H]
    fast_points, structural_points = c[C_FAST], c[C_STRUCTURAL]
    skill_points, tone_points, background = c[C_SKILL], c[C_TONE], c[C_BACKGROUND]
    tone0, training = x[I_TONE], x[I_TRAINING]
    keep_x, keep_n, keep_k = t[T_EXPECTANCY], t[T_TONE], t[T_SKILL]
    keep_m, at_start, at_middle, at_end = t[T_MOOD], t[T_START], t[T_MIDDLE], t[T_END]
    shape0, shape1, shape2 = shape[0], shape[1], shape[2]
    step = hours * (1.0 / 24.0)
    trains = training > 0.0
    for i in range(LANES):
        here = 1.0 if w[s.DROPOUT_DAY * LANES + i] > day else 0.0
        follows = w[s.ADHERENCE * LANES + i] * here
        goal = tone0 * follows
        n0 = w[s.TONE * LANES + i]
        n1 = goal + (n0 - goal) * keep_n
        n2 = goal + (n1 - goal) * keep_n
        w[s.TONE * LANES + i] = n2
        x0 = w[s.EXPECTANCY * LANES + i]
        x1 = x0 * keep_x
        x2 = x1 * keep_x
        w[s.EXPECTANCY * LANES + i] = x2
        b0 = w[(s.SIGNAL_3 + 0) * LANES + i]
        b1 = w[(s.SIGNAL_3 + 1) * LANES + i]
        b2 = w[(s.SIGNAL_3 + 2) * LANES + i]
        k0 = w[s.SKILL * LANES + i]
        k1 = k0 * keep_k
        if trains:
            k1 = learned(k1, training * follows * step, session_gain, window_gain, window(b1, gain))
        k2 = k1 * keep_k
        w[s.SKILL * LANES + i] = k2
        # mood follows its target, a parabola through start, middle and end
        rest = w[s.AT_REST * LANES + i]
        usual = w[s.SYNAPSES_AT_REST * LANES + i]
        drift = w[s.COURSE * LANES + i] + background
        m0 = target(
            rest, b0, w[(s.SYNAPSES_3 + 0) * LANES + i] - usual, k0, n0, x0, drift * shape0,
            fast_points, structural_points, skill_points, tone_points,
        )  # fmt: skip
        m1 = target(
            rest, b1, w[(s.SYNAPSES_3 + 1) * LANES + i] - usual, 0.5 * (k0 + k2), n1, x1,
            drift * shape1, fast_points, structural_points, skill_points, tone_points,
        )  # fmt: skip
        m2 = target(
            rest, b2, w[(s.SYNAPSES_3 + 2) * LANES + i] - usual, k2, n2, x2, drift * shape2,
            fast_points, structural_points, skill_points, tone_points,
        )  # fmt: skip
        w[s.MOOD * LANES + i] = (
            w[s.MOOD * LANES + i] * keep_m + at_start * m0 + at_middle * m1 + at_end * m2
        )


@compiled
def march(w, first, c, p, inputs, decays, out, given_mg):  # type: ignore[no-untyped-def]
    """Walk sixteen patients through the plan `p`, from its first segment to its last."""
    branches = p.branch_ka.shape[0]
    modes = FIRST_DEPOT + branches
    best = c[C_BEST]
    per_hour = 1.0 / c[C_REFERENCE]
    per_visit = c[C_EXPECTANCY]
    gain, session_gain, window_gain = c[C_G], c[C_GAIN], c[C_H]
    start(w, modes)
    for segment in range(p.step_class.shape[0] + 1):
        changed = False
        for op in range(p.op_first[segment], p.op_first[segment + 1]):
            code = p.op_code[op]
            arg = p.op_arg[op]
            if code == OUTPUT:
                write(w, modes, gain, out, arg, first)
            elif code == DOSE:
                day = p.start_day[segment]
                kind = p.dose_kind[arg]
                decide(
                    w, day, p.dose_after_response[arg], p.dose_rise[arg], p.dose_every_days[arg],
                    p.points_per_phq9,
                )  # fmt: skip
                amount(w, p.kind_per_kg[kind], p.kind_mg[kind])
                for i in range(LANES):
                    mg = w[s.MG * LANES + i] * w[s.GIVEN * LANES + i]
                    w[s.TOTAL_MG * LANES + i] += mg
                    given_mg[arg, first + i] = mg
                new_visit = p.dose_new_visit[arg] * per_visit
                for i in range(LANES):
                    w[s.EXPECTANCY * LANES + i] += (
                        new_visit * w[s.EXPECTS * LANES + i] * w[s.GIVEN * LANES + i]
                    )
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
                        for m in range(modes):
                            for i in range(LANES):
                                share = fixed + by_nose * w[s.NASAL * LANES + i]
                                w[(s.MODE + m) * LANES + i] += (
                                    w[s.MG * LANES + i]
                                    * w[s.GIVEN * LANES + i]
                                    * share
                                    * w[(s.INTO + b * MODES + m) * LANES + i]
                                )
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
                    w[s.SKILL * LANES + i] = learned(
                        w[s.SKILL * LANES + i],
                        sessions * here,
                        session_gain,
                        window_gain,
                        window(w[s.SIGNAL * LANES + i], gain),
                    )
        if segment == p.step_class.shape[0]:
            break
        if changed:
            feed(w, modes, branches)
        kind = p.step_class[segment]
        hours = 48.0 * p.half_steps[kind]
        if p.drug_present[segment]:
            decay = s.DECAY + kind * MODES
            half_a_step(w, modes, decay)
            for i in range(LANES):
                w[s.GIVEN * LANES + i] = weight(max(0.0, w[s.MG * LANES + i]), best)
            half_a_step(w, modes, decay)
            scale = hours * (1.0 / 24.0) * per_hour
            for i in range(LANES):
                w0 = w[s.EFFECT * LANES + i]
                w1 = w[s.GIVEN * LANES + i]
                w2 = weight(max(0.0, w[s.MG * LANES + i]), best)
                w[s.EFFECT * LANES + i] = w2
                q = scale * w[s.SENSITIVITY * LANES + i]
                w[s.GIVEN * LANES + i] = q * (5.0 * w0 + 8.0 * w1 - w2)
                w[s.MG * LANES + i] = q * (5.0 * w2 + 8.0 * w1 - w0)
        else:
            for m in range(modes):
                for i in range(LANES):
                    w[(s.MODE + m) * LANES + i] = 0.0
            for i in range(LANES):
                w[s.GIVEN * LANES + i] = 0.0
                w[s.MG * LANES + i] = 0.0
                w[s.EFFECT * LANES + i] = 0.0
        day = p.start_day[segment]
        x, t = inputs[p.phase[segment]], decays[kind]
        signal(w, day, hours, x[I_EXERCISE], t[T_SIGNAL])
        synapses(w, c, day, hours, p.synapse_parts[segment], x)
        mood(w, c, day, hours, x, t, p.course_shape[segment])


@compiled
def run(p, z, offset, stride, theta, drug, inputs, decays, out, given_mg):  # type: ignore[no-untyped-def]
    """Simulate blocks `offset`, `offset + stride`, ... of sixteen patients drawn in `z`.

    Writes the readings into `out` and the mg of every dose into `given_mg`.
    """
    work = np.zeros((s.COUNT + p.half_steps.shape[0] * MODES) * LANES)
    for block in range(offset, z.shape[1] // LANES, stride):
        first = block * LANES
        prepare(
            work, z, first, theta, drug, p.branch_ka, p.branch_ka_sd, p.branch_trait,
            p.branch_liver, p.half_steps,
        )  # fmt: skip
        march(work, first, theta, p, inputs, decays, out, given_mg)
