"""Replies made up in the shapes that statistics offices give, and what reads them."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import UTC, datetime
from functools import cache

import yaml

from metrics.catalog import load_catalog, with_records
from metrics.observations import validate
from metrics.refresh import Ask, Reply, Source
from tests.metrics.made_up import text

TIME = datetime(2026, 11, 1, tzinfo=UTC)
ORIGIN = {"producer": {"vi": "Cục Thống kê", "en": "Statistics office"}}
BASE = {"edition": "2025", "level": "province", "origin": ORIGIN}
PLACES = {"1": "CẢ NƯỚC", "2": "..Đồng bằng sông Hồng", "3": "  ..Hà Nội", "4": "  ..Huế"}
YEARS = {"0": "2024", "1": "Sơ bộ 2025"}
MEASURES = {"a": "Dân số trung bình (Nghìn người)", "b": "Mật độ dân số"}
COUNT = {
    **{"id": "made-count", "domain": "population", "kind": "count", "direction": "neutral"},
    **{"title": text("Số đếm"), "short": text("Số đếm"), "definition": text("…")},
    **{"unit": text("người"), "aggregation": "sum"},
}


def dimension(label, values):
    index = {code: at for at, code in enumerate(values)}
    return {"label": label, "category": {"index": index, "label": dict(values)}}


def dataset(value, *, status=None, dims=None, role=None):
    """A dataset of JSON-stat 2.0: areas, years, measures, the last one fastest."""
    dims = dims or {"dp": PLACES, "nam": YEARS, "ct": MEASURES}
    made = {
        "version": "2.0",
        "class": "dataset",
        "label": "Dân số phân theo địa phương",
        "id": list(dims),
        "size": [len(values) for values in dims.values()],
        "role": {"time": ["nam"], "geo": ["dp"], "metric": ["ct"]} if role is None else role,
        "dimension": {id_: dimension(id_.upper(), values) for id_, values in dims.items()},
        "value": value,
    }
    return made | ({} if status is None else {"status": status})


def full(dims=None):
    """Values of all cells: their positions, so that every one is another."""
    dims = dims or {"dp": PLACES, "nam": YEARS, "ct": MEASURES}
    return [float(n) for n in range(1, 1 + math.prod(map(len, dims.values())))]


def source_of(adapter, options, address="https://stat.example/data.json"):
    """A source as its YAML file has it."""
    made = {"id": "so-lieu", "adapter": adapter, "title": text("Số liệu"), "address": address}
    record = yaml.safe_load(yaml.safe_dump({**made, "every": "year", "options": options}))
    return Source.model_validate(record)


def reply(folder, name, body, status=200, ask=None):
    """A reply on the disk, its body text, bytes, or what is written as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    if not isinstance(body, str | bytes):
        body = json.dumps(body, ensure_ascii=False)
    data = body.encode() if isinstance(body, str) else body
    path = folder / name
    path.write_bytes(data)
    asked = ask or Ask(name, f"https://stat.example/{name}")
    return Reply(asked, TIME, status, "", path, hashlib.sha256(data).hexdigest())


def read(adapter, options, replies, address="https://stat.example/data.json", catalog=None):
    """What an adapter makes of replies; what the schema refuses fails."""
    catalog = catalog or _shipped()
    source = source_of("x", options, address)
    checked = adapter.Options.model_validate(source.options)
    made = adapter.read(source, checked, replies, catalog)
    assert validate(made.frame, with_records(catalog, made.records)) == []
    return made


@cache
def _shipped():
    return load_catalog()


def told(made, *columns):
    """Figures in short, in the order that they came."""
    names = columns or ("indicator", "area", "period_end", "value")
    return [tuple(row) for row in made.frame[list(names)].itertuples(index=False)]


def notes(made, lang="en"):
    return [note.say(lang) for note in made.notes]
