"""The browser's search answers as the one here."""

import json
import shutil
import subprocess

import pytest

from base.folders import STATIC
from geo.search import search
from tests.geo.search.table import rows

NODE = shutil.which("node")
ASK = """
import { readFileSync } from "node:fs";
import { prepared, search } from "./search.mjs";
const [index, asked] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path)));
const made = prepared(index);
const keys = (query, how) => search(made, query, { limit: 12, ...how })
  .map((hit) => [hit.key, hit.name, hit.note, hit.whole]);
console.log(JSON.stringify(asked.map(([query, how]) => keys(query, how))));
"""
MORE = [
    "h",
    "an",
    "tp h",
    "xã hòa bình",
    "chau thanh",
    "12",
    "04",
    "phường 12",
    "",
    "0x",
    "đ",
    "quận",
]
HOW = ({}, {"edition": "2024"}, {"only": True}, {"edition": "2024", "only": True})


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_both_find_the_same_in_the_same_order(tmp_path, lang):
    queries = [row[0] for row in rows()] + MORE
    asked = [(query, how) for query in queries for how in HOW]
    (tmp_path / "search.mjs").write_bytes((STATIC / "ui" / "search.js").read_bytes())
    (tmp_path / "ask.mjs").write_text(ASK, encoding="utf-8")
    (tmp_path / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    index = STATIC / "places" / f"search-{lang}.json"
    ran = subprocess.run(
        [str(NODE), "ask.mjs", str(index), "asked.json"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    for (query, how), there in zip(asked, json.loads(ran.stdout), strict=True):
        here = [[hit.key, hit.name, hit.note, hit.whole] for hit in search(query, 12, lang, **how)]
        assert there == here, (query, how)
