"""Counting what happened to many patients, compiled: whole numbers only.

Whole numbers add up to the same in any order, so a summary does not depend on the chunks or on the
number of threads. Scores are summed in parts of 2^-20 points.
"""

import numpy as np

from regrow.engine.compiled import compiled

FIXED_POINT = 2.0**20
SQUARE_POINT = 2.0**10


@compiled
def histogram(scores, low, per_point, counts, total):  # type: ignore[no-untyped-def]
    """Add scores (days x patients) to `counts` (days x bins) and their sums to `total`."""
    bins = counts.shape[1]
    for day in range(scores.shape[0]):
        once = np.int64(0)
        twice = np.int64(0)
        for i in range(scores.shape[1]):
            score = scores[day, i]
            k = int((score - low) * per_point)
            counts[day, max(0, min(bins - 1, k))] += 1
            once += int(np.rint(score * FIXED_POINT))
            twice += int(np.rint(score * score * SQUARE_POINT))
        total[day, 0] += once
        total[day, 1] += twice


@compiled
def outcomes(madrs, response, remission, acute_end, responded, remitted, relapsed, once, relapses):  # type: ignore[no-untyped-def]
    """Count responders and remitters per day, and relapses by day among responders.

    `response` is the share of the first score at or below which a patient has responded. `once`
    holds how many ever responded and how many responded at `acute_end`. `relapses` receives, per
    patient, the index of the day of relapse, the number of days if there is none, or -1 for
    patients who had not responded.
    """
    days = madrs.shape[0]
    for i in range(madrs.shape[1]):
        goal = response * madrs[0, i]
        ever = False
        relapse = -1
        if madrs[acute_end, i] <= goal:
            relapse = days
            once[1] += 1
        for day in range(days):
            score = madrs[day, i]
            if score <= goal:
                responded[day] += 1
                ever = True
            elif day > acute_end and relapse == days:
                relapse = day
                relapsed[day] += 1
            if score <= remission:
                remitted[day] += 1
        once[0] += ever
        relapses[i] = relapse


@compiled
def by_set(madrs, first_patient, lanes, count, once, twice):  # type: ignore[no-untyped-def]
    """Add the change since the first day to the sums of each set of values."""
    sets = count.shape[0]
    for i in range(madrs.shape[1]):
        count[((first_patient + i) // lanes) % sets] += 1
    for day in range(madrs.shape[0]):
        for i in range(madrs.shape[1]):
            k = ((first_patient + i) // lanes) % sets
            change = madrs[day, i] - madrs[0, i]
            once[k, day] += int(np.rint(change * FIXED_POINT))
            twice[k, day] += int(np.rint(change * change * SQUARE_POINT))
