"""Offices and counts beside the names of places: offered with the reason, never taken unasked."""

from __future__ import annotations

import pytest

from geo.editions import Level, areas
from metrics.importing import nearest
from tests.metrics.importing.importing_home import TIME, report_of

PLACES = areas("2025", Level.PROVINCE)[1:6]


def table(written):
    return TIME + "\n".join(f"{name};{50 + at}" for at, name in enumerate(written)) + "\n"


@pytest.mark.parametrize("form", ["Công an tỉnh {}", "Sở Tư pháp tỉnh {}", "{} (56 xã)"])
def test_the_place_is_offered_and_taken_at_once_by_one_act_alone(home, form):
    written = [form.format(place.short_vi) for place in PLACES]
    _, report = report_of(home, table(written), edition="2025", level=Level.PROVINCE)
    assert report.blocked
    assert report.observations.empty
    rows = report.unmatched.to_dict("records")
    assert [[one.code for one in row["suggestions"]] for row in rows] == [[p.code] for p in PLACES]
    assert all(row["note"] for row in rows)
    assert sorted(nearest(report).values()) == sorted(place.code for place in PLACES)


def test_two_offices_of_one_place_are_looked_at_one_by_one(home):
    name = PLACES[0].short_vi
    written = [f"Sở Tư pháp tỉnh {name}", f"Công an tỉnh {name}"]
    _, report = report_of(home, table(written), edition="2025", level=Level.PROVINCE)
    assert nearest(report) == {}


def test_an_office_of_no_place_is_offered_none(home):
    written = ["Bộ Công an", PLACES[0].name_vi]
    _, report = report_of(home, table(written), edition="2025", level=Level.PROVINCE)
    assert nearest(report) == {}
