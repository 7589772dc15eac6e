"""The ranking table: the same rows as the map, in an order that can be explained."""

import pytest

from base.words import t
from geo.editions import EDITION_2024, Level, area, areas
from geo.names import vietnamese_key
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE
from ui.parts.facts import card_html
from ui.scene import Manner, ordered, ranking_data
from ui.scene.mapview import marks_of

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
HANOI, HA_GIANG, QUANG_BINH, DONG_HOI = "01", "02", "44", "450"


def of(data, code):
    """Return a row of the table by the names of its cells."""
    names = ("code", "rank", "name", "value", "mark", "date", "source", "group")
    found = next(cells for cells in data["rows"] if cells[0] == code)
    cells = dict(zip(names, found, strict=True))
    return cells | {
        "date": data["dates"][cells["date"]],
        "source": data["sources"][cells["source"]],
    }


def test_the_table_has_the_rows_of_the_map(made):
    _, scene = made(row("rate", HANOI, 1))
    assert {cells[0] for cells in ranking_data(scene)["rows"]} == set(PROVINCES)


def test_a_row_says_rank_value_date_and_source(made):
    _, scene = made(row("rate", HANOI, 28.17), row("rate", QUANG_BINH, 30))
    assert of(ranking_data(scene), HANOI) == {
        "code": HANOI,
        "rank": 2,
        "name": "Hà Nội",
        "value": "28,17",
        "mark": "",
        "date": "31/12/2024",
        "source": "Bộ Thử nghiệm",
        "group": 0,
    }


def test_equal_values_share_a_rank_and_the_next_is_skipped(made):
    values = {"01": 9, "02": 8, "04": 8, "06": 7}
    _, scene = made(*[row("rate", code, value) for code, value in values.items()])
    ranked = [(cells[0], cells[1]) for cells in ranking_data(scene)["rows"][:4]]
    assert ranked == [("01", 1), ("06", 4)] or [rank for _, rank in ranked] == [1, 2, 2, 4]
    tied = [area(EDITION_2024, code).short_vi for code, rank in ranked if rank == 2]
    assert tied == sorted(tied, key=vietnamese_key)


def test_where_lower_is_better_the_smallest_comes_first(made):
    _, scene = made(row("days", HANOI, 3), row("days", QUANG_BINH, 2), indicator="days")
    assert [cells[0] for cells in ranking_data(scene)["rows"][:2]] == [QUANG_BINH, HANOI]


@pytest.mark.parametrize("sort", ["rank", "value", "date"])
def test_areas_without_a_figure_come_last_and_without_a_rank(made, sort):
    _, scene = made(row("rate", PROVINCES[-1], 0), row("rate", PROVINCES[-2], 5), sort=sort)
    rows = ranking_data(scene)["rows"]
    assert {cells[0] for cells in rows[:2]} == set(PROVINCES[-2:])
    assert {(cells[1], cells[3], cells[4]) for cells in rows[2:]} == {(None, "", "no_data")}
    names = [cells[2] for cells in rows[2:]]
    assert names == sorted(names, key=vietnamese_key)


def test_zero_has_a_rank_and_a_value(made):
    _, scene = made(row("rate", HANOI, 0), row("rate", QUANG_BINH, 5))
    got = of(ranking_data(scene), HANOI)
    assert (got["rank"], got["value"], got["mark"]) == (2, "0", "")


def test_names_follow_the_vietnamese_alphabet(made):
    _, scene = made(row("rate", HANOI, 1), sort="name")
    names = [scene.name(scene.codes[at]) for at in ordered(scene)]
    assert names == sorted(names, key=vietnamese_key)
    assert names.index("Cao Bằng") < names.index("Cần Thơ") < names.index("Đà Nẵng")
    assert names.index("Đắk Nông") < names.index("Gia Lai")


def test_the_newest_figures_come_first_by_date(made):
    found = [
        row("rate", HANOI, 9, period_end="2022-12-31"),
        row("rate", QUANG_BINH, 1, period_end="2024-06-30"),
        row("rate", HA_GIANG, 5, period_end="2023-12-31"),
    ]
    _, scene = made(*found, sort="date")
    assert [scene.codes[at] for at in ordered(scene)][:3] == [QUANG_BINH, HA_GIANG, HANOI]


def test_statuses_are_ordered_as_declared(made):
    found = [row("named", HANOI, category="begun"), row("named", QUANG_BINH, category="done")]
    _, scene = made(*found, indicator="named")
    rows = ranking_data(scene)["rows"]
    assert [(cells[0], cells[3], cells[1]) for cells in rows[:2]] == [
        (QUANG_BINH, "xong", None),
        (HANOI, "đang", None),
    ]
    assert {cells[4] for cells in rows[2:]} == {"not_named"}


@pytest.mark.parametrize("state", ["not_applicable", "suppressed", "split"])
def test_a_missing_figure_says_why(made, state):
    _, scene = made(row("rate", HANOI, 1), row("rate", QUANG_BINH, state=state, note="…"))
    data = ranking_data(scene)
    got = of(data, QUANG_BINH)
    assert (got["value"], data["marks"][got["mark"]]) == ("", t(f"state.{state}", "vi"))
    assert got["source"] == "Bộ Thử nghiệm"


def test_a_conflict_is_no_figure_and_has_no_single_source(made):
    two = [row("rate", QUANG_BINH, 1), row("rate", QUANG_BINH, 2, origin="press")]
    _, scene = made(row("rate", HANOI, 1), *two)
    got = of(ranking_data(scene), QUANG_BINH)
    assert (got["rank"], got["value"], got["mark"]) == (None, "", "conflicting")
    assert (got["source"], got["group"]) == ("", -1)


def test_a_recomputed_figure_is_marked_beside_its_value(made):
    _, scene = made(row("rate", QUANG_BINH, 1, state="recomputed"), row("rate", HANOI, 1))
    got = of(ranking_data(scene), QUANG_BINH)
    assert (got["value"], got["mark"]) == ("1", "recomputed")


def test_the_colour_of_a_row_is_that_of_its_area(made):
    found = [row("rate", code, i) for i, code in enumerate(PROVINCES[:20])]
    _, scene = made(*found)
    marks = dict(zip(scene.panel.frame["code"], marks_of(scene), strict=True))
    data = ranking_data(scene)
    for cells in data["rows"]:
        mark = marks[cells[0]]
        assert cells[7] == (int(mark) if mark.isdigit() else -1)
    assert data["colors"] == list(scene.palette)


def test_the_area_looked_at_is_marked(made):
    _, scene = made(row("rate", HANOI, 1), place=DONG_HOI, level=Level.DISTRICT)
    assert ranking_data(scene)["selected"] == DONG_HOI


def test_districts_of_the_whole_country_carry_their_province(made):
    found = row("rate", DONG_HOI, 1)
    country = ranking_data(made(found, level=Level.DISTRICT)[1])
    province = ranking_data(made(found, place=QUANG_BINH, level=Level.DISTRICT)[1])
    assert of(country, DONG_HOI)["name"] == "Đồng Hới, Quảng Bình"
    assert of(province, DONG_HOI)["name"] == "Đồng Hới"


def test_english_names_have_no_diacritics(made):
    names = [cells[2] for cells in ranking_data(made(row("rate", HANOI, 1), lang="en")[1])["rows"]]
    assert "Ha Noi" in names
    assert all(name.isascii() for name in names)


def test_a_short_unit_stands_in_the_heading(made):
    assert ranking_data(made(row("rate", HANOI, 1))[1])["heads"]["value"].endswith("(%)")


def test_hostile_texts_stay_data(made):
    bad = indicator("rate", title=text(HOSTILE), unit=text(HOSTILE))
    data = ranking_data(made(row("rate", HANOI, 1), indicators=[bad, *INDICATORS[1:]])[1])
    # The table is written with textContent only, so texts must not be escaped on the way.
    assert HOSTILE in data["caption"]
    assert HOSTILE not in data["heads"]["value"]


def test_where_nothing_is_ranked_there_is_no_column_of_ranks(made):
    _, one = made(row("rate", HANOI, 1), row("rate", QUANG_BINH, 2))
    assert "rank" not in ranking_data(one)["once"]
    _, scene = made(row("named", HANOI, category="begun"), indicator="named")
    assert not any(scene.ranks)
    assert "rank" in ranking_data(scene)["once"]


def test_many_figures_that_do_not_compare_are_listed_by_the_table_alone(made):
    def of(n):
        days = [f"2024-{at % 12 + 1:02}-{at % 28 + 1:02}" for at in range(n)]
        rows = [row("rate", c, 1, period_end=d) for c, d in zip(PROVINCES, days, strict=False)]
        return made(*rows)[1]

    few, many = of(3), of(40)
    assert few.manner is many.manner is Manner.CARD
    assert card_html(few)
    assert not card_html(many)
