"""The view and its address: what is written is what is read, and nothing breaks the reading."""

from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.words import LANGS, t
from geo.classify import MANUAL, MAX_CLASSES
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2024,
    EDITION_2025,
    Level,
    area,
    areas,
    has_area,
    regions,
)
from metrics.panel import NONE, Filters
from ui.address import (
    AGAINST,
    LARGEST_BREAK,
    LONGEST,
    MIN_CLASSES,
    MOST_PINS,
    NO_CHANGE,
    PUBLISHED,
    SORTS,
    Refusal,
    View,
    bases,
    levels_at,
    mapped_editions,
    parse,
)
from ui.address.choices import CHANGE_CHOICES, METHOD_CHOICES, NEWEST, SCALES, level_within

INDICATORS = ("rate", "people", "dti-rank")
QUANG_BINH, DONG_HOI = "44", "450"  # of the 63 provinces; 44 is Quảng Trị among the 34
EDITIONS = st.sampled_from(mapped_editions())
PROVINCES = tuple(place.code for place in areas(EDITION_2025, Level.PROVINCE))


def places(edition):
    """Return the areas that a view can look at; a region has no map of its own."""
    return tuple(place for place in areas(edition) if place.level is not Level.REGION)


STEPS = st.integers(-(10**15), 10**15).map(lambda n: n / 1000) | st.integers(-99, 99).map(float)


@st.composite
def classes(draw):
    method = draw(st.sampled_from(METHOD_CHOICES))
    if method != MANUAL:
        return {"method": method}
    found = draw(st.lists(STEPS.filter(lambda b: abs(b) < LARGEST_BREAK), max_size=6, unique=True))
    return {"method": method, "breaks": tuple(sorted(found))}


@st.composite
def filters(draw, edition):
    low, high = sorted(draw(st.tuples(STEPS, STEPS)))
    ends = draw(st.sampled_from([(None, None), (low, None), (None, high), (low, high)]))
    first = draw(st.none() | st.integers(1, 99))
    codes = [region.code for region in regions(edition)]
    return Filters(
        *ends,
        first=first,
        last=None if first is None else first + draw(st.integers(0, 9)),
        regions=tuple(draw(st.lists(st.sampled_from(codes), unique=True))),
        types=tuple(draw(st.lists(st.sampled_from(["urban", "rural", "island"]), unique=True))),
        missing=ends == (None, None) and first is None and draw(st.booleans()),
    )


def pinned(edition):
    codes = [place.code for place in places(edition)[:80]]
    return st.lists(st.sampled_from(codes), max_size=MOST_PINS, unique=True).map(tuple)


@st.composite
def views(draw):
    edition = draw(EDITIONS)
    place = draw(st.sampled_from(places(edition)))
    level = draw(st.sampled_from(levels_at(place)))
    return View(
        lang=draw(st.sampled_from(LANGS)),
        edition=edition,
        place=place.code,
        level=level,
        basis=draw(st.sampled_from(bases(edition, level))),
        indicator=draw(st.sampled_from(("", *INDICATORS))),
        at=draw(st.none() | st.dates()),
        change=draw(st.sampled_from(CHANGE_CHOICES)),
        since=draw(st.none() | st.dates()),
        against=draw(st.sampled_from(AGAINST)),
        **draw(classes()),
        k=draw(st.integers(MIN_CLASSES, MAX_CLASSES)),
        sort=draw(st.sampled_from(SORTS)),
        per=draw(st.sampled_from(("", *INDICATORS))),
        scale=draw(st.sampled_from(SCALES)),
        filters=draw(filters(edition)),
        pins=draw(pinned(edition)),
        source=draw(st.sampled_from(("", *(place.code for place in areas(edition)[:80])))),
    )


@given(views())
def test_an_address_names_the_whole_view(view):
    assert parse(view.params(), INDICATORS) == (view, [])


@given(views())
def test_a_link_is_the_address_of_its_view(view):
    written = dict(parse_qsl(view.href().removeprefix("explore?"), keep_blank_values=True))
    assert parse(written, INDICATORS) == (view, [])


def test_defaults_are_named_too():
    params = View(indicator="rate").params()
    assert params == {
        "lang": "vi",
        "edition": EDITION_2025,
        "place": COUNTRY_CODE,
        "level": "province",
        "indicator": "rate",
        "at": NEWEST,
        "change": "none",
        "against": "none",
        "method": "quantile",
        "k": "5",
        "sort": "rank",
        "basis": PUBLISHED,
        "scale": "one",
    }


PARAMS = st.sampled_from(
    [*View().params(), "source", "since", "filters", "pins", "zoom", "Lang", "__proto__", ""]
)
ALLOWED = st.sampled_from(["vi", EDITION_2024, "44", "450", "district", "rate", "2024-12-31"])


@given(st.dictionaries(PARAMS | st.text(), ALLOWED | st.text(max_size=200), max_size=12))
def test_whatever_arrives_gives_a_view_that_exists(params):
    view, refused = parse(params, INDICATORS)
    assert parse(view.params(), INDICATORS) == (view, [])
    assert {refusal.param for refusal in refused} <= {name[:LONGEST] for name in params}
    assert all(len(refusal.given) <= LONGEST for refusal in refused)


@pytest.mark.parametrize(
    ("param", "given_"),
    [
        ("lang", "fr"),
        ("lang", "VI"),
        ("edition", "1999"),
        ("edition", "2019"),  # known, but without boundaries it cannot be drawn
        ("place", "zz"),
        ("place", "<script>alert(1)</script>"),
        ("place", "R1"),  # a region, which has no map of its own
        ("place", "1"),  # a code without its leading zero is another thing
        ("level", "village"),
        ("level", "district"),  # there are none in the newest edition
        ("indicator", "'; drop table observations; --"),
        ("at", "yesterday"),
        ("at", "2024-02-30"),
        ("at", "\ud800"),
        ("method", "kmeans"),
        ("against", "neighbours"),
        ("change", "growth"),
        ("since", "yesterday"),
        ("breaks", "10,20"),  # only for breaks of the reader's own
        ("scale", "log"),
        ("filters", "value:9..1"),
        ("filters", "missing;value:1..2"),
        ("filters", "region:R9"),
        ("pins", "zz"),
        ("k", "five"),
        ("k", "1"),
        ("k", "8"),
        ("k", "5.0"),
        ("k", "٥"),
        ("sort", "colour"),
        ("source", "zz"),
        ("basis", "1999"),
        ("basis", "2025"),  # its own edition
        ("mode", "simulated"),
        ("source", "x" * 100_000),
        ("indicator", "x" * 100_000),
    ],
)
def test_what_cannot_be_followed_is_refused_and_the_rest_is_kept(param, given_):
    view, refused = parse({"lang": "en", "k": "4", param: given_}, INDICATORS)
    assert [(one.param, one.given) for one in refused] == [(param, given_[:LONGEST])]
    kept = View(lang="en" if param != "lang" else "vi", k=4 if param != "k" else 5)
    assert view == kept


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("01,zz,79", ("01", "79")),
        ("01,01", ("01",)),
        (",".join(PROVINCES[:11]), PROVINCES[:10]),
    ],
)
def test_a_pin_that_there_is_not_leaves_the_others(given_, kept):
    view, refused = parse({"lang": "vi", "pins": given_}, INDICATORS)
    assert view.pins == kept
    assert [one.param for one in refused] == ["pins"]
    assert "zz" not in given_ or "zz" in refused[0].reason


def test_a_code_of_another_edition_is_refused():
    district = {"edition": EDITION_2025, "place": DONG_HOI}
    view, refused = parse(district, INDICATORS)
    assert not has_area(EDITION_2025, DONG_HOI)
    assert (view.place, view.level) == (COUNTRY_CODE, Level.PROVINCE)
    assert refused == [Refusal("place", DONG_HOI)]


def test_the_same_code_is_another_place_in_another_edition():
    names = {
        edition: parse({"edition": edition, "place": QUANG_BINH}, INDICATORS)[0].area().short_vi
        for edition in mapped_editions()
    }
    assert names == {EDITION_2025: "Quảng Trị", EDITION_2024: "Quảng Bình"}


def test_only_editions_with_boundaries_are_offered_the_newest_first():
    assert mapped_editions() == (EDITION_2025, EDITION_2024)


def test_a_place_is_shown_among_its_fellows():
    assert level_within(area(EDITION_2024, COUNTRY_CODE)) is Level.PROVINCE
    assert level_within(area(EDITION_2024, QUANG_BINH)) is Level.PROVINCE
    assert level_within(area(EDITION_2024, DONG_HOI)) is Level.DISTRICT


def test_parts_can_be_shown_of_the_country_and_of_a_province():
    both = (Level.PROVINCE, Level.DISTRICT)
    assert levels_at(area(EDITION_2024, COUNTRY_CODE)) == both
    assert levels_at(area(EDITION_2024, QUANG_BINH)) == both
    assert levels_at(area(EDITION_2025, QUANG_BINH)) == (Level.PROVINCE, Level.COMMUNE)
    assert levels_at(area(EDITION_2024, DONG_HOI)) == (Level.DISTRICT,)


def test_another_edition_starts_at_the_country_again():
    deep = View("en", EDITION_2024, DONG_HOI, Level.DISTRICT, "rate", date(2024, 1, 1), k=3)
    there = deep.to(edition=EDITION_2025)
    assert (there.place, there.level, there.at) == (COUNTRY_CODE, Level.PROVINCE, None)
    assert (there.lang, there.indicator, there.k) == ("en", "rate", 3)
    assert deep.to(edition=EDITION_2024) == deep


def test_another_place_brings_its_level():
    start = View(edition=EDITION_2024, indicator="rate")
    province = start.to(place=QUANG_BINH)
    assert (province.place, province.level) == (QUANG_BINH, Level.PROVINCE)
    assert province.to(place=DONG_HOI).level is Level.DISTRICT
    assert province.to(place=DONG_HOI).to(place=COUNTRY_CODE) == start


def test_another_indicator_starts_at_its_newest_figures():
    dated = View(indicator="rate", at=date(2023, 12, 31))
    assert dated.to(indicator="people").at is None
    assert dated.to(k=4).at == date(2023, 12, 31)


def test_any_choice_closes_the_dialog_about_a_source():
    tracing = View(edition=EDITION_2024, indicator="rate", source=QUANG_BINH)
    assert tracing.to(k=4).source == ""
    assert tracing.to(k=4, source=QUANG_BINH).source == QUANG_BINH


@given(views(), EDITIONS, st.data())
def test_every_choice_leads_to_a_view_that_has_an_address(view, edition, data):
    place = data.draw(st.sampled_from(places(view.edition)))
    for there in (view.to(edition=edition), view.to(place=place.code), view.to(k=MAX_CLASSES)):
        assert parse(there.params(), INDICATORS) == (there, [])


@pytest.mark.parametrize(
    "given_",
    [
        "", ",", "20,10", "10,10", "1e3", "1,2,3,4,5,6,7", "NaN", "inf", "-inf,0", "0x10",
        "1234567890123", "1.1234567", "10;20", " 10", "١٠", "10," * 40,
    ],
)  # fmt: skip
def test_breaks_that_part_nothing_are_refused(given_):
    view, refused = parse({"method": MANUAL, "breaks": given_}, INDICATORS)
    assert view.breaks == ()
    assert [refusal.param for refusal in refused] == (["breaks"] if given_ else [])


def test_breaks_are_written_as_plain_decimals():
    view, refused = parse({"method": MANUAL, "breaks": "-0.5,10,20.250000"}, INDICATORS)
    assert (view.breaks, refused) == ((-0.5, 10, 20.25), [])
    assert view.params()["breaks"] == "-0.5,10,20.25"


def test_what_fits_one_indicator_only_does_not_follow_to_another():
    own = View(indicator="rate", method=MANUAL, breaks=(10.0, 20.0))
    assert own.to(k=3).breaks == (10.0, 20.0)
    for there in (own.to(indicator="people"), own.to(against="country")):
        assert (there.method, there.breaks) == ("quantile", ())
    assert own.to(method="equal_interval").breaks == ()
    assert View(indicator="rate", method="head_tail").to(indicator="people").method == "head_tail"


def test_the_catalog_says_how_an_indicator_is_classed_unless_the_address_does():
    def declares(method, k):
        return {"rate": SimpleNamespace(classes=SimpleNamespace(method=method, k=k))}

    asked = {"indicator": "rate"}
    view, _ = parse(asked, declares("natural_breaks", 9))
    assert (view.method, view.k) == ("natural_breaks", MAX_CLASSES)
    view, _ = parse({**asked, "method": "quantile", "k": "3"}, declares("natural_breaks", 4))
    assert (view.method, view.k) == ("quantile", 3)
    assert parse(asked, declares("no such", 4))[0].method == "quantile"


def test_a_filter_that_cannot_be_followed_says_why():
    _, refused = parse({"lang": "en", "filters": "value:9..1"}, INDICATORS)
    assert refused[0].reason == t("filters.refused.backwards", "en")


def test_another_edition_has_other_pins_and_filters():
    view = View(pins=("01",), filters=Filters(regions=("R1",)), change="percent")
    after = view.to(edition=EDITION_2024)
    assert (after.pins, after.filters, after.change) == ((), NONE, NO_CHANGE)


def test_another_indicator_keeps_pins_and_what_is_asked_of_places():
    view = View(indicator="rate", pins=("01",), filters=Filters(low=1, types=("urban",)))
    after = view.to(indicator="people")
    assert after.pins == ("01",)
    assert after.filters == Filters(types=("urban",))


def test_one_thing_at_a_time_is_made_of_the_figures():
    view = View(indicator="rate", against="country").to(change="difference")
    assert (view.change, view.against, view.per) == ("difference", "none", "")
    assert view.to(against="region").change == NO_CHANGE
