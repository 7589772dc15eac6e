"""A small made-up data directory: provinces of 2024 and 2025, all kinds of rows."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from metrics.observations import OBSERVATION_COLUMNS

DEFAULTS = {
    "role": "result",
    "edition": "2024",
    "period_end": "2024-12-31",
    "grain": "instant",
    "period_text": "ngày 31/12/2024",
    "state": "reported",
    "qualifier": "exact",
    "origin": "ministry",
    "locator": "tr. 1",
}


def text(words: str) -> dict[str, str]:
    return {"vi": words, "en": words}


def indicator(name: str, **fields) -> dict:
    return {
        "id": name,
        "domain": "identity",
        "title": text(f"Tên {name}"),
        "short": text(name),
        "definition": text("…"),
        "unit": text("%"),
        "kind": "rate",
        "direction": "higher_better",
        "aggregation": "none",
        "decimals": 0,
        # A few made-up rows are to be enough for a rank.
        "least_share": 0,
    } | fields


def origin(name: str, **fields) -> dict:
    return {
        "id": name,
        "producer": text("Bộ Thử nghiệm"),
        "title": text(f"Báo cáo {name}"),
        "date_published_kind": "stated",
        "date_published": "2025-01-15",
        "licence": "unknown",
    } | fields


PARTS = {"numerator": text("tử số"), "denominator": text("mẫu số")}
INDICATORS = [
    indicator("rate", aggregation="ratio_of_sums", **PARTS),
    indicator("trusted", prefer=["ministry"]),
    indicator("days", direction="lower_better", unit=text("ngày"), kind="duration"),
    indicator("people", kind="count", unit=text("người"), aggregation="sum"),
    indicator("place", kind="rank", unit=text("hạng"), direction="lower_better"),
    indicator(
        "named",
        kind="status",
        categories=[{"id": "done", "title": text("xong")}, {"id": "begun", "title": text("đang")}],
        list="named_only",
        unit=text("-"),
    ),
    indicator(
        "listed",
        kind="status",
        categories=[{"id": "done", "title": text("xong")}],
        list="exhaustive",
        unit=text("-"),
    ),
    indicator("since", kind="date", unit=text("ngày"), direction="lower_better"),
]
ORIGINS = [
    origin("ministry"),
    origin("press"),
    origin("other", date_published_kind="unknown", date_published=None),
]


def start_of(fields: dict) -> str:
    end = fields["period_end"]
    new_year = f"{end[:4]}-01-01"
    starts = {"instant": end, "month": f"{end[:7]}-01", "year": new_year, "year_to_date": new_year}
    return starts.get(fields["grain"], "")


def row(indicator: str, area: str, value: object = "", **fields) -> dict:
    return DEFAULTS | {"indicator": indicator, "area": area, "value": value} | fields


def _yaml(records: list[dict]) -> str:
    """Write records in C: hundreds of stores are made of them."""
    return yaml.dump(records, Dumper=yaml.CSafeDumper, allow_unicode=True)


def write(
    folder: Path, rows: list[dict], indicators: list[dict] | None = None, name: str = "rows.csv"
) -> Path:
    """Write a data directory and return it."""
    domains = [{"id": "identity", "title": text("Định danh"), "order": 1}]
    for path, records in {
        "indicators/domains.yaml": domains,
        "indicators/made_up.yaml": INDICATORS if indicators is None else indicators,
        "origins/made_up.yaml": ORIGINS,
    }.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_yaml(records), encoding="utf-8")
    (folder / "observations").mkdir(exist_ok=True)
    with (folder / "observations" / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, OBSERVATION_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows({"period_start": start_of(fields)} | fields for fields in rows)
    return folder
