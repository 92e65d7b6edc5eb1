"""Counting what happened to many patients, compiled: whole numbers only.

Whole numbers add up to the same in any order, so a summary does not depend on the chunks or on the
number of threads. Scores are summed in parts of 2^-20 points. Every loop runs over the patients of
one day, which stand side by side in memory.
"""

import numpy as np

from regrow.engine.compiled import compiled

FIXED_POINT = 2.0**20
SQUARE_POINT = 2.0**10


@compiled
def histogram(scores, low, per_point, counts, total):
    """Add scores (days x patients) to `counts` (days x bins) and their sums to `total`."""
    last = counts.shape[1] - 1
    for day in range(scores.shape[0]):
        once = np.int64(0)
        twice = np.int64(0)
        for i in range(scores.shape[1]):
            score = scores[day, i]
            once += np.int64(score * FIXED_POINT)
            twice += np.int64(score * score * SQUARE_POINT)
        for i in range(scores.shape[1]):
            bin_number = np.int64((scores[day, i] - low) * per_point)
            counts[day, np.uintp(max(0, min(last, bin_number)))] += 1
        total[day, 0] += once
        total[day, 1] += twice


@compiled
def outcomes(madrs, response, remission, acute_end, responded, remitted, relapsed, once):
    """Count responders and remitters per day, and relapses by day among responders.

    `response` is the share of the first score at or below which a patient has responded. `once`
    counts who ever responded, and who responded at `acute_end`; of the latter, `relapsed` counts
    on which day each first lost the response.
    """
    patients = madrs.shape[1]
    ever = np.zeros(patients, dtype=np.int64)
    well = np.zeros(patients, dtype=np.int64)
    for day in range(madrs.shape[0]):
        here = np.int64(0)
        free = np.int64(0)
        for i in range(patients):
            in_response = np.int64(madrs[day, i] <= response * madrs[0, i])
            here += in_response
            ever[i] |= in_response
            free += np.int64(madrs[day, i] <= remission)
        responded[day] += here
        remitted[day] += free
        lost = np.int64(0)
        for i in range(patients):
            in_response = np.int64(madrs[day, i] <= response * madrs[0, i])
            if day == acute_end:
                well[i] = in_response
            lost += well[i] & (1 - in_response)
            well[i] &= in_response
        relapsed[day] += lost
        if day == acute_end:
            once[1] += well.sum()
    once[0] += ever.sum()


@compiled
def by_set(madrs, first_patient, lanes, count, once, twice):
    """Add the change since the first day to the sums of each set of values.

    `first_patient` must be a multiple of `lanes`: so many patients in a row share a set.
    """
    sets = count.shape[0]
    for begin in range(0, madrs.shape[1], lanes):
        end = min(begin + lanes, madrs.shape[1])
        k = ((first_patient + begin) // lanes) % sets
        count[k] += end - begin
        for day in range(madrs.shape[0]):
            added = np.int64(0)
            squared = np.int64(0)
            for i in range(begin, end):
                change = madrs[day, i] - madrs[0, i]
                added += np.int64(change * FIXED_POINT)
                squared += np.int64(change * change * SQUARE_POINT)
            once[k, day] += added
            twice[k, day] += squared
