"""Who receives a dose, how much, and where it goes: thirty-two patients at a time."""

from regrow.engine import slots as s
from regrow.engine.compiled import part
from regrow.model.equation import equation

LANES = s.LANES
MODES = s.MODES


@part
def decide(w, day, wants_response, rise, every_days, points_per_phq9):
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


@part
def amount(w, per_kg, mg):
    """Write the mg of this dose for each patient, before sharing it over the branches."""
    for i in range(LANES):
        w[s.MG * LANES + i] = mg * (w[s.WEIGHT * LANES + i] if per_kg else 1.0)


@equation
def settle(w, m, i):
    """Write where mode `m` of patient `i` would settle if the present input went on for ever."""
    into = (
        w[(s.INTO + m) * LANES + i] * w[s.INPUT * LANES + i]
        + w[(s.INTO + MODES + m) * LANES + i] * w[(s.INPUT + 1) * LANES + i]
        + w[(s.INTO + 2 * MODES + m) * LANES + i] * w[(s.INPUT + 2) * LANES + i]
    )
    w[(s.FEED + m) * LANES + i] = into / w[(s.RATE + m) * LANES + i]


@part
def feed(w):
    """Write where each mode would settle. Modes are written out: see `half_a_step`."""
    for i in range(LANES):
        settle(w, 0, i)
        settle(w, 1, i)
        settle(w, 2, i)
        settle(w, 3, i)
        settle(w, 4, i)
        settle(w, 5, i)
        settle(w, 6, i)
        settle(w, 7, i)
        settle(w, 8, i)
        settle(w, 9, i)


@part
def inject(w, b, fixed, by_nose):
    """Put the share of the present dose that enters branch `b` there at once."""
    for m in range(MODES):
        for i in range(LANES):
            share = fixed + by_nose * w[s.NASAL * LANES + i]
            mg = w[s.MG * LANES + i] * w[s.GIVEN * LANES + i] * share
            w[(s.MODE + m) * LANES + i] += mg * w[(s.INTO + b * MODES + m) * LANES + i]
