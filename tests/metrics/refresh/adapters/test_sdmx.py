"""SDMX-CSV: both versions, with and without labels; what is refused and how that is told."""

import unicodedata

import pytest

from metrics.refresh import ShapeError
from metrics.refresh.adapters.sdmx import Sdmx
from tests.metrics.refresh.adapters.cubes_made import BASE, COUNT, notes, read, reply, told

READ = {
    **BASE,
    "area_by": "code",
    "measure": "INDICATOR",
    "indicators": {"DS": "made-count"},
    "records": [COUNT],
}
FIRST = """DATAFLOW,INDICATOR,REF_AREA,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS
NSO:DF(1.0),DS,VN,A,2025,101.5,A
NSO:DF(1.0),DS,01,A,2025,8,P
NSO:DF(1.0),DS,46,A,2025,,M
"""
SECOND = """STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS
dataflow,NSO:DF(1.0.0),I,DS,VN,A,2025,101.5,A
dataflow,NSO:DF(1.0.0),R,DS,01,A,2025,8,P
dataflow,NSO:DF(1.0.0),A,DS,46,A,2025,NaN,
"""
LABELLED = """DATAFLOW,INDICATOR:I,REF_AREA:Area,FREQ:F,TIME_PERIOD:T,OBS_VALUE:V,OBS_STATUS:S
NSO:DF(1.0): Population,DS: Dân số,VN: Cả nước,A: Annual,2025: 2025,101.5,A: Normal
NSO:DF(1.0): Population,DS: Dân số,HN: Hà Nội,A: Annual,2025: 2025,8,P: Provisional
NSO:DF(1.0): Population,DS: Dân số,HUE: Huế,A: Annual,2025: 2025,,M: Missing
"""
BESIDE = """STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,Of,REF_AREA,At,TIME_PERIOD,OBS_VALUE
dataflow,NSO:DF(1.0.0),I,DS,Dân số,V,Cả nước,2025,101.5
dataflow,NSO:DF(1.0.0),I,DS,Dân số,H,Hà Nội,Sơ bộ 2025,8
dataflow,NSO:DF(1.0.0),I,DS,Dân số,T,Huế,2025,
"""
TONES = "\u0300\u0301\u0303\u0309\u0323"
ALL = [("VN", "2025-12-31", 101.5, ""), ("01", "2025-12-31", 8.0, "Số sơ bộ.")]


def figures(made):
    return told(made, "area", "period_end", "value", "note")


def said_of(tmp_path, text, options=READ):
    with pytest.raises(ShapeError) as error:
        read(Sdmx(), options, [reply(tmp_path, "data.csv", text)])
    assert "data.csv" in error.value.say("vi")
    return error.value.say("en")


@pytest.mark.parametrize(
    ("text", "by"), [(FIRST, "code"), (SECOND, "code"), (LABELLED, "name"), (BESIDE, "name")]
)
def test_both_versions_are_read_with_labels_and_without(tmp_path, text, by):
    made = read(Sdmx(), {**READ, "area_by": by}, [reply(tmp_path, "data.csv", text)])
    assert figures(made) == ALL
    assert notes(made) == ["1 cell has no figure"]


def test_marks_semicolons_and_old_encodings_are_read(tmp_path):
    text = LABELLED.replace(",", ";")
    for name, data in (
        ("bom", b"\xef\xbb\xbf" + text.encode()),
        ("utf16", text.encode("utf-16")),
        ("old", "".join(_decomposed(c) for c in text).encode("cp1258")),
    ):
        options = {**READ, "area_by": "name"}
        assert figures(read(Sdmx(), options, [reply(tmp_path, f"{name}.csv", data)])) == ALL


def _decomposed(char):
    """Write a letter as Windows-1258 has it, its tone as a mark behind it."""
    parts = unicodedata.normalize("NFD", char)
    own = "".join(p for p in parts if p not in TONES)
    return unicodedata.normalize("NFC", own) + "".join(p for p in parts if p in TONES)


@pytest.mark.parametrize(("power", "value"), [("3", 8000.0), ("0", 8.0), ("-1", 0.8)])
def test_a_power_of_ten_is_honoured(tmp_path, power, value):
    text = FIRST.replace("OBS_STATUS", "OBS_STATUS,UNIT_MULT").replace(",A\n", f",A,{power}\n")
    text = text.replace(",P\n", f",P,{power}\n").replace(",M\n", ",M,\n")
    made = read(Sdmx(), READ, [reply(tmp_path, "data.csv", text)])
    assert figures(made)[1][2] == value
    scaled = {**READ, "indicators": {"DS": {"indicator": "made-count", "scale": 10}}}
    made = read(Sdmx(), scaled, [reply(tmp_path, "data.csv", text)])
    assert figures(made)[1][2] == 80.0


def test_a_power_that_is_not_said_is_asked(tmp_path):
    text = FIRST.replace("OBS_STATUS", "OBS_STATUS,UNIT_MULT").replace("\nNSO", ",\nNSO", 3)
    text = text.replace("OBS_STATUS,UNIT_MULT,", "OBS_STATUS,UNIT_MULT").replace(",M\n", ",M,\n")
    said = said_of(tmp_path, text)
    assert "UNIT_MULT" in said
    assert "say scale of the indicator" in said


def test_power_of_ten_is_made_the_unit_of_the_indicator(tmp_path):
    text = FIRST.replace("OBS_STATUS", "OBS_STATUS,UNIT_MULT")
    text = text.replace(",A\n", ",A,6\n").replace(",P\n", ",P,6\n").replace(",M\n", ",M,6\n")
    options = {**READ, "indicators": {"DS": "population-average"}, "records": []}
    made = read(Sdmx(), options, [reply(tmp_path, "data.csv", text)])
    assert figures(made)[1][2] == 8000.0  # millions, in thousands


def test_a_column_that_tells_figures_apart_is_fixed_or_ignored(tmp_path):
    text = FIRST.replace("FREQ", "SEX").replace(",A,2025,101", ",T,2025,101")
    text = text.replace("01,A,", "01,T,").replace("46,A,", "46,F,")
    said = said_of(tmp_path, text)
    assert "SEX: received “2”" in said
    assert "T, F" in said
    options = {**READ, "fixed": {"SEX": "T"}}
    made = read(Sdmx(), options, [reply(tmp_path, "data.csv", text)])
    assert figures(made) == ALL
    assert made.frame["locator"].iloc[1] == "SEX=T; INDICATOR=DS; REF_AREA=01; TIME_PERIOD=2025"
    ignoring = {**READ, "ignored": ["SEX"]}
    assert figures(read(Sdmx(), ignoring, [reply(tmp_path, "data.csv", text)])) == ALL
    assert "one of: T, F" in said_of(tmp_path, text, {**READ, "fixed": {"SEX": "X"}})


def test_several_dataflows_are_asked(tmp_path):
    text = FIRST + "NSO:OTHER(1.0),DS,01,A,2024,7,A\n"
    assert "NSO:DF(1.0), NSO:OTHER(1.0)" in said_of(tmp_path, text)
    made = read(Sdmx(), {**READ, "dataflow": "NSO:DF(1.0)"}, [reply(tmp_path, "data.csv", text)])
    assert figures(made) == ALL


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: "", "1 to"),
        (lambda t: t.split("\n")[0], "at least one figure"),
        (lambda t: t[:-12], "cells as in the header"),
        (lambda t: t.replace("8,P", "8,P,9"), "cells as in the header"),
        (lambda t: t.replace("DATAFLOW", "FLOW"), "STRUCTURE_ID"),
        (lambda t: t.replace("OBS_VALUE", "VALUE_OF"), "OBS_VALUE"),
        (lambda t: t.replace("FREQ", "REF_AREA"), "once"),
        (lambda t: t.replace("101.5", "nhiều"), "2, OBS_VALUE: received “nhiều”"),
        (lambda t: t.replace("101.5", '"101,5"'), "received “101,5”"),
        (lambda t: t.replace("101.5", "1e300"), "below 10^18"),
        (lambda t: t.replace("101.5", "Infinity"), "below 10^18"),
        (lambda t: t.replace("101.5", "9" * 400), "below 10^18"),
        (lambda t: t.replace("8,P", "8,S"), "explained by statuses"),
        (lambda t: t + "NSO:DF(1.0),DS,01,A,2025,9,A\n", "each name, code or figure once"),
        (lambda t: t.replace(",01,", ",99,").replace(",46,", ",98,").replace("VN", "X"), "areas"),
        (lambda t: t.replace("DS", "DT"), "DS is not there"),
        (lambda t: t.replace("2025", "2025-W01"), "explained by periods"),
        (lambda t: t.replace("101.5", '"101.5'), "cannot be read"),
        (lambda t: t.replace("101.5", "\x00"), "cannot be read"),
    ],
)
def test_damage_is_told(tmp_path, change, said):
    assert said in said_of(tmp_path, change(FIRST))


def test_rows_that_delete_figures_are_refused(tmp_path):
    assert "4, ACTION: received “D”" in said_of(tmp_path, SECOND.replace(",A,DS", ",D,DS"))


def test_the_whole_file_withdraws_only_where_that_is_said(tmp_path):
    body = reply(tmp_path, "data.csv", FIRST)
    assert not read(Sdmx(), READ, [body]).whole
    assert read(Sdmx(), {**READ, "whole": True}, [body]).whole


def test_options_are_checked():
    for bad in (
        {**READ, "edition": "1900"},
        {**READ, "indicator": "made-count"},
        {**READ, "within": "99"},
        {**READ, "place": "01"},
        {**READ, "places": {"HN": "xx"}},
        {**READ, "glob": "../*.csv"},
        {**READ, "indicators": {"DS": {"indicator": "made-count", "scale": 0}}},
        {**READ, "indicators": {"DS": {"indicator": "made-count", "role": "wish"}}},
        {**READ, "measure": 5},
        {**READ, "other": 1},
    ):
        with pytest.raises(ValueError, match=r"."):
            Sdmx.Options.model_validate(bad)
