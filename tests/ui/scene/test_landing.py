"""Nobody arrives at an empty map: every place of both maps, by search, click and level."""

from __future__ import annotations

import pytest

from geo.crosswalk import old_communes
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    Level,
    area,
    areas,
    child_level,
)
from ui.address import View
from ui.scene import (
    Elsewhere,
    Landing,
    covered,
    draw,
    entered,
    first_indicator,
    landing,
    levelled,
    make_scene,
    parts_of,
    showing,
    unopened,
)

PROVINCES = [
    (e, one.code) for e in (EDITION_2024, EDITION_2025) for one in areas(e, Level.PROVINCE)
]
BELOW = [
    (edition, one.code)
    for edition, level, step in (
        (EDITION_2024, Level.DISTRICT, 23),
        (EDITION_2025, Level.COMMUNE, 97),
    )
    for one in areas(edition, level)[::step]
]


@pytest.mark.parametrize(("edition", "code"), PROVINCES)
def test_a_province_that_is_found_is_selected_with_its_figure(shipped, edition, code):
    there = landing(shipped, View(), f"{edition}:{code}")
    assert there.told == ""
    scene, refused = make_scene(shipped, there.to)
    assert not refused
    assert (scene.place.code, scene.view.level, scene.province) == (code, Level.PROVINCE, None)
    assert scene.selected == code
    assert scene.measure.texts[scene.codes.index(code)]


@pytest.mark.parametrize(("edition", "code"), PROVINCES)
def test_the_parts_of_a_province_are_offered_only_where_they_have_figures(shipped, edition, code):
    place = area(edition, code)
    below = child_level(edition, Level.PROVINCE)
    for indicator in ("", "index766-total", "dvcqg-digitised-dossier-rate"):
        one = parts_of(shipped, place, indicator)
        if one is None:
            continue
        view = View(edition=edition, place=code, level=below, indicator=one.indicator)
        scene, _ = make_scene(shipped, view)
        assert scene.panel.n_reported == one.areas > 0


@pytest.mark.parametrize(("edition", "code"), PROVINCES)
def test_who_opens_a_province_twice_goes_in_or_is_told_why_not(shipped, edition, code):
    for indicator in ("index766-total", "dvcqg-digitised-dossier-rate"):
        view = View(edition=edition, place=code, indicator=indicator)
        why, best = unopened(shipped, view, code), parts_of(shipped, area(edition, code))
        assert bool(entered(shipped, view, code)) != bool(why)
        if why:
            assert area(edition, code).name_vi in why
            assert best is None or shipped.catalog.indicator(best.indicator).short.vi in why
        assert not unopened(shipped, view, "01" if code != "01" else "79")
    assert not unopened(shipped, View(), COUNTRY_CODE)


@pytest.mark.parametrize(("edition", "code"), BELOW)
def test_a_district_or_commune_opens_on_figures_or_is_told_why_not(shipped, edition, code):
    found = landing(shipped, View(), f"{edition}:{code}")
    scene, _ = make_scene(shipped, found.to)
    assert scene.panel.n_reported > 0
    if scene.view.level is Level.PROVINCE:
        assert area(edition, code).name_vi in found.told
        assert scene.measure.texts[scene.codes.index(scene.selected)]


@pytest.mark.parametrize(
    ("key", "indicator"),
    [
        (f"{EDITION_2024}:450", "cashless-si-rate"),  # Đồng Hới
        # Their totals are withheld: a share of each score was copied down, or nobody tells.
        (f"{EDITION_2025}:00004", "index766-digitisation"),  # Ba Đình
        (
            f"{EDITION_2025}:{areas(EDITION_2025, Level.COMMUNE, '52')[0].code}",
            "index766-digitisation",
        ),
        (
            f"{EDITION_2025}:{areas(EDITION_2025, Level.COMMUNE, '91')[0].code}",
            "index766-2025-digitisation",
        ),
    ],
)
def test_what_is_done_there_opens_before_what_the_place_is(shipped, key, indicator):
    found = landing(shipped, View(), key)
    assert found.to.indicator == indicator
    assert make_scene(shipped, found.to)[0].panel.n_reported > 0


def test_the_districts_of_quang_binh_open_on_cashless_welfare(shipped):
    best = parts_of(shipped, area(EDITION_2024, "44"))
    assert (best.indicator, best.areas) == ("cashless-si-rate", 8)
    view = View(edition=EDITION_2024, place="44", level=Level.DISTRICT)
    assert first_indicator(shipped, view) == "cashless-si-rate"


def test_a_level_that_is_chosen_opens_on_figures_where_there_are_any(shipped):
    province = View(edition=EDITION_2024, place="44", indicator="dti-rank")
    changed = levelled(shipped, province, Level.DISTRICT)
    assert changed == {"level": Level.DISTRICT, "indicator": "cashless-si-rate"}
    there = province.to(**changed)
    assert levelled(shipped, there, Level.DISTRICT) == {"level": Level.DISTRICT}
    unknown = View(edition=EDITION_2025, place="04", indicator="dti-rank")
    parts = covered(shipped, EDITION_2025, Level.COMMUNE, "04")
    assert ("indicator" in levelled(shipped, unknown, Level.COMMUNE)) == bool(parts)


def test_the_indicator_looked_at_stays_where_the_place_has_a_figure_of_it(shipped):
    view = View(indicator="dvcqg-digitised-dossier-rate")
    assert landing(shipped, view, f"{EDITION_2025}:44").to.indicator == view.indicator
    assert landing(shipped, view, f"{EDITION_2024}:44").to.indicator != view.indicator


def test_a_unit_without_a_map_leads_to_what_it_became_and_says_so(shipped):
    found = landing(shipped, View(), f"{EDITION_2019}:769")
    assert (found.to.edition, found.to.place) == (EDITION_2024, "769")
    assert "Quận 2" in found.told
    assert "Thành phố Thủ Đức" in found.told
    split = landing(shipped, View(), f"{EDITION_2019}:474")
    assert split == Landing(Elsewhere("where", {"lang": "vi", "unit": f"{EDITION_2019}:474"}))


def test_every_old_commune_leads_somewhere(shipped):
    for old in old_communes()[::397]:
        found = landing(shipped, View(), f"{EDITION_2024}:{old.code}")
        if isinstance(found.to, View):
            assert old.name_vi in found.told or found.to.place == old.code


def test_regions_lead_to_their_profiles(shipped):
    assert landing(shipped, View(), f"{EDITION_2025}:R1").to.page == "profile"


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_an_indicator_opens_where_it_has_figures(shipped, edition):
    counts = shipped.availability()
    known = counts[counts["edition"].isin([EDITION_2024, EDITION_2025])]
    known = known[known["level"].isin(["province", "district", "commune"])]
    for id_ in sorted(set(known["indicator"])):
        view = showing(shipped, View(edition=edition, indicator="index766-total"), id_)
        province = view.place if view.level is not Level.PROVINCE else None
        assert id_ in {
            one.indicator for one in covered(shipped, view.edition, view.level, province)
        }


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_a_level_that_is_asked_for_opens_on_what_it_has(shipped, edition):
    below = child_level(edition, Level.PROVINCE)
    drawn = draw(shipped, View(edition=edition, place=COUNTRY_CODE, level=below))
    assert drawn.scene.panel.n_reported > 0
