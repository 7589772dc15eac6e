"""Every page's address: what is written is read back, and what cannot be followed is refused."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crosswalk import old_communes
from geo.editions import EDITION_2024, editions
from metrics.targets import State
from ui.about import QUALITY
from ui.address import (
    CLUSTERED,
    COMPARED,
    FRAME,
    LONGEST,
    Address,
    Param,
    Refusal,
    Told,
    among,
    among_known,
    listed,
    spelled,
)
from ui.download import DOWNLOADS
from ui.figure.studio import STUDIO
from ui.gaps import GAPS
from ui.places import WHERE
from ui.places.profile import PROFILED
from ui.tables import TABLES
from ui.targets import TARGETS
from ui.targets.targeting import ORDERS

IDS = tuple(f"an-indicator-with-a-long-name-{n}" for n in range(8))
OPTIONS = {name: dict.fromkeys(IDS, "") for name in ("gravity", "rule", "about", "where", "origin")}
STORE = SimpleNamespace(
    catalog=SimpleNamespace(indicators=IDS, origins=IDS), datasets=lambda: {"id": IDS}
)
PAGES = {
    "compare": (COMPARED, IDS),
    "clusters": (CLUSTERED, None),
    "gaps": (GAPS, None),
    "tables": (TABLES, STORE),
    "download": (DOWNLOADS, None),
    "figure": (STUDIO, None),
    "frame": (FRAME, None),
    "quality": (QUALITY, OPTIONS),
    "targets": (TARGETS, {"theme": IDS, "where": IDS}),
    "profile": (PROFILED, None),
    "where": (WHERE, None),
}
PLACES = [f"{e.id}:{code}" for e in editions() for code in ("VN", "01", "44", "450", "00004", "zz")]
LIKELY = st.sampled_from([
    *IDS, *PLACES, *State, *ORDERS, *(e.id for e in editions()), "VN", "01", "44", "450", "zz",
    "2024-12-31", "2024", "newest", "0-2", "1", "0.05", "999", "multiples", "x", "y", "search",
    "simulated", "lowest", "pivot", "indicator,place", "province", "0", "kit",
    "wide", "bars", "dark", "300",
    "wide,a4", "png,svg,pdf", "xlsx", "none", "-1.5", "a b",
    ",".join(IDS[:6]), ",".join(IDS),
])  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@given(st.data())
def test_whatever_arrives_is_followed_or_refused_and_is_written_back_alike(page, data):
    address, known = PAGES[page]
    texts = LIKELY | st.text(max_size=200)
    given_ = data.draw(st.dictionaries(st.sampled_from([*address.names, "zoom"]), texts))
    found, refused = address.read(given_, known)
    assert {refusal.param for refusal in refused} <= set(given_) - {"zoom"}
    assert all(len(refusal.given) <= LONGEST for refusal in refused)
    assert address.read(address.write(found), known) == (found, [])


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_address_asks_for_what_the_record_begins_with(page):
    address, known = PAGES[page]
    assert address.read({}, known) == (address.record(), [])
    assert address.read(dict.fromkeys(address.names, ""), known) == (address.record(), [])


@given(st.sampled_from(old_communes()))
def test_an_old_commune_has_an_address(commune):
    found, refused = WHERE.read({"unit": f"{EDITION_2024}:{commune.code}"})
    assert (WHERE.write(found), refused) == ({"unit": f"{EDITION_2024}:{commune.code}"}, [])
    found, refused = PROFILED.read({"edition": EDITION_2024, "place": commune.code})
    assert (found.unit(), refused) == (commune, [])


def test_as_many_maps_as_there_may_be_are_read_back():
    found, refused = COMPARED.read({"maps": ",".join(IDS[:6])}, IDS)
    assert (found.maps, refused) == (IDS[:6], [])


def test_of_an_unknown_map_no_place_is_shown():
    found, refused = PROFILED.read({"edition": "1999", "place": "44"})
    assert (found, refused) == (PROFILED.record(), [Refusal("edition", "1999")])


@dataclass(frozen=True)
class Asked:
    size: int = 1
    colour: str = "red"
    several: tuple[str, ...] = ()


def _told(given, _):
    raise Told(f"not {given}")


TOY = Address(
    Asked,
    (
        Param("n", spelled({"1": 1, "2": 2}), field="size"),
        Param("colour", among("red", "blue"), start=lambda so: "rb"[so.found["n"] - 1]),
        Param("several", listed(lambda so_far: so_far.known, 2), ",".join),
    ),
)


def test_a_parameter_may_depend_on_those_before_it():
    assert TOY.read({"n": "2"})[0] == Asked(2, "b")
    assert TOY.read({"n": "2", "colour": "red"})[0] == Asked(2, "red")


@pytest.mark.parametrize("several", ["a,b,c", "a,x", "x" * 99])
def test_what_cannot_be_followed_is_refused_and_the_rest_is_kept(several):
    found, refused = TOY.read({"n": "2", "several": several}, "abc")
    assert (found, refused) == (Asked(2, "b"), [Refusal("several", several[:LONGEST])])
    assert TOY.read({"several": "b,a,b"}, "abc")[0].several == ("b", "a")


def test_a_refusal_may_say_why():
    address = Address(Asked, (Param("colour", _told),))
    assert address.read({"colour": "pink"})[1] == [Refusal("colour", "pink", "not pink")]


def test_what_exists_may_be_one_list_or_several():
    one, several = among_known(), among_known("theme")
    assert Address(Asked, (Param("colour", one),)).read({"colour": "c"}, "abc")[0].colour == "c"
    known = {"theme": "abc"}
    assert Address(Asked, (Param("colour", several),)).read({"colour": "z"}, known)[1]
