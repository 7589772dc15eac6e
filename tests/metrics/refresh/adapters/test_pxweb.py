"""Tables of PxWeb: asked in parts that the service gives, joined, and checked."""

import itertools
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from metrics.refresh import ShapeError
from metrics.refresh.adapters.pxweb import PxWeb
from tests.metrics.refresh.adapters.cubes_made import (
    BASE,
    MEASURES,
    PLACES,
    dimension,
    notes,
    read,
    reply,
    source_of,
    told,
)

YEARS = {"0": "2023", "1": "2024", "2": "Sơ bộ 2025"}
SEX = {"t": "Chung", "m": "Nam", "f": "Nữ"}
DIMS = {"Tỉnh": PLACES, "Giới": SEX, "Năm": YEARS, "Chỉ tiêu": MEASURES}
FIRST = "https://stat.example/pxweb/api/v1/vi/Dân số/V02.01.px"
SECOND = "https://stat.example/api/v2/tables/TAB1"
READ = {
    **BASE,
    "api": 1,
    "area": "Tỉnh",
    "measure": "Chỉ tiêu",
    "indicators": {"Dân số trung bình (Nghìn người)": "population-average"},
    "fixed": {"Giới": "Chung"},
}


def value_at(codes):
    """A number that is that of no other cell."""
    at = 0
    for name, values in DIMS.items():
        at = at * 10 + list(values).index(codes.get(name, "t")) + 1
    return float(at)


def variables():
    for name, values in DIMS.items():
        made = {"code": name, "text": name, "values": list(values)}
        made["valueTexts"] = list(values.values())
        made |= {"time": True} if name == "Năm" else {}
        made |= {"elimination": True} if name == "Giới" else {}
        yield made


def metadata():
    dims = {name: dimension(name, values) for name, values in DIMS.items()}
    dims["Giới"]["extension"] = {"elimination": True, "codelists": []}
    size = [len(values) for values in DIMS.values()]
    role = {"time": ["Năm"], "metric": ["Chỉ tiêu"]}
    return {"version": "2.0", "class": "dataset", "label": "Dân số", "id": list(DIMS),
            "size": size, "role": role, "dimension": dims}  # fmt: skip


class Service:
    """A service that answers as PxWeb does, and no more cells at once than it says."""

    def __init__(self, most=1_000, version=1):
        self.most, self.version, self.asked = most, version, []

    def body(self, ask):
        self.asked.append(ask)
        parts = urlsplit(ask.address)
        if ask.name == "config.json":
            assert parts.path.endswith("/config") or parts.query == "config"
            return {"maxCells" if self.version == 1 else "maxDataCells": self.most}
        if ask.name == "table.json":
            made = {"title": "Dân số", "variables": list(variables())}
            return made if self.version == 1 else metadata()
        picked = self._picked(ask, parts)
        assert len(list(itertools.product(*picked.values()))) <= self.most
        dims = {name: dimension(name, {c: DIMS[name][c] for c in picked[name]}) for name in picked}
        values = [
            value_at(dict(zip(picked, codes, strict=True)))
            for codes in itertools.product(*picked.values())
        ]
        return {"class": "dataset", "version": "2.0", "label": "Dân số", "id": list(picked),
                "size": [len(codes) for codes in picked.values()], "role": {"time": ["Năm"]},
                "dimension": dims, "value": values}  # fmt: skip

    def _picked(self, ask, parts):
        if ask.method == "POST" and self.version == 1:
            assert ask.body["response"] == {"format": "json-stat2"}
            rows = ask.body["query"]
            return {one["code"]: one["selection"]["values"] for one in rows}
        if ask.method == "POST":
            return {one["variableCode"]: one["valueCodes"] for one in ask.body["selection"]}
        said = parse_qs(parts.query)
        assert said.pop("outputFormat") == ["json-stat2"]
        assert said.pop("lang") == ["vi"]
        codes = {key[11:-1]: values[0] for key, values in said.items()}
        return {n: list(DIMS[n]) if v == "*" else v.split(",") for n, v in codes.items()}


def answered(folder, options, service, address=FIRST):
    source = source_of("pxweb", options, address)
    checked = PxWeb.Options.model_validate(source.options)
    replies = []
    while asks := PxWeb().asks(source, checked, replies):
        for ask in asks:
            assert ask.address.isascii()
            replies.append(reply(folder, ask.name, service.body(ask), ask=ask))
        assert len(replies) < 200
    return replies


def cell(area, sex, year, measure):
    return value_at({"Tỉnh": area, "Giới": sex, "Năm": year, "Chỉ tiêu": measure})


ALL = sorted(
    (code, end, cell(area, "t", year, "a"))
    for (code, area), (end, year) in itertools.product(
        (("VN", "1"), ("01", "3"), ("46", "4")),
        (("2023-12-31", "0"), ("2024-12-31", "1"), ("2025-12-31", "2")),
    )
)


def figures(made):
    return sorted(told(made, "area", "period_end", "value"))


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("most", [1_000, 5, 1])
def test_a_table_is_asked_in_parts_that_the_service_gives(tmp_path, version, most):
    service = Service(most, version)
    address, options = (FIRST, SECOND)[version - 1], {**READ, "api": version}
    replies = answered(tmp_path, options, service, address)
    made = read(PxWeb(), options, replies, address)
    assert figures(made) == ALL
    assert len(service.asked) - 2 == {1_000: 1, 5: 4, 1: 12}[most]
    assert notes(made)[0].endswith("Đồng bằng sông Hồng")
    assert made.frame["note"].isin(["", "Số sơ bộ."]).all()


def test_the_order_of_the_replies_is_of_no_matter(tmp_path):
    replies = answered(tmp_path, READ, Service(5))
    assert figures(read(PxWeb(), READ, replies[::-1], FIRST)) == ALL


def test_only_the_newest_periods_are_asked_for_where_that_is_said(tmp_path):
    options = {**READ, "latest": 1, "most_cells": 50}
    service = Service()
    made = read(PxWeb(), options, answered(tmp_path, options, service), FIRST)
    assert figures(made) == [row for row in ALL if row[1] == "2025-12-31"]
    assert [ask.name for ask in service.asked] == ["table.json", "data.json"]


def test_long_addresses_are_asked_as_a_body(tmp_path):
    options = {**READ, "api": 2, "latest": 2}
    replies = answered(tmp_path, options, Service(version=2), SECOND)
    assert replies[-1].ask.method == "GET"
    assert "%2A" not in replies[-1].ask.address
    many = {str(n): f"Xã {n}" for n in range(900)} | PLACES
    DIMS["Tỉnh"] = many
    try:
        replies = answered(tmp_path, {**options, "periods": {"2023": None}, "latest": 1},
                           Service(500, 2), SECOND)  # fmt: skip
    finally:
        DIMS["Tỉnh"] = PLACES
    assert {one.ask.method for one in replies[2:]} == {"POST"}


def test_a_variable_is_summed_up_by_the_service_only_where_that_is_said(tmp_path):
    options = {**READ, "fixed": {}}
    with pytest.raises(ShapeError, match=r"t \(Chung\), m \(Nam\)"):
        answered(tmp_path, options, Service())
    options |= {"eliminated": ["Giới"]}
    service = Service()
    assert [c["code"] for c in answered(tmp_path, options, service)[-1].ask.body["query"]] == [
        *("Tỉnh", "Năm", "Chỉ tiêu")
    ]
    with pytest.raises(ShapeError, match="the service can sum up"):
        answered(tmp_path, {**READ, "eliminated": ["Năm"]}, Service())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"area": "Huyện"}, "one of: Tỉnh, Giới, Năm"),
        ({"fixed": {"Giới": "X"}}, "Chung"),
        ({"fixed": {"X": "t"}}, "one of: Tỉnh"),
        ({"indicators": {"Xe": "population-average"}}, "a (Dân số"),
        ({"measure": ""}, "say which by fixed"),
        ({"periods": {"2024": "?"}}, "explained by periods"),
    ],
)
def test_what_the_table_lacks_is_told_before_anything_is_asked(tmp_path, changes, said):
    with pytest.raises(ShapeError) as error:
        answered(tmp_path, {**READ, **changes}, Service())
    assert said in error.value.say("en")
    assert "table.json" in error.value.say("vi")


def test_too_many_questions_are_refused(tmp_path):
    options = {**READ, "most_cells": 1}
    DIMS["Tỉnh"] = {str(n): f"Xã {n}" for n in range(200)} | PLACES
    try:
        with pytest.raises(ShapeError, match="at most 400 questions of 1 cell each"):
            answered(tmp_path, options, Service())
    finally:
        DIMS["Tỉnh"] = PLACES


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("table.json", {"variables": []}, "title"),
        ("table.json", {"title": "x", "variables": []}, "variables"),
        ("table.json", {"title": "x", "variables": [{"code": 1}]}, "text"),
        ("table.json", "<html>403</html>", "whole JSON"),
        ("config.json", {"other": 1}, "most_cells does"),
        ("data.json", {"error": "Too many values selected"}, "Too many values selected"),
        ("data.json", "{", "whole JSON"),
    ],
)
def test_other_replies_are_refused(tmp_path, name, body, said):
    replies = answered(tmp_path, READ, Service())
    replies = [reply(tmp_path, name, body) if one.ask.name == name else one for one in replies]
    with pytest.raises(ShapeError) as error:
        read(PxWeb(), READ, replies, FIRST)
    assert said in error.value.say("en")
    assert name in error.value.say("vi")


def changed(folder, one, change):
    body = json.loads(one.path.read_text("utf-8"))
    change(body)
    return reply(folder, one.ask.name, body, ask=one.ask)


def test_half_a_reply_is_no_reply(tmp_path):
    replies = answered(tmp_path, READ, Service(5))
    with pytest.raises(ShapeError, match="must be there"):
        read(PxWeb(), READ, replies[:-1], FIRST)
    with pytest.raises(ShapeError, match="must be there"):
        read(PxWeb(), READ, replies[1:], FIRST)

    def fewer(body):
        place = body["dimension"]["Tỉnh"]["category"]
        gone = list(place["index"])[-1]
        place["index"].pop(gone)
        place["label"].pop(gone)
        at = body["id"].index("Tỉnh")
        body["size"][at] -= 1
        body["value"] = body["value"][
            : len(body["value"]) * body["size"][at] // (body["size"][at] + 1)
        ]

    whole = answered(tmp_path / "b", READ, Service())
    half = [*whole[:-1], changed(tmp_path / "c", whole[-1], fewer)]
    with pytest.raises(ShapeError, match="exactly the 4 codes that were asked for"):
        read(PxWeb(), READ, half, FIRST)


def test_the_newest_are_all_there_is_only_where_all_are_asked():
    PxWeb.Options.model_validate({**READ, "whole": True})
    with pytest.raises(ValueError, match="latest"):
        PxWeb.Options.model_validate({**READ, "whole": True, "latest": 1})


def test_what_is_refused_as_too_much_is_asked_in_parts(tmp_path):
    options = {**READ, "most_cells": 100}
    source = source_of("pxweb", options, FIRST)
    checked = PxWeb.Options.model_validate(source.options)
    service, replies = Service(3), []
    while asks := PxWeb().asks(source, checked, replies):
        for ask in asks:
            try:
                replies.append(reply(tmp_path, ask.name, service.body(ask), ask=ask))
            except AssertionError:
                said = {"error": "Too many values selected"}
                replies.append(reply(tmp_path, ask.name, said, 403, ask))
    assert figures(read(PxWeb(), options, replies, FIRST)) == ALL
    assert [one.ask.name for one in replies if one.status == 403][:2] == [
        "data.json",
        "data-1.json",
    ]
    bad = reply(tmp_path / "b", "data.json", "<h1>Forbidden</h1>", 403)
    with pytest.raises(ShapeError, match="HTTP 403: received “<h1>Forbidden"):
        PxWeb().asks(source, checked, [replies[0], bad])
