"""Where each number of thirty-two patients stands in the engine's flat work space.

The compiler runs a loop over patients on eight of them at once only if it can prove that no two
places overlap. One flat array with constant offsets gives it that proof; separate arrays do not.
Slot `s` of patient `i` is `work[s * LANES + i]`.
"""

from itertools import count

LANES = 32
MODES = 10  # 4 disposition modes, effect site, 2 of norketamine, then up to 3 depots
DEPOTS = 3
FIRST_DEPOT = 7

_next = count()


def _take(n: int = 1) -> int:
    first = next(_next)
    for _ in range(n - 1):
        next(_next)
    return first


# who the patient is
WEIGHT = _take()
AGE = _take()
SENSITIVITY = _take()
STRESS = _take()
ADHERENCE = _take()
ATTENDANCE = _take()
LABILE_LOSS = _take()
EXPECTS = _take()
COURSE = _take()
DROPOUT_DAY = _take()
AT_REST = _take()
NASAL = _take()

# disposition, before it is solved
K = _take()
B3 = _take(3)
D3 = _take(3)
OUT_H = _take()
BACK_H = _take()
FORMED = _take()
NG_PER_MG = _take()
NK_NG_PER_MG = _take()
NK_BACK = _take()

# modes: rates, and what each contributes to effect site and norketamine
RATE = _take(MODES)
TO_EFFECT = _take(MODES)
TO_PLASMA = _take(MODES)
TO_NK = _take(MODES)
VEIN = _take(4)  # shares of 1 mg into a vein over the disposition modes
INTO = _take(DEPOTS * MODES)  # mg of each mode per mg (or mg/h) into a branch

# the branch that is being solved, before it has its place
NEW = _take(FIRST_DEPOT)
NEW_RATE = _take()
NEW_PLASMA = _take()
NEW_EFFECT = _take()
NEW_NK = _take()

# state
MODE = _take(MODES)
KEEP = _take(MODES)  # what remains of each mode after half of the present segment
FEED = _take(MODES)  # where each mode would settle under the present input
INPUT = _take(DEPOTS)  # mg/h into each branch
SIGNAL = _take()
SIGNAL_3 = _take(3)  # at start, middle and end of the segment
SYNAPSES = _take()
SYNAPSES_3 = _take(3)
CONSOLIDATED = _take()
SYNAPSES_AT_REST = _take()
SKILL = _take()
TONE = _take()
EXPECTANCY = _take()
MOOD = _take()
TARGET = _take()  # of mood, at the present moment
EFFECT = _take()  # trigger weight at the segment's start
BEST_PHQ9 = _take()
RESPONDED = _take()
LAST_DOSE_DAY = _take()
GIVEN = _take()
MG = _take()

COUNT = _take()
