"""Whatever is read, a belief is sound and a forecast can be made."""

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from one_person import SETS, plan, small

from regrow.forecast.belief import observe
from regrow.forecast.prediction import forecast
from regrow.forecast.reading import Reading
from regrow.measures.catalogue import measures

SIX = plan()
SCALES = ("MADRS", "PHQ-9", "pain")


@st.composite
def readings(draw):
    wanted = draw(
        st.lists(
            st.tuples(st.integers(0, 160), st.sampled_from(SCALES)),
            unique=True,
            min_size=1,
            max_size=25,
        )
    )
    return [
        Reading(day / 4.0, scale, float(draw(st.integers(0, int(measures()[scale].maximum)))))
        for day, scale in wanted
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings(), st.integers(0, 1000))
@example([Reading(0.0, "MADRS", 0.0), Reading(0.25, "MADRS", 46.0)], 0)  # all but certain
def test_whatever_is_read_a_belief_is_sound_and_a_forecast_can_be_made(found, seed):
    belief, lesson = observe(small(SIX, sets=SETS[:8], persons=256, seed=seed), found)
    assert np.isclose(belief.weights.sum(), 1.0)
    assert np.isfinite(belief.heard.mean).all()
    assert 1.0 <= belief.effective <= 256.0 + 1e-6
    assert all(0.0 <= one.percentile <= 1.0 for one in lesson.surprises)
    ahead = forecast(belief, today=belief.last_day, until=60, seed=seed, count=256)
    assert np.isfinite(ahead.severity.mean).all()
    assert (ahead.severity.low90 >= 0.0).all()
    assert (ahead.severity.high90 <= 60.0).all()
