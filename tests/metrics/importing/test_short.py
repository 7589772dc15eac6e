"""Cells in short, days as numbers, units of several kinds: asked about, never guessed."""

from __future__ import annotations

import pytest

from base.words import LANGS
from geo.editions import Level, areas
from metrics.importing import columns_of, examine, preview, propose, questions, settled
from tests.base.reading.here import opened_here
from tests.metrics.importing.generated import small_store
from tests.metrics.importing.importing_home import TODAY
from tests.metrics.importing.test_kinds import errors, text

PEOPLE, RATE = "Tên people", "Tên rate"
PLACES = [place.name_vi for place in areas("2025", Level.PROVINCE)[2:8]]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with opened_here():
        yield small_store(tmp_path_factory.mktemp("short"))


def read(store, heading, cells, titles=("Quý I/2026",), **said):
    rows = [[title] for title in titles] + [["Tỉnh, thành phố", heading]]
    rows += [list(pair) for pair in zip(PLACES, cells, strict=False)]
    seen = preview("bang.csv", text(rows))
    block = seen.blocks[0]
    mapping = settled(block, store.catalog, said, "bang.csv")
    return block, examine(seen, block, mapping, store, today=TODAY)


def values(report):
    assert errors(report) == set()
    return list(report.observations["value"])


def test_numbers_in_short_are_asked_about_and_read_as_said(store):
    cells = ["10k", "1,5k", "2tr", "800", "-", "12K"]
    block, report = read(store, PEOPLE, cells)
    assert errors(report) == {"suffixed"}
    (asked,) = questions(report, block)
    assert [reading.values["read"] for reading in asked.readings] == ["10000", ""]
    _, report = read(store, PEOPLE, cells, suffixes={PEOPLE: "times"})
    assert values(report) == [10_000, 1_500, 2_000_000, 800, 12_000]
    _, report = read(store, PEOPLE, cells, suffixes={PEOPLE: "empty"})
    assert values(report) == [800]


def test_two_numbers_with_a_slash_are_asked_about_and_read_as_said(store):
    cells = ["80/100", "45/50", "7/8", "0/12", "x", "3/4"]
    block, report = read(store, RATE, cells)
    assert errors(report) == {"slashed"}
    (asked,) = questions(report, block)
    assert [str(r.values["read"]) for r in asked.readings] == ["80", "80", ""]
    _, report = read(store, RATE, cells, slashes={RATE: "percent"})
    assert values(report) == [80, 90, 87.5, 0, 75]
    _, report = read(store, PEOPLE, cells, slashes={PEOPLE: "first"})
    assert values(report) == [80, 45, 7, 0, 3]


def test_a_share_is_no_reading_of_a_count(store):
    block, report = read(store, PEOPLE, ["80/100", "45/50"])
    (asked,) = questions(report, block)
    assert [one.said["slashes"][PEOPLE] for one in asked.readings] == ["first", "empty"]
    (finding,) = [one for one in report.findings if one.severity == "error"]
    for lang in LANGS:
        assert "percent" not in finding.option(lang)
        assert "first" in finding.option(lang)
    assert errors(read(store, PEOPLE, ["80/100"], slashes={PEOPLE: "percent"})[1])


def test_numbers_of_documents_are_no_figures_with_a_slash(store):
    rows = [["Quý I/2026"], ["Tỉnh", PEOPLE, "Số công văn"]]
    rows += [[place, at + 1, f"{at + 10}/2026"] for at, place in enumerate(PLACES)]
    seen = preview("bang.csv", text(rows))
    mapping = propose(seen.blocks[0], store.catalog)
    assert [m.column for m in mapping.measures] == [PEOPLE]
    assert len(values(examine(seen, seen.blocks[0], mapping, store, today=TODAY))) == len(PLACES)


def test_days_kept_as_numbers_are_asked_about_and_counted_as_said(store):
    rows = [["Tỉnh", "Ngày", PEOPLE]]
    rows += [[place, 46295, at + 1] for at, place in enumerate(PLACES)]
    seen = preview("bang.csv", text(rows))
    block = seen.blocks[0]
    report = examine(seen, block, propose(block, store.catalog), store, today=TODAY)
    assert "day_serials" in errors(report)
    assert "period" not in errors(report)
    asked = next(q for q in questions(report, block) if q.rule == "day_serials")
    assert [r.values["day"] for r in asked.readings] == ["30/09/2026", "01/10/2030"]
    mapping = settled(block, store.catalog, asked.readings[0].said, "bang.csv")
    report = examine(seen, block, mapping, store, today=TODAY)
    assert set(report.observations["period_end"]) == {"2026-09-30"}
    assert len(values(report)) == len(PLACES)


def test_units_of_several_kinds_in_the_cells_are_told_with_their_cells(store):
    cells = ["12 nghìn người", "3 triệu người", "4500", "7 nghìn người", "8 nghìn người", "-"]
    _, report = read(store, PEOPLE, cells)
    assert errors(report) == {"units_mixed"}
    (found,) = [f for f in report.findings if f.rule == "units_mixed"]
    assert found.values["listed"] == "“12 nghìn người” (3, 6, 7); “3 triệu người” (4); “4500” (5)"
    assert PEOPLE in found.say("vi")


def test_columns_of_cells_in_short_that_are_left_out_are_told(store):
    rows = [["Quý I/2026"], ["Tỉnh", PEOPLE, "Đạt"]]
    rows += [[place, at + 1, f"{at}/12"] for at, place in enumerate(PLACES)]
    seen = preview("bang.csv", text(rows))
    mapping = propose(seen.blocks[0], store.catalog)
    one = tuple(m for m in mapping.measures if m.column == PEOPLE)
    mapping = mapping.model_copy(update={"measures": one})
    report = examine(seen, seen.blocks[0], mapping, store, today=TODAY)
    assert "columns_left" in {f.rule for f in report.findings}


@pytest.mark.parametrize("title", ["Tính đến 30 tháng 9 năm 2026", "30 tháng 9 năm 2026"])
def test_a_day_without_the_word_is_a_day(store, title):
    _, report = read(store, PEOPLE, [5, 6, 7, 8, 9, 10], titles=(title,))
    assert set(report.observations["period_end"]) == {"2026-09-30"}
    assert set(report.observations["grain"]) == {"instant"}


def test_the_day_of_a_letter_is_not_that_of_the_figures(store):
    titles = ("Hà Nội, 05 tháng 10 năm 2026", "Quý III/2026")
    _, report = read(store, PEOPLE, [5, 6, 7, 8, 9, 10], titles=titles)
    assert set(report.observations["period_end"]) == {"2026-09-30"}


def lettered(store, name, figure=9):
    rows = [["Quý I/2026"], ["Tỉnh, thành phố", PEOPLE], [name, figure]]
    rows += [[place, at + 1] for at, place in enumerate(PLACES)]
    seen = preview("bang.csv", text(rows))
    block = seen.blocks[0]
    return examine(seen, block, propose(block, store.catalog), store, today=TODAY)


def test_a_lettered_row_of_an_unknown_name_says_so(store):
    report = lettered(store, "B. Sở, ban, ngành")
    assert {f.rule for f in report.findings} >= {"lettered_group"}
    assert len(values(report)) == len(PLACES)


def test_a_lettered_row_that_is_typed_as_a_place_is_one_that_is_not_known(store):
    assert "place" in errors(lettered(store, "A. Tỉnh Không Có"))


@pytest.mark.parametrize("name", ["I. Các tỉnh miền núi", "A. Đồng bằng sông Hồng", "I. Toàn quốc"])
def test_a_lettered_group_that_is_known_says_nothing(store, name):
    assert "lettered_group" not in {f.rule for f in lettered(store, name).findings}


def test_a_mapping_kept_for_the_next_table_does_not_settle_which_column_has_the_places(store):
    head = ["Tỉnh", "Nơi gửi", PEOPLE]
    same = [[place, place, at + 1] for at, place in enumerate(PLACES)]
    other = [[place, there, 5] for place, there in zip(PLACES, PLACES[::-1], strict=True)]
    seen = preview("bang.csv", text([["Quý I/2026"], head, *same]))
    kept = columns_of(propose(seen.blocks[0], store.catalog), seen.blocks[0])
    seen = preview("bang.csv", text([["Quý II/2026"], head, *other]))
    block = seen.blocks[0]
    mapping = settled(block, store.catalog, kept, "m.yaml")
    report = examine(seen, block, mapping, store, today=TODAY)
    assert "second_place" in errors(report)
    said = kept | {"settled": ["place"]}
    report = examine(seen, block, settled(block, store.catalog, said, "m.yaml"), store, today=TODAY)
    assert errors(report) == set()
