"""JSON-stat: what is read of it, and what is refused and how that is told."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.refresh import ShapeError
from metrics.refresh.adapters.jsonstat import JsonStat
from tests.metrics.refresh.adapters.cubes_made import (
    BASE,
    COUNT,
    MEASURES,
    PLACES,
    YEARS,
    dataset,
    full,
    notes,
    read,
    reply,
    source_of,
    told,
)

READ = {**BASE, "indicators": {"a": "population-average"}}
ALL = [
    ("VN", "2024-12-31", 1.0),
    ("VN", "2025-12-31", 3.0),
    ("01", "2024-12-31", 9.0),
    ("01", "2025-12-31", 11.0),
    ("46", "2024-12-31", 13.0),
    ("46", "2025-12-31", 15.0),
]


def figures(made):
    return told(made, "area", "period_end", "value")


def said_of(tmp_path, body, options=READ, lang="en"):
    with pytest.raises(ShapeError) as error:
        read(JsonStat(), options, [reply(tmp_path, "data.json", body)])
    return error.value.say(lang)


def as_first(made):
    """The same in version 1: ids and sizes among the dimensions, in a bundle."""
    inner = {**made["dimension"], **{name: made[name] for name in ("id", "size", "role")}}
    return {"dataset": {"label": made["label"], "dimension": inner, "value": made["value"]}}


def as_list(made):
    made = copy.deepcopy(made)
    for one in made["dimension"].values():
        one["category"]["index"] = list(one["category"]["index"])
    return made


def as_sparse(made):
    return {**made, "value": {str(at): one for at, one in enumerate(made["value"])}}


def as_collection(made):
    return {"version": "2.0", "class": "collection", "link": {"item": [made]}}


@pytest.mark.parametrize(
    "written", [dict, as_first, as_list, as_sparse, as_collection], ids=lambda f: f.__name__
)
def test_every_way_of_writing_is_read_the_same(tmp_path, written):
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", written(dataset(full())))])
    assert figures(made) == ALL
    assert set(made.frame["edition"]) == {"", "2025"}
    assert made.whole is False


def test_what_is_no_area_no_measure_and_no_final_figure_is_told(tmp_path):
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", dataset(full()))])
    assert notes(made) == [
        "1 value is a sum, a region or a blank, no areas: Đồng bằng sông Hồng",
        "1 measure of the source is not taken: Mật độ dân số",
    ]
    rows = made.frame.set_index(["area", "period_end"])
    assert rows.loc[("01", "2025-12-31"), "note"] == "Số sơ bộ."
    assert rows.loc[("01", "2024-12-31"), "note"] == ""
    assert rows.loc[("01", "2025-12-31"), "locator"] == "dp=3; nam=1; ct=a"
    assert rows.loc[("01", "2025-12-31"), "period_text"] == "Sơ bộ 2025"


def test_thousands_in_the_label_are_made_units_of_the_indicator(tmp_path):
    options = {**BASE, "indicators": {MEASURES["a"]: "made-count"}, "records": [COUNT]}
    made = read(JsonStat(), options, [reply(tmp_path, "data.json", dataset(full()))])
    assert figures(made) == [(area, end, value * 1000) for area, end, value in ALL]
    assert [kind for kind, _ in made.records] == ["origin", "indicator"]


def test_a_power_of_ten_is_honoured_and_a_scale_that_is_said_wins(tmp_path):
    body = dataset(full())
    body["dimension"]["ct"]["category"]["unit"] = {"a": {"label": "persons", "multiplier": 6}}
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", body)])
    assert figures(made)[0][2] == 1000.0  # a million persons, in thousands
    scaled = {**READ, "indicators": {"a": {"indicator": "population-average", "scale": 2}}}
    made = read(JsonStat(), scaled, [reply(tmp_path, "data.json", body)])
    assert figures(made)[0][2] == 2.0


def test_a_unit_that_is_not_the_indicators_is_asked(tmp_path):
    body = dataset(full())
    body["dimension"]["ct"]["category"]["unit"] = {"a": {"base": "tỷ đồng"}}
    assert "“tỷ đồng”" in (said := said_of(tmp_path, body))
    assert "say scale of the indicator" in said


@pytest.mark.parametrize(
    ("label", "unit"),
    [("Population", "thousands of persons"), ("Population (thousands)", ""), ("Dân số, 10^3", "")],
)
def test_thousands_in_words_that_are_not_known_are_asked(tmp_path, label, unit):
    body = dataset(full())
    category = body["dimension"]["ct"]["category"]
    category["label"]["a"] = label
    category["unit"] = {"a": {"label": unit}}
    assert "say scale of the indicator" in said_of(tmp_path, body)
    scaled = {**READ, "indicators": {"a": {"indicator": "population-average", "scale": 1}}}
    assert figures(read(JsonStat(), scaled, [reply(tmp_path, "data.json", body)])) == ALL


@pytest.mark.parametrize("marker", [None, "..", ".", "-", ":", "…", "x"])
def test_what_marks_a_missing_figure_is_never_zero(tmp_path, marker):
    values = full()
    values[8] = marker
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", dataset(values))])
    assert figures(made) == [row for row in ALL if row[:2] != ("01", "2024-12-31")]
    assert "1 cell has no figure" in notes(made)


@pytest.mark.parametrize(
    ("status", "row"),
    [
        ({"8": ".."}, None),
        ({"8": "M"}, None),
        ({"8": "Q"}, ("suppressed", "exact", "result", "")),
        ({"8": "z"}, ("not_applicable", "exact", "result", "")),
        ({"8": "p"}, ("reported", "exact", "result", "Số sơ bộ.")),
        ({"8": "E"}, ("reported", "about", "result", "Số ước tính.")),
        ({"8": "F"}, ("reported", "exact", "forecast", "Số dự báo.")),
        (["A"] * 8 + ["b p"] + ["A"] * 7, ("reported", "exact", "result",
                                          "Số sơ bộ. Nguồn ghi chuỗi số liệu gián đoạn tại đây.")),
    ],
)  # fmt: skip
def test_a_status_is_a_state_a_qualifier_or_a_note(tmp_path, status, row):
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", dataset(full(), status=status))])
    rows = made.frame[(made.frame["area"] == "01") & (made.frame["period_end"] == "2024-12-31")]
    names = ["state", "qualifier", "role", "note"]
    assert [tuple(one) for one in rows[names].to_numpy()] == ([row] if row else [])


def test_a_status_that_nobody_knows_is_asked_unless_there_is_no_figure(tmp_path):
    body = dataset(full(), status={"8": "S"})
    assert "dp=3; nam=0; ct=a: received “S”" in said_of(tmp_path, body)
    own = {**READ, "statuses": {"S": "normal"}}
    assert figures(read(JsonStat(), own, [reply(tmp_path, "data.json", body)])) == ALL
    body["value"][8] = None
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", body)])
    assert len(figures(made)) == len(ALL) - 1


def test_the_dimensions_are_named_where_roles_say_nothing(tmp_path):
    body = dataset(full(), role={})
    assert "as area: dp (DP), nam (NAM), ct (CT)" in said_of(tmp_path, body)
    options = {**READ, "area": "DP", "time": "nam", "measure": "ct"}
    assert figures(read(JsonStat(), options, [reply(tmp_path, "data.json", body)])) == ALL


def test_other_dimensions_need_one_value_that_is_said(tmp_path):
    dims = {"gt": {"m": "Nam", "f": "Nữ", "t": "Chung"}, "dp": PLACES, "nam": YEARS, "ct": MEASURES}
    body = dataset(full(dims), dims=dims)
    assert "m (Nam), f (Nữ), t (Chung)" in said_of(tmp_path, body)
    fixed = {**READ, "fixed": {"gt": "Chung"}}
    made = read(JsonStat(), fixed, [reply(tmp_path, "data.json", body)])
    assert figures(made) == [(area, end, value + 32) for area, end, value in ALL]
    assert "m (Nam), f (Nữ)" in said_of(tmp_path, body, {**READ, "fixed": {"gt": "Tổng"}})


def test_one_indicator_takes_one_measure_and_its_unit(tmp_path):
    one = {**BASE, "indicator": "made-count", "records": [COUNT]}
    body = dataset(full())
    assert "a (Dân số trung bình" in said_of(tmp_path, body, one)
    made = read(JsonStat(), {**one, "fixed": {"ct": "a"}}, [reply(tmp_path, "data.json", body)])
    assert figures(made)[0] == ("VN", "2024-12-31", 1000.0)


def test_areas_are_told_by_code_only_where_that_is_said(tmp_path):
    dims = {"dp": {"01": "01", "46": "46"}, "nam": YEARS, "ct": MEASURES}
    body = dataset(full(dims), dims=dims)
    assert "names or codes of areas" in said_of(tmp_path, body)
    made = read(JsonStat(), {**READ, "area_by": "code"}, [reply(tmp_path, "data.json", body)])
    assert {area for area, *_ in figures(made)} == {"01", "46"}


def test_a_code_that_contradicts_its_name_is_refused(tmp_path):
    dims = {"dp": {"01": "Huế"}, "nam": YEARS, "ct": MEASURES}
    body = dataset(full(dims), dims=dims)
    options = {**READ, "area_by": "code"}
    assert "received “Huế”" in (said := said_of(tmp_path, body, options))
    assert "this code is Thành phố Hà Nội" in said


def test_names_are_never_near_enough_and_by_hand_are_what_is_said(tmp_path):
    dims = {"dp": {"1": "Hà Nội", "2": "Hà Nộii", "3": "Kinh thành"}, "nam": YEARS, "ct": MEASURES}
    body = dataset(full(dims), dims=dims)
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", body)])
    assert {area for area, *_ in figures(made)} == {"01"}
    assert "2 values match no area of the map and are left out: Hà Nộii, Kinh thành" in notes(made)
    options = {**READ, "places": {"Kinh thành": "46", "2": None}}
    made = read(JsonStat(), options, [reply(tmp_path, "data.json", body)])
    assert {area for area, *_ in figures(made)} == {"01", "46"}


def test_two_values_of_one_area_are_refused(tmp_path):
    dims = {"dp": {"1": "Hà Nội", "2": "Thành phố Hà Nội"}, "nam": YEARS, "ct": MEASURES}
    said = said_of(tmp_path, dataset(full(dims), dims=dims))
    assert "dp=1; nam=0; ct=a" in said
    assert "each name, code or figure once" in said


@pytest.mark.parametrize(
    ("label", "end", "grain"),
    [
        ("2024", "2024-12-31", "year"),
        ("2026Q1", "2026-03-31", "quarter"),
        ("2026K3", "2026-09-30", "quarter"),
        ("2026M02", "2026-02-28", "month"),
        ("2026-02", "2026-02-28", "month"),
        ("2026-S1", "2026-06-30", "year_to_date"),
        ("2025H2", "2025-12-31", "unknown"),
        ("2026-04-01", "2026-04-01", "instant"),
        ("Quý I/2026", "2026-03-31", "quarter"),
    ],
)
def test_periods_are_read_as_they_are_written(tmp_path, label, end, grain):
    dims = {"dp": PLACES, "nam": {"7": label}, "ct": MEASURES}
    made = read(JsonStat(), READ, [reply(tmp_path, "data.json", dataset(full(dims), dims=dims))])
    assert set(told(made, "period_end", "grain")) == {(end, grain)}


@pytest.mark.parametrize("label", ["1988-1990", "202602", "2026-W05", "2026M13", "Tổng số", "26"])
def test_what_may_be_two_periods_or_none_is_asked(tmp_path, label):
    dims = {"dp": PLACES, "nam": {"2024": "2024", "x": label}, "ct": MEASURES}
    body = dataset(full(dims), dims=dims)
    assert f"x: {label}" in (said := said_of(tmp_path, body))
    assert "explained by periods" in said
    options = {**READ, "periods": {label: None}}
    assert len(figures(read(JsonStat(), options, [reply(tmp_path, "data.json", body)]))) == 3


def test_a_code_of_another_period_than_its_label_is_refused(tmp_path):
    dims = {"dp": PLACES, "nam": {"2023": "2024"}, "ct": MEASURES}
    assert "received “2023: 2024”" in said_of(tmp_path, dataset(full(dims), dims=dims))


def test_a_measure_that_is_gone_is_refused(tmp_path):
    options = {**BASE, "indicators": {"a": "population-average", "c": "population-urban"}}
    assert "c is not there" in said_of(tmp_path, dataset(full()), options)


def test_a_bundle_has_the_dataset_that_is_named(tmp_path):
    first = as_first(dataset(full()))["dataset"]
    body = {"moi": first, "cu": first}
    assert "one of: moi, cu" in said_of(tmp_path, body)
    made = read(JsonStat(), {**READ, "dataset": "moi"}, [reply(tmp_path, "data.json", body)])
    assert figures(made) == ALL


def test_a_collection_that_points_elsewhere_is_followed(tmp_path):
    item = {"class": "dataset", "label": "x", "href": "/other.json"}
    first = reply(tmp_path, "data.json", as_collection(item))
    source = source_of("jsonstat", READ)
    options = JsonStat.Options.model_validate(READ)
    assert [ask.address for ask in JsonStat().asks(source, options, [])] == [source.address]
    (ask,) = JsonStat().asks(source, options, [first])
    assert ask.address == "https://stat.example/other.json"
    second = reply(tmp_path, ask.name, dataset(full()))
    assert not JsonStat().asks(source, options, [first, second])
    assert figures(read(JsonStat(), READ, [first, second])) == ALL


def test_files_of_a_folder_are_read_together(tmp_path):
    folder = tmp_path / "cap"
    dims = {"dp": PLACES, "nam": {"0": "2023"}, "ct": MEASURES}
    for name, body in (("a.json", dataset(full())), ("b.json", dataset(full(dims), dims=dims))):
        reply(folder, name, body)
    reply(folder, "c.json", dataset(full()))  # the first one once more
    reply(folder, "~$a.json", "{}")
    source = source_of("jsonstat", READ, str(folder))
    options = JsonStat.Options.model_validate(READ)
    asks = JsonStat().asks(source, options, [])
    assert [ask.name for ask in asks] == ["a.json", "b.json", "c.json"]
    replies = [reply(tmp_path / "run", a.name, (folder / a.name).read_bytes(), ask=a) for a in asks]
    made = read(JsonStat(), READ, replies, str(folder))
    assert {end for _, end, _ in figures(made)} == {"2023-12-31", "2024-12-31", "2025-12-31"}


def damaged():
    """Every kind of damage, by what is said of it."""

    def but(**changes):
        return dataset(full()) | changes

    def inside(change):
        made = dataset(full())
        change(made)
        return made

    def at(made, *names, value):
        for name in names[:-1]:
            made = made[name]
        made[names[-1]] = value

    index = ("dimension", "dp", "category", "index")
    text = json.dumps(dataset(full()))
    yield "cut off", text[:-30], "whole JSON"
    yield "empty", "", "1 to"
    yield "no JSON", "<html>", "whole JSON"
    yield "NaN", text.replace("1.0,", "NaN,", 1), "finite"
    yield "half a sign", text.replace("CT", "\\ud800", 1), "surrogates"
    yield "Infinity", text.replace("1.0,", "-Infinity,", 1), "finite"
    yield "nested", "[" * 100_000, "whole JSON"
    yield "thousands of digits", text.replace("1.0,", "1" * 5000 + ",", 1), "JSON"
    yield "huge", text.replace("1.0,", "1e300,", 1), "below 10^18"
    yield "overflow", text.replace("1.0,", "1e999,", 1), "below 10^18"
    yield "a name twice", text.replace('"ct": 2', '"ct": 2')[:-1] + ', "id": []}', "once"
    yield "a list", [1, 2], "an object"
    yield "an error", {"error": "Too many values"}, "Too many values"
    yield "a dimension", {"class": "dimension"}, "a dataset or collection"
    yield "too few values", but(value=full()[:-1]), "16 values"
    yield "too many values", but(value=[*full(), 1.0]), "16 values"
    yield "sparse beyond", but(value={"16": 1}), "from 0 to 15"
    yield "sparse twice", but(value={"1": 1, "01": 1}), "from 0 to 15"
    yield "sparse before", but(value={"-1": 1}), "from 0 to 15"
    yield "words", but(value=["nhiều", *full()[1:]]), "value[0]: received “nhiều”"
    yield "truth", but(value=[True, *full()[1:]]), "a number"
    yield "lists", but(value=[[1], *full()[1:]]), "a number"
    yield "no values", {k: v for k, v in but().items() if k != "value"}, "must be there"
    yield "sizes", but(size=[4, 2]), "3 whole numbers"
    yield "size 0", but(size=[4, 0, 2]), "3 whole numbers"
    yield "size text", but(size=["4", "2", "2"]), "a whole number"
    yield "size float", but(size=[4.0, 2.0, 2.0]), "a whole number"
    yield "too many cells", but(size=[10**9, 10**9, 2]), "at most 5,000,000 cells"
    yield "ids twice", but(id=["dp", "dp", "ct"]), "each name once"
    yield "no ids", but(id=[], size=[]), "1 to 30 dimensions"
    yield "dimension gone", but(id=["dp", "xx", "ct"]), "must be there"
    yield "role", but(role={"time": ["xx"]}), "role.time"
    yield "two times", but(role={"time": ["nam", "ct"]}), "one dimension of the role time"
    yield "status", but(status=["p"]), None
    yield "status short", but(status=["p", "p"]), "16 values"
    yield "status number", but(status={"1": 5}), "text"
    yield "index gap", inside(lambda m: at(m, *index, value={"1": 0, "2": 1, "3": 2, "4": 9})), "4"
    yield "index twice", inside(lambda m: at(m, *index, value=["1", "1", "3", "4"])), "4 different"
    yield "index short", inside(lambda m: at(m, *index, value=["1", "2"])), "4 different codes"
    yield "index text", inside(lambda m: at(m, *index, value={"1": "0"})), "index"
    yield "index none", inside(lambda m: at(m, *index, value=None)), "4 different codes"
    yield (
        "label of no code",
        inside(lambda m: m["dimension"]["dp"]["category"]["label"].update(z="Z")),
        "the codes of the index",
    )
    yield "many dimensions", many_dimensions(40), "1 to 30 dimensions"
    yield "UTF-16 cut", text.encode("utf-16")[:-3], ""


def many_dimensions(n):
    dims = {f"d{at}": {"x": "X"} for at in range(n)}
    return dataset([1.0], dims=dims, role={})


@pytest.mark.parametrize(
    ("body", "said"), [pytest.param(body, said, id=name) for name, body, said in damaged()]
)
def test_damage_is_told_with_its_file_its_place_and_what_is_allowed(tmp_path, body, said):
    if said is None:
        read(JsonStat(), READ, [reply(tmp_path, "data.json", body)])
        return
    for lang in ("en", "vi"):
        found = said_of(tmp_path, body, lang=lang)
        assert "data.json" in found
    assert said in said_of(tmp_path, body)


def test_marks_and_tails_of_servers_are_no_damage(tmp_path):
    text = json.dumps(dataset(full()), ensure_ascii=False)
    for body in (b"\xef\xbb\xbf" + text.encode(), text.encode() + b"\x00", text.encode("utf-16")):
        assert figures(read(JsonStat(), READ, [reply(tmp_path, "data.json", body)])) == ALL


CODES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=5
)
OTHERS = st.lists(
    st.tuples(
        CODES.filter(lambda id_: id_ not in ("nam", "dp")),
        st.lists(CODES, min_size=1, max_size=3, unique=True),
    ),
    max_size=2,
    unique_by=lambda pair: pair[0],
)
NUMBERS = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False), st.integers(-(10**9), 10**9))


@given(data=st.data(), others=OTHERS, order=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(tmp_path_factory, data, others, order):
    provinces = ["Hà Nội", "Huế", "Cao Bằng"]
    codes = {"01": "Hà Nội", "46": "Huế", "04": "Cao Bằng"}
    dims = {id_: {code: code for code in values} for id_, values in others}
    dims["dp"] = {str(n): name for n, name in enumerate(provinces)}
    dims["nam"] = {str(year): str(year) for year in range(2021, 2024)}
    names = list(dims)
    order.shuffle(names)
    dims = {name: dims[name] for name in names}
    values = data.draw(st.lists(NUMBERS, min_size=len(full(dims)), max_size=len(full(dims))))
    written = data.draw(st.sampled_from([dict, as_list, as_sparse, as_first]))
    body = written(dataset(values, dims=dims, role={"time": ["nam"], "geo": ["dp"]}))
    fixed = {id_: data.draw(st.sampled_from(found)) for id_, found in others}
    options = {
        **BASE,
        "indicator": "made-any",
        "fixed": fixed,
        "records": [COUNT | {"id": "made-any", "kind": "rate", "aggregation": "none"}],
    }
    strides, wanted = {}, []
    step = 1
    for name in reversed(names):
        strides[name] = step
        step *= len(dims[name])
    for place, label in dims["dp"].items():
        for year in dims["nam"]:
            at = {**fixed, "dp": place, "nam": year}
            value = values[sum(strides[n] * list(dims[n]).index(at[n]) for n in names)]
            if value is not None:
                code = next(c for c, name in codes.items() if name == label)
                wanted.append((code, f"{year}-12-31", float(value)))
    folder = tmp_path_factory.mktemp("lai")
    replies = [reply(folder, "data.json", body)]
    if not wanted:
        with pytest.raises(ShapeError, match="at least one figure"):
            read(JsonStat(), options, replies)
        return
    assert sorted(figures(read(JsonStat(), options, replies))) == sorted(wanted)
