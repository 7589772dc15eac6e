"""The audit of what is shipped: every contradiction read by hand is found, and no other."""

import csv
import io
import json

import pytest

from base.words import LANGS
from geo.editions import EDITION_2025, Level, areas
from metrics import __main__ as command
from metrics.audit import (
    RULES,
    Severity,
    arithmetic,
    as_csv,
    audit,
    counted,
    say,
    title,
    tolerance,
    when,
    where,
)
from metrics.audit.export import COLUMNS
from metrics.store import current_store

CAPITAL, VN = "01", "VN"
# Read more than once; the portal had changed them.
REVISED = {
    "index766-month-total",
    "dvcqg-month-ontime-rate",
    "index766-2025-month-total",
    "index766-2025-quarter-total",
}
# Each of these was read in its document.
KNOWN = {
    ("parts.sum", "procedures-online", CAPITAL): "318 + 872 = 1.190 ≠ 1.191",
    ("parts.within", "conference-localities", VN): "7 + 2 + 3 = 12 > 11",
    ("lists.count", "fee-exemption-missing-localities", VN): "16 > 15",
    ("lists.count", "criminal-record-localities", VN): "47 > 7",
    ("ratios.value", "vneid-activated-rate", CAPITAL): (
        "1.400.000 ÷ 4.200.000 × 100 = 33,333 ≠ 33,7"
    ),
    ("ratios.value", "cashless-merit-accounts-rate", "10"): "2.400 ÷ 2.800 × 100 = 85,71 ≠ 84",
    ("areas.sum", "land-area", VN): "Σ(63) = 331.326,1 ≠ 331.338,3",
    ("sources.number", "coverage-gap-counted", VN): "2.418 − 2.148 = 270",
    ("sources.number", "population-average", "42"): "1.323,7 − 1.317,3 = 6,4",
    ("statuses.full", "civil-status-digitisation", "74"): "",
    ("statuses.first", "service-centre-first", CAPITAL): "",
    ("statuses.not_all", "population-db-sharing", VN): "",
} | {
    ("ratios.denominator", f"dvcqg-{name}-rate", code): sums
    for name in ("digitised-dossier", "electronic-result", "reused-data", "population-data")
    for code, sums in (("48", "473.913 ≠ 473.911"), ("91", "389.256 ≠ 389.166"))
}


@pytest.fixture(scope="module")
def store():
    return current_store()


@pytest.fixture(scope="module")
def found(store):
    return audit(store)


def of_the_index(finding):
    """Tell the findings that come by the dozen: totals of Hà Nội, months that were revised."""
    summed = (finding.variant, finding.indicator) == ("parts.sum", "index766-total")
    return summed or finding.indicator in REVISED


def test_totals_of_ha_noi_and_revised_months_are_found(found):
    summed = {f.area for f in found if of_the_index(f) and f.variant == "parts.sum"}
    assert summed <= {place.code for place in areas(EDITION_2025, Level.COMMUNE, parent=CAPITAL)}
    assert len(summed) > 40
    assert {f.indicator for f in found if f.variant == "sources.number"} >= REVISED


def test_every_contradiction_of_the_documents_is_found_and_nothing_else(store, found):
    grave = [f for f in found if f.severity is not Severity.GAP and not of_the_index(f)]
    sums = {(f.variant, f.indicator, f.area): arithmetic(f, store.catalog, "vi") for f in grave}
    assert sums == KNOWN
    assert len(grave) == len(sums)


def test_gaps_are_deadlines_and_silence_alone(found):
    assert {f.rule for f in found if f.severity is Severity.GAP} == {"deadlines", "silent"}
    assert sum(counted(found).values()) == len(found)
    assert [f.rule for f in found] == sorted((f.rule for f in found), key=list(RULES).index)


@pytest.mark.parametrize("lang", LANGS)
def test_findings_are_told_in_words_without_codes(store, found, lang):
    codes = set(store.catalog.indicators) | set(store.catalog.origins)
    codes = {code for code in codes if "-" in code}
    for finding in found:
        words = [
            title(finding, store.catalog, lang),
            say(finding, store.catalog, lang),
            tolerance(finding, lang),
            where(finding, lang),
            when(finding, lang),
        ]
        text = " ".join(words)
        assert "{" not in text
        assert not codes & set(text.replace(",", " ").split()), text


def test_names_of_findings_are_their_own_and_stay(store, found):
    ids = [finding.id for finding in found]
    assert len(set(ids)) == len(ids)
    audit.cache_clear()
    assert [finding.id for finding in audit(store)] == ids


def test_each_finding_is_a_row_of_the_file(store, found):
    rows = list(csv.DictReader(io.StringIO(as_csv(found, store.catalog, "vi"), newline="")))
    assert len(rows) == len(found)
    assert tuple(rows[0]) == COLUMNS
    assert all(row["origins"] and row["locators"] for row in rows if row["rule"] == "parts")


def test_the_command_line_tells_the_same(capsys, found):
    assert command.main(["audit", "--rule", "parts"]) == 0
    assert "7 + 2 + 3 = 12 > 11" in capsys.readouterr().out
    assert command.main(["audit", "--rule", "parts", "--strict"]) == 1
    capsys.readouterr()
    assert command.main(["audit", "--severity", "check", "--format", "json", "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [record["id"] for record in told] == [f.id for f in found if f.severity == "check"]
    assert all(record["rows"] for record in told)
