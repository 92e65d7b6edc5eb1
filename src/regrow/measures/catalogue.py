"""Every scale that the model can be read on, by its name in protocols."""

import functools
from collections.abc import Mapping
from types import MappingProxyType

from regrow.measures import gad7, hdrs17, madrs, pain, pcl5, phq9, qids_sr
from regrow.measures.measure import Measure


@functools.cache
def measures() -> Mapping[str, Measure]:
    """The scales, MADRS first."""
    found = (module.measure() for module in (madrs, hdrs17, qids_sr, phq9, gad7, pcl5, pain))
    return MappingProxyType({measure.id: measure for measure in found})
