"""Tables of a department: read by a saved mapping; what is asked of people is an error here."""

import io

import openpyxl
import pytest

from metrics.importing import preview, propose, remember, write_columns
from metrics.refresh import ShapeError
from metrics.refresh.adapters import table as module
from metrics.refresh.adapters.table import Table
from tests.metrics.importing.importing_home import store_of
from tests.metrics.refresh.adapters.cubes_made import ORIGIN, notes, reply, source_of, told

SEPTEMBER = "Tỉnh;Tỷ lệ tháng 9/2026 (%)\nHà Nội;98,5\nHuế;97,1\n"
OCTOBER = "Tỉnh;Tỷ lệ tháng 10/2026 (%)\nHà Nội;98,9\nHuế;-\n"
MAPPING = {
    "place": "Tỉnh",
    "measures": [{"column": "Tỷ lệ tháng 9/2026 (%)", "indicator": "rate"}],
    "made_for": ["Tỉnh", "Tỷ lệ tháng 9/2026 (%)"],
}
READ = {"edition": "2025", "level": "province", "origin": ORIGIN, "mapping": MAPPING}


@pytest.fixture(autouse=True)
def in_home(home, monkeypatch):
    """The adapter reads the store and the mappings of the test."""
    monkeypatch.setattr(module, "current_store", lambda: store_of(home))
    monkeypatch.setenv("ATLAS_HOME", str(home))


def read(options, replies, address="https://so.example/bang.csv"):
    source = source_of("table", options, address)
    checked = Table.Options.model_validate(source.options)
    return Table().read(source, checked, replies, store_of(None).catalog)


def figures(made):
    return sorted(told(made, "area", "period_end", "value"))


def said_of(tmp_path, text, options=READ):
    with pytest.raises(ShapeError) as error:
        read(options, [reply(tmp_path / "run", "bang.csv", text)])
    assert "bang.csv" in error.value.say("vi")
    return error.value.say("en")


def test_a_table_is_read_by_its_mapping(tmp_path):
    made = read(READ, [reply(tmp_path / "run", "bang.csv", SEPTEMBER)])
    assert figures(made) == [("01", "2026-09-30", 98.5), ("46", "2026-09-30", 97.1)]
    assert set(made.frame["origin"]) == {"refresh-so-lieu"}
    assert made.frame["locator"].str.startswith("bang.csv: ").all()
    assert [kind for kind, _ in made.records] == ["origin"]


def test_the_table_of_the_next_month_is_read_by_the_same_mapping(tmp_path):
    made = read(READ, [reply(tmp_path / "run", "bang.csv", OCTOBER)])
    assert figures(made) == [("01", "2026-10-31", 98.9)]  # a dash is no zero


def test_a_mapping_may_be_a_file_or_what_was_last_used(tmp_path, home):
    seen = preview("bang.csv", SEPTEMBER.encode())
    catalog = store_of(home).catalog
    proposed = propose(seen.blocks[0], catalog)
    (measure,) = proposed.measures
    mapping = proposed.model_copy(
        update={"measures": (measure.model_copy(update={"indicator": "rate"}),)}
    )
    write_columns(MAPPING, home / "mappings" / "thang.yaml")
    options = {**READ, "mapping": "mappings/thang.yaml"}
    body = reply(tmp_path / "run", "bang.csv", OCTOBER)
    assert figures(read(options, [body])) == [("01", "2026-10-31", 98.9)]
    options = {name: value for name, value in READ.items() if name != "mapping"}
    assert "import FILE --write-mapping" in said_of(tmp_path, OCTOBER, options)
    remember(mapping, seen.blocks[0], home=home)
    august = reply(tmp_path / "run", "bang.csv", SEPTEMBER.replace("9/", "8/"))
    made = read(options, [august])
    assert figures(made) == [("01", "2026-08-31", 98.5), ("46", "2026-08-31", 97.1)]


def test_files_of_a_folder_are_read_in_the_order_of_their_names(tmp_path):
    folder = tmp_path / "cap"
    files = {
        "2026-09.csv": SEPTEMBER,
        "2026-09-sua.csv": SEPTEMBER.replace("98,5", "37,0"),
        "2026-10.csv": OCTOBER,
        "Bản sao.csv": OCTOBER,
        "~$2026-10.csv": "x",
        ".an.csv": "x",
        "doc.txt": "x",
    }
    for name, text in files.items():
        reply(folder, name, text)
    options = {**READ, "glob": "*.csv"}
    source = source_of("table", options, str(folder))
    checked = Table.Options.model_validate(source.options)
    asks = Table().asks(source, checked, [])
    assert len(asks) == 4
    assert all(ask.name.isascii() and ask.address.startswith("file://") for ask in asks)
    replies = [
        reply(tmp_path / "run", "2026-09-sua.csv", files["2026-09-sua.csv"]),
        reply(tmp_path / "run", "2026-09.csv", files["2026-09.csv"]),
        reply(tmp_path / "run", "2026-10.csv", OCTOBER),
        reply(tmp_path / "run", "Ban-sao.csv", OCTOBER),
    ]
    made = read(options, replies, str(folder))
    # "2026-09-sua" stands before "2026-09." in the order of names.
    assert figures(made) == [
        ("01", "2026-09-30", 98.5),
        ("01", "2026-10-31", 98.9),
        ("46", "2026-09-30", 97.1),
    ]
    assert "2 figures are in several files; the later file is taken" in notes(made)
    assert any("the same as another one, not read again: Ban-sao.csv" in n for n in notes(made))


def test_what_would_be_asked_names_the_option_that_settles_it(tmp_path):
    text = "Tỉnh;Tỷ lệ tháng 9/2026 (%)\nHà Nội;0,985\nHuế;0,971\n"
    said = said_of(tmp_path, text)
    assert "--scale" in said
    assert "scale: {COLUMN: 1000}" in said
    options = {**READ, "scale": {"Tỷ lệ tháng 9/2026 (%)": 100}}
    made = read(options, [reply(tmp_path / "run", "bang.csv", text)])
    assert figures(made)[0] == ("01", "2026-09-30", 98.5)


def test_a_period_that_the_table_does_not_say_is_said(tmp_path):
    text = "Tỉnh;Tỷ lệ\nHà Nội;98,5\n"
    mapping = {"place": "Tỉnh", "measures": [{"column": "Tỷ lệ", "indicator": "rate"}]}
    options = {**READ, "mapping": mapping}
    said_of(tmp_path, text, options)
    made = read({**options, "period": "2026-09"}, [reply(tmp_path / "run", "bang.csv", text)])
    assert figures(made) == [("01", "2026-09-30", 98.5)]


def test_a_place_that_is_none_is_refused_or_left_out_aloud(tmp_path):
    text = SEPTEMBER + "Hà Nộii;90\n"
    assert "Hà Nộii" in said_of(tmp_path, text)
    made = read({**READ, "leave_out": True}, [reply(tmp_path / "run", "bang.csv", text)])
    assert {area for area, *_ in figures(made)} == {"01", "46"}
    assert any("left out: Hà Nộii" in note for note in notes(made))


def test_several_tables_are_named_or_read_alike(tmp_path):
    book = openpyxl.Workbook()
    for at, (sheet, value) in enumerate((("T8", 90.5), ("T9", 91.5))):
        page = book.active if at == 0 else book.create_sheet()
        page.title = sheet
        page.append(["Tỉnh", f"Tỷ lệ tháng {at + 8}/2026 (%)"])
        page.append(["Hà Nội", value])
    data = io.BytesIO()
    book.save(data)
    body = reply(tmp_path / "run", "so.xlsx", data.getvalue())
    mapping = {**MAPPING, "made_for": ["Tỉnh", "Tỷ lệ tháng 8/2026 (%)"]}
    mapping["measures"] = [{"column": "Tỷ lệ tháng 8/2026 (%)", "indicator": "rate"}]
    options = {**READ, "mapping": mapping}
    with pytest.raises(ShapeError, match=r"has 2 tables: 1\. T8"):
        read(options, [body])
    assert figures(read({**options, "table": 2}, [body])) == [("01", "2026-09-30", 91.5)]
    assert figures(read({**options, "alike": True}, [body])) == [
        ("01", "2026-08-31", 90.5),
        ("01", "2026-09-30", 91.5),
    ]
    with pytest.raises(ShapeError, match="has 2 tables, and no table 3"):
        read({**options, "table": 3}, [body])


@pytest.mark.parametrize(
    "body",
    [
        *("", "x", "\x00\x01", "<html><body>404</body></html>", "%PDF-1.4"),
        "Họ và tên;Số CCCD;Tỷ lệ tháng 9/2026 (%)\nNguyễn Văn A;001099000001;98\n",
        SEPTEMBER.replace("Tỷ lệ", "Cột khác"),
        SEPTEMBER.replace("9/2026", "9/2030"),
        SEPTEMBER.encode()[:-9] + b"\xff\xfe\xfd",
    ],
)
def test_what_is_no_such_table_stores_nothing(tmp_path, body):
    said_of(tmp_path, body)


def test_a_folder_that_is_not_there_or_empty_is_told(tmp_path):
    for address in (tmp_path / "none", tmp_path):
        source = source_of("table", {**READ, "glob": "*.xyz"}, str(address))
        checked = Table.Options.model_validate(source.options)
        with pytest.raises(ShapeError) as error:
            Table().asks(source, checked, [])
        assert str(address) in error.value.say("vi")
        assert str(address) in error.value.say("en")


def test_options_are_checked():
    for bad in ({"period": "sometime"}, {"period_of": {"a": "26"}}, {"decimal": "dot"},
                {"scale": {"a": "x"}}, {"table": 0}, {"colour": 1}):  # fmt: skip
        with pytest.raises(ValueError, match=r"."):
            Table.Options.model_validate({**READ, **bad})
