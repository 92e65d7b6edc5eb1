"""The slow states of a block of patients over one segment: signal, synapses, mood, its movers.

Signal, tone and expectancy are exact (their decays were computed once); synapses take implicit
steps; mood is filtered exactly through the parabola of its target.
"""

from regrow.engine import slots as s
from regrow.engine.compiled import part
from regrow.engine.implicit import lobatto_step
from regrow.model import course
from regrow.model.learning import learned
from regrow.model.mood import target
from regrow.model.plasticity import synapse_coefficients, window

LANES = s.LANES

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


@part
def signal(w, day, hours, exercise, keep):
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


@part
def synapses(w, c, day, hours, x):
    """Move the synapses over a segment by one implicit step; keep start, middle and end."""
    gain, formation, consolidation, lost = c[C_G], c[C_F], c[C_C], c[C_D]
    relief, stressed = x[I_RELIEF], x[I_STRESS]
    use, in_therapy = x[I_USE], x[I_USE_THERAPY]
    step = hours * (1.0 / 24.0)
    for i in range(LANES):
        here = 1.0 if w[s.DROPOUT_DAY * LANES + i] > day else 0.0
        follows = w[s.ADHERENCE * LANES + i] * here
        attends = w[s.ATTENDANCE * LANES + i] * here
        stress = w[s.STRESS * LANES + i] * max(0.3, 1.0 - relief * follows) + stressed
        loss = w[s.LABILE_LOSS * LANES + i] * stress
        kept = lost * stress
        into = consolidation * (1.0 + use * follows + in_therapy * attends)
        f0 = formation * window(w[(s.SIGNAL_3 + 0) * LANES + i], gain)
        f1 = formation * window(w[(s.SIGNAL_3 + 1) * LANES + i], gain)
        f2 = formation * window(w[(s.SIGNAL_3 + 2) * LANES + i], gain)
        a0, a12, a21, a22, in0 = synapse_coefficients(f0, loss, into, kept)
        a1, _, _, _, in1 = synapse_coefficients(f1, loss, into, kept)
        a2, _, _, _, in2 = synapse_coefficients(f2, loss, into, kept)
        s0 = w[s.SYNAPSES * LANES + i]
        s2, c2, s1 = lobatto_step(
            s0,
            w[s.CONSOLIDATED * LANES + i],
            step,
            (a0, a1, a2),
            (in0, in1, in2),
            a12,
            a21,
            a22,
        )
        w[(s.SYNAPSES_3 + 0) * LANES + i] = s0
        w[(s.SYNAPSES_3 + 1) * LANES + i] = s1
        w[(s.SYNAPSES_3 + 2) * LANES + i] = s2
        w[s.SYNAPSES * LANES + i] = s2
        w[s.CONSOLIDATED * LANES + i] = c2


@part
def mood(w, c, day, hours, x, t, shape):
    """Move tone, expectancy, skill and mood over a segment, each by its exact solution.

    `x` holds the inputs of the day, `t` what remains over the segment, `shape` how much of the
    natural course has unfolded at its start, middle and end.
    """
    gain, session_gain, window_gain = c[C_G], c[C_GAIN], c[C_H]
    fast_points, structural_points = c[C_FAST], c[C_STRUCTURAL]
    skill_points, tone_points = c[C_SKILL], c[C_TONE]
    tone0, training = x[I_TONE], x[I_TRAINING]
    keep_x, keep_n, keep_k = t[T_EXPECTANCY], t[T_TONE], t[T_SKILL]
    keep_m, at_start, at_middle, at_end = t[T_MOOD], t[T_START], t[T_MIDDLE], t[T_END]
    shape1, shape2 = shape[1], shape[2]
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
        drift = w[s.COURSE * LANES + i]
        m0 = w[s.TARGET * LANES + i]  # where the segment before left it
        m1 = target(
            rest, b1, w[(s.SYNAPSES_3 + 1) * LANES + i] - usual, 0.5 * (k0 + k2), n1, x1,
            drift * shape1, fast_points, structural_points, skill_points, tone_points,
        )  # fmt: skip
        m2 = target(
            rest, b2, w[(s.SYNAPSES_3 + 2) * LANES + i] - usual, k2, n2, x2, drift * shape2,
            fast_points, structural_points, skill_points, tone_points,
        )  # fmt: skip
        w[s.TARGET * LANES + i] = m2
        w[s.MOOD * LANES + i] = (
            w[s.MOOD * LANES + i] * keep_m + at_start * m0 + at_middle * m1 + at_end * m2
        )
