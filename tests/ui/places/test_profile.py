"""The profile of a place: what is told of it, by rule, and never more than is known."""

import pytest

from base.words import t
from geo.crosswalk import old_communes
from geo.editions import COUNTRY_CODE, EDITION_2019, EDITION_2024, EDITION_2025, Level, area, areas
from metrics.briefs import profile
from metrics.store import current_store
from tests.metrics import made_up
from tests.metrics.made_up import row
from tests.ui.hostile import HOSTILE, SCRIPT, assert_harmless
from ui.charts import against_of
from ui.places import lede, portrait
from ui.places.cited import Sources

QUANG_BINH, DA_NANG = "44", "48"
PROVINCES = [place.code for place in areas(EDITION_2025, Level.PROVINCE)]
NEW = {"edition": EDITION_2025, "period_end": "2026-06-30", "period_text": "ngày 30/6/2026"}


def rates(*values, indicator="rate", **fields):
    """Give the first provinces of today these figures."""
    return [
        row(indicator, code, value, **(NEW | fields))
        for code, value in zip(PROVINCES, values, strict=False)
    ]


@pytest.fixture
def made(store_of):
    """Return a function from rows to the profile of a place, its figures by indicator."""

    def build(rows, place=PROVINCES[0], edition=EDITION_2025, indicators=None):
        found = profile(store_of(rows, indicators), edition, place)
        return found, {fact.indicator.id: fact for fact in found.facts}

    return build


def featured(**fields):
    return [made_up.indicator("rate", featured=1, **fields)]


def test_a_rank_is_among_those_that_have_a_figure(made):
    _, facts = made(rates(*range(90, 60, -2)))
    assert (facts["rate"].rank, facts["rate"].of) == (1, 15)
    assert facts["rate"].span == (62.0, 90.0)


def test_of_fewer_better_the_least_is_the_first(made):
    _, facts = made(rates(3, 9, 8, 7, indicator="days"))
    assert facts["days"].rank == 1


def test_an_indicator_that_others_have_is_told_as_missing_and_not_as_zero(made, store_of):
    rows = rates(*range(20))[1:]
    found, facts = made(rows)
    assert "rate" not in facts
    assert [(gap.indicator.id, gap.n, gap.of) for gap in found.missing] == [("rate", 19, 34)]
    html = portrait(store_of(rows, None), EDITION_2025, found.place, "en", False)
    assert t("profile.gap", "en", what="rate", n="19", of="34") in html
    assert t("profile.nothing", "en", name=found.place.name_en)[:20] in html


def test_what_hardly_any_other_has_is_not_missed(made):
    found, _ = made(rates(1, 2, 3, 4)[1:])
    assert found.missing == ()


def test_a_rank_of_the_old_map_is_not_carried_and_a_count_is_added_up(made):
    rows = [row("people", "48", 100), row("people", "49", 50)]
    rows += [row("place", "48", 1), row("place", "49", 2)]
    found, facts = made(rows, DA_NANG)
    assert (facts["people"].row["value"], facts["people"].carried) == (150, True)
    assert [fact.indicator.id for fact in found.not_carried] == ["place"]


def test_a_part_without_a_figure_leaves_a_sum_untold(made):
    found, facts = made([row("people", "48", 100)], DA_NANG)
    assert "people" not in facts
    assert [fact.row["state"] for fact in found.not_carried] == ["partial"]


def test_a_series_across_the_change_of_the_map_shows_the_seam(made, store_of):
    rows = [row("people", "48", 100), row("people", "49", 50), row("people", "48", 160, **NEW)]
    found, _ = made(rows, DA_NANG)
    (series,) = found.series
    assert [(point["value"], point["is_carried"]) for point in series.rows] == [
        (150, True),
        (160, False),
    ]
    assert str(series.day) == "2025-07-01"
    html = portrait(store_of(rows, None), EDITION_2025, found.place, "en", False)
    assert t("profile.series.seam", "en", day="1 July 2025") in html
    assert "150 người°" in html


def test_the_opening_tells_the_foremost_figure_its_rank_and_what_is_known(made):
    found, _ = made(rates(*range(90, 60, -2)), indicators=featured())
    text = lede(found, "en")
    assert "rate, 30 June 2026: 90%, rank 1 of 15" in text
    assert "among the first 5 in 1: “rate” (rank 1 of 15; 30 June 2026)" in text
    assert t("profile.known.one", "en", when="30 June 2026") in text


def test_the_opening_tells_of_the_last_as_well(made):
    found, _ = made(rates(*range(15)), indicators=featured())
    assert "among the last 5 in 1 of 1" in lede(found, "en")


@pytest.mark.parametrize(("own", "said"), [(24, "the same as"), (25, "above"), (23, "below")])
def test_what_is_written_alike_is_the_same_and_a_computed_yardstick_says_so(made, own, said):
    aims = featured(aggregation="ratio_of_sums", **made_up.PARTS)
    parts = {"numerator": 2377, "denominator": 10_000}
    rows = rates(*[23.77] * 34, **parts)
    rows[0] |= {"value": own}
    text = lede(made(rows, indicators=aims)[0], "en")
    assert f"{said} the country" in text
    assert said == "the same as" or "(24%, computed by Atlas)" in text


def test_among_few_nobody_is_first_or_last(made):
    found, _ = made(rates(9, 8, 7), indicators=featured())
    assert "among the" not in lede(found, "en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_where_nothing_is_known_that_is_said(made, lang):
    found, facts = made([row("rate", "44", 1)], "00004")
    assert facts == {}
    name = found.place.name_vi if lang == "vi" else found.place.name_en
    assert t("profile.nothing", lang, name=name) in lede(found, lang)


@pytest.mark.parametrize("hostile", [HOSTILE, SCRIPT])
def test_hostile_words_of_the_data_are_text(store_of, hostile):
    words = {"vi": hostile, "en": hostile}
    indicators = featured(short=words, title=words, unit=words)
    rows = rates(*range(90, 60, -2)) + rates(*range(50, 20, -2), period_end="2026-03-31")
    store = store_of(rows, indicators)
    for lang in ("vi", "en"):
        for dark in (False, True):
            place = area(EDITION_2025, PROVINCES[0])
            assert_harmless(portrait(store, EDITION_2025, place, lang, dark))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("edition", "code"),
    [
        (EDITION_2025, COUNTRY_CODE),
        (EDITION_2025, QUANG_BINH),
        (EDITION_2025, "20333"),  # Hoàng Sa
        (EDITION_2024, QUANG_BINH),
        (EDITION_2024, "498"),
        (EDITION_2019, QUANG_BINH),
        (EDITION_2019, "450"),
    ],
)
def test_every_kind_of_place_has_a_profile_with_both_archipelagos(shipped, edition, code, lang):
    html = portrait(shipped, edition, area(edition, code), lang, False)
    for name in ("Hoàng Sa", "Trường Sa") if lang == "vi" else ("Hoang Sa", "Truong Sa"):
        assert f">{name} (" in html
    before, after = t("profile.credit", lang).split("{boundaries}")
    assert before in html
    assert after.strip()[:20] in html


def test_an_old_commune_has_its_history_and_no_figures(shipped):
    old = next(unit for unit in old_communes() if unit.name_vi == "Xã Nhân Trạch")
    html = portrait(shipped, EDITION_2024, old, "vi", False)
    assert "Xã Nam Trạch" in html
    assert "<table" not in html


def test_a_published_rank_is_told_out_of_all_only_where_all_are_ranked(store_of):
    ranking = [made_up.indicator("place", kind="rank", featured=1)]
    rows = rates(*range(1, len(PROVINCES)), 1, indicator="place")
    shared = f"1/{len(PROVINCES)}, cùng hạng với 1 địa phương khác"
    for kept, n in ((rows, 2), (rows[:20], 0)):
        place = area(EDITION_2025, PROVINCES[0])
        html = portrait(store_of(kept, ranking), EDITION_2025, place, "vi", False)
        # In the sentence at the head and in the table.
        assert html.count(shared) == html.count(f"/{len(PROVINCES)}") == n


def test_a_figure_that_compares_nothing_does_not_stand_for_its_place(shipped):
    """The total of Thiên Lộc is second-hand, and 12 points off the sum of its groups."""
    found = profile(shipped, EDITION_2025, "00493")
    total = next(fact for fact in found.facts if fact.indicator.id == "index766-total")
    assert total.row["aside"] == "withheld"
    assert "46,76" not in lede(found, "vi")


def test_what_a_rate_is_held_against_has_its_sign(shipped):
    place = area(EDITION_2025, "20")
    fact = next(
        fact
        for fact in profile(shipped, EDITION_2025, place.code).facts
        if fact.indicator.id == "dvcqg-ontime-rate"
    )
    words = [text for _, text in against_of(fact, place, "vi").words]
    assert [text for text in words if "%" not in text] == []
    assert len(words) == 2


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_readings_of_one_page_on_several_days_are_told_apart(lang):
    store = current_store()
    read = {id_: one for id_, one in store.catalog.origins.items() if one.date_accessed}
    cited = Sources(store, lang)
    cited.numbers(read)
    days = {(one.title.vi, one.producer.vi, one.date_accessed) for one in read.values()}
    assert len(days) > len({one.title.vi for one in read.values()}), "one title on several days"
    assert len({*cited.numbered()}) == len(days)
