"""The census of 2019: as published by district, added up by province, carried to edition 2024.

District boundaries changed between the census and the last map with districts. Only what follows
from the list of changes is carried: districts merged whole are added up and unchanged ones keep
their figure. A district that was divided, or that took in part of another, has no figure of 2019;
it gets the state ``split`` and the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from data.build._district_changes import new_code
from data.build._fact_rows import FactRow, observation, parse_period, read_facts
from geo.editions import COUNTRY_CODE, EDITION_2019, EDITION_2024, Level, area, areas

Rows = Iterator[dict[str, str]]

CENSUS_FILE = "census2019_population_district.csv"
CENSUS_DAY = "2019-04-01"
POPULATION, URBAN, RATE = "census-population", "census-urban-population", "census-urban-rate"
NATIONAL = (96_208_984, 33_122_548)

# Districts that the notes of district_changes.csv tell of, without rows of their own: parts of
# them were moved, so that their own figure of 2019 is of another territory.
PARTS_MOVED = {
    "049": "gồm Huyện Quảng Uyên, Huyện Phục Hoà và một xã của Huyện Trà Lĩnh (2020)",
    "412": "nhập Thị xã Cửa Lò và nhận thêm bốn xã của Huyện Nghi Lộc (2024)",
    "429": "bốn xã đã chuyển về Thành phố Vinh (2024)",
    "436": "thành phố mở rộng cùng lúc với việc nhập Huyện Lộc Hà (01/01/2025)",
    # Told by the codes of their communes: some are in the city of Hà Tĩnh (436) since.
    "445": "nhận phần lớn Huyện Lộc Hà và chuyển một số xã về Thành phố Hà Tĩnh (01/01/2025)",
    "446": "một số xã đã chuyển về Thành phố Hà Tĩnh (01/01/2025)",
    # The city of Huế grew in 2021 out of these three.
    "478": "một phần đã chuyển về Thành phố Huế (2021)",
    "479": "một phần đã chuyển về Thành phố Huế (2021)",
    "480": "một phần đã chuyển về Thành phố Huế (2021)",
}
UNCHANGED_NOTE = "Mang từ bản đồ 2019; theo danh mục thay đổi, địa giới không đổi."


@dataclass(frozen=True, slots=True)
class People:
    """Population and urban population of an area."""

    total: int
    urban: int


def census() -> Rows:
    """Give districts as published, provinces added up and the country, on the map of 2019."""
    by_province: dict[str, list[People]] = defaultdict(list)
    for row in read_facts(CENSUS_FILE):
        people = _people(row)
        by_province[row.cells["province_code"]].append(people)
        yield from _figures(
            EDITION_2019,
            row.cells["area_code"],
            people,
            origin="gso-census-2019",
            locator=row.locator,
        )
    for code, districts in by_province.items():
        yield from _summed(EDITION_2019, code, districts, "gso-census-2019-sums")
    yield from _figures(
        "",
        COUNTRY_CODE,
        People(*NATIONAL),
        origin="gso-census-2019",
        locator=f"SOURCES.md, {CENSUS_FILE}",
    )


def carried() -> Rows:
    """Carry the census to the map of 2024: 63 provinces, and the districts that allow it."""
    rows = {row.cells["area_code"]: row for row in read_facts(CENSUS_FILE)}
    changes = list(read_facts("district_changes.csv"))
    gone = {c.cells["old_code"] for c in changes}
    for district in areas(EDITION_2024, Level.DISTRICT):
        into = [c for c in changes if _new_code(c) == district.code]
        if reason := _split_reason(district.code, into):
            yield from _not_carried(district.code, reason)
            continue
        sources = [c.cells["old_code"] for c in into]
        if district.code in rows and district.code not in gone:
            sources.append(district.code)
        yield from _carried(district.code, sources, rows, into)
    by_province: dict[str, list[People]] = defaultdict(list)
    for row in rows.values():
        by_province[row.cells["province_code"]].append(_people(row))
    for code, districts in by_province.items():
        yield from _summed(EDITION_2024, code, districts, "gso-census-2019-carried")


def _new_code(change: FactRow) -> str:
    return new_code(change.cells["old_code"], change.cells["new_code"])


def _split_reason(code: str, into: Iterable[FactRow]) -> str:
    if code in PARTS_MOVED:
        return PARTS_MOVED[code]
    parts = [c.cells for c in into if c.cells["extent"] != "whole"]
    words = {"part": "nhận một phần", "most": "nhận phần lớn"}
    return "; ".join(f"{words[c['extent']]} {c['old_name']} ({_year(c)})" for c in parts)


def _not_carried(code: str, reason: str) -> Rows:
    note = f"Không mang số liệu 2019 sang được: {reason}."
    for indicator in (POPULATION, URBAN, RATE):
        yield observation(
            indicator,
            EDITION_2024,
            code,
            parse_period(CENSUS_DAY),
            "",
            state="split",
            origin="gso-census-2019-carried",
            locator="district_changes.csv",
            note=note,
        )


def _carried(
    code: str, sources: list[str], rows: Mapping[str, FactRow], into: Iterable[FactRow]
) -> Rows:
    found = sorted((rows[old] for old in sources if old in rows), key=lambda row: row.line)
    if not found:
        return
    people = _sum(_people(row) for row in found)
    origin = "gso-census-2019-carried"
    locator = f"{CENSUS_FILE}, dòng {', '.join(str(row.line) for row in found)}"
    if len(found) == 1:
        renamed = [c.cells for c in into]
        note = UNCHANGED_NOTE
        if renamed:
            note += f" Trước là {renamed[0]['old_name']}, đổi tên ({_year(renamed[0])})."
        yield from _figures(EDITION_2024, code, people, origin=origin, locator=locator, note=note)
        return
    terms = " + ".join(f"{row.cells['area_name']} ({row.cells['area_code']})" for row in found)
    when = ", ".join(sorted({_year(c.cells) for c in into}))
    yield from _figures(
        EDITION_2024,
        code,
        people,
        origin=origin,
        locator=locator,
        state="recomputed",
        qualifier="computed",
        note=f"Cộng các đơn vị năm 2019 đã nhập nguyên vẹn ({when}): {terms}.",
    )


def _summed(edition: str, code: str, districts: list[People], origin: str) -> Rows:
    note = f"Tổng của {len(districts)} đơn vị cấp huyện năm 2019, không phải số công bố."
    if edition == EDITION_2024:
        note += " Địa giới cấp tỉnh trên thực tế không đổi."
    yield from _figures(
        edition,
        code,
        _sum(districts),
        origin=origin,
        locator=f"{CENSUS_FILE}, province_code {code} ({area(edition, code).name_vi})",
        state="recomputed",
        qualifier="computed",
        note=note,
    )


def _figures(edition: str, code: str, people: People, **more: str) -> Rows:
    day = parse_period(CENSUS_DAY)
    yield observation(POPULATION, edition, code, day, str(people.total), **more)
    yield observation(URBAN, edition, code, day, str(people.urban), **more)
    computed = more | {"qualifier": "computed"}
    parts = {"numerator": str(people.urban), "denominator": str(people.total)}
    share = f"{100 * people.urban / people.total:.2f}"
    yield observation(RATE, edition, code, day, share, **computed, **parts)


def _people(row: FactRow) -> People:
    return People(int(row.cells["value"]), int(row.cells["urban_value"]))


def _sum(people: Iterable[People]) -> People:
    found = list(people)
    return People(sum(p.total for p in found), sum(p.urban for p in found))


def _year(cells: Mapping[str, str]) -> str:
    return cells["effective"][:4]
