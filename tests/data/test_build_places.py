"""The names that the browser searches: all there, and as the script makes them."""

import json
from pathlib import Path

from data.build import places
from geo.crosswalk import old_communes
from geo.editions import EDITION_2024, EDITION_2025, Level, areas

STATIC = Path(__file__).resolve().parents[2] / "static" / "places"


def test_the_files_are_what_the_script_makes(tmp_path):
    places.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in STATIC.iterdir()}


def test_every_place_is_listed():
    for path in STATIC.iterdir():
        units = json.loads(path.read_text(encoding="utf-8"))["units"]
        listed = {unit[0] for unit in units}
        for edition, level in (
            (EDITION_2025, Level.PROVINCE),
            (EDITION_2025, Level.COMMUNE),
            (EDITION_2024, Level.PROVINCE),
            (EDITION_2024, Level.DISTRICT),
        ):
            assert {f"{edition}:{one.code}" for one in areas(edition, level)} <= listed
        assert {f"{EDITION_2024}:{old.code}" for old in old_communes()} <= listed
        assert path.stat().st_size < 2_500_000
