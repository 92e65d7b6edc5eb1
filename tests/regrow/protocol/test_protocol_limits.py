"""Each limit says what it limits, by how much, and on whose word."""

import pytest

from regrow.evidence.reader import sources
from regrow.protocol.limits import Limit, files, limit_for, limits
from regrow.protocol.vocabulary import DRUGS, ESKETAMINE_ROUTES, ROUTES

PAIRS = [(DRUGS[0], route) for route in ROUTES] + [(DRUGS[1], route) for route in ESKETAMINE_ROUTES]


@pytest.mark.parametrize(("drug", "route"), PAIRS)
def test_every_drug_and_route_has_limits(drug: str, route: str) -> None:
    limit = limit_for(drug, route)
    assert limit is not None
    assert None not in (limit.max_mg, limit.max_per_day, limit.max_per_week, limit.min_gap_hours)
    assert (limit.max_infusion_min is not None) == (route == "intravenous infusion")


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: f"{limit.drug}, {limit.route}")
def test_every_limit_says_where_it_comes_from_and_how_far_to_trust_it(limit: Limit) -> None:
    assert limit.source in sources()
    assert limit.where
    assert limit.status in {"reported", "derived", "assumed"}
    assert (limit.status == "assumed") == (limit.trust == "assumed") == (limit.source == "regrow")


def test_there_is_one_limit_for_each_drug_and_route() -> None:
    assert sorted((limit.drug, limit.route) for limit in limits()) == sorted(PAIRS)


def test_the_dose_limits_are_one_of_the_limit_files() -> None:
    assert "doses" in files()
