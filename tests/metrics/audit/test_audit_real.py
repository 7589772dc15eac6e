"""The audit of what is shipped: every contradiction read by hand is found, and no other."""

import csv
import io
import json
import re
from collections import Counter

import pytest

from base.words import LANGS
from metrics import __main__ as command
from metrics.audit import (
    RULES,
    Severity,
    arithmetic,
    as_csv,
    audit,
    audit_sheet,
    counted,
    say,
    title,
    tolerance,
    when,
    where,
)
from metrics.audit.export import COLUMNS
from metrics.audit.sheet import read_sheet
from metrics.commands.audit import report
from metrics.store import current_store

CAPITAL, VN = "01", "VN"
# Each of these was read in its document or table.
KNOWN = {
    ("parts.sum", "procedures-online", CAPITAL): "318 + 872 = 1.190 ≠ 1.191",
    ("parts.sums", "index766-total", CAPITAL): (
        "11,28 + 16,46 + 6,49 + 0,26 + 17,49 + 6,83 = 58,81 ≠ 46,76"
    ),
    ("parts.within", "conference-localities", VN): "7 + 2 + 3 = 12 > 11",
    ("parts.cohort", "health-book-localities-results", VN): "",
    ("parts.cohort_over", "health-facilities-connected", CAPITAL): "",
    ("lists.count", "fee-exemption-missing-localities", VN): "16 > 15",
    ("lists.count", "criminal-record-localities", VN): "47 > 7",
    ("ratios.value", "vneid-activated-rate", CAPITAL): (
        "1.400.000 ÷ 4.200.000 × 100 = 33,333 ≠ 33,7"
    ),
    ("ratios.value", "cashless-merit-accounts-rate", "10"): "2.400 ÷ 2.800 × 100 = 85,71 ≠ 84",
    ("implied.base", "info-systems-approved-rate", VN): "",
    ("implied.plan", "health-insurance-coverage", CAPITAL): "",
    ("people.more", "health-records-created", CAPITAL): "",
    ("people.whole", "vneid-health-insurance", "56"): "",
    ("people.added", "citizens-14-and-over", "26"): "",
    ("areas.sum", "land-area", VN): "Σ(63) = 331.326,1 ≠ 331.338,3",
    ("sources.number", "coverage-gap-counted", VN): "2.418 − 2.148 = 270",
    ("sources.added", "population-average", "42"): "1.323,7 − 1.317,3 = 6,4",
    ("statuses.full", "civil-status-digitisation", "74"): "",
    ("statuses.first", "service-centre-first", CAPITAL): "",
    ("statuses.not_all", "population-db-sharing", VN): "",
    ("statuses.verdict", "cccd-issuance", "26"): "",
    ("goals.short", "portal-online-rate-ministries", VN): "",
    ("goals.missed", "coverage-gap-status", VN): "",
}
SEVERAL = {
    ("denominators.apart", "dvcqg-dossiers-received"): 3,
    ("given.inherited", "index766-openness"): 2,
    ("given.full", "index766-satisfaction"): 2,
    ("given.full", "index766-2025-openness"): 1,
    ("given.full", "index766-2025-satisfaction"): 1,
    ("given.full", "index766-2025-month-openness"): 1,
    ("given.full", "index766-2025-month-satisfaction"): 1,
}


@pytest.fixture(scope="module")
def store():
    return current_store()


@pytest.fixture(scope="module")
def found(store):
    return audit(store)


def test_every_contradiction_of_the_documents_is_found_and_nothing_else(store, found):
    grave = [f for f in found if f.severity is not Severity.GAP]
    several = Counter((f.variant, f.indicator) for f in grave)
    assert {key: n for key, n in several.items() if key in SEVERAL} == SEVERAL
    grave = [f for f in grave if (f.variant, f.indicator) not in SEVERAL]
    sums = {(f.variant, f.indicator, f.area): arithmetic(f, store.catalog, "vi") for f in grave}
    assert sums == KNOWN
    assert len(grave) == len(sums)


def said(store, found, variant, **told):
    return [
        say(f, store.catalog, "vi")
        for f in found
        if f.variant == variant and all(f.told[name] == value for name, value in told.items())
    ]


@pytest.mark.parametrize(
    ("variant", "parts"),
    [
        (
            "parts.sums",
            ("Trong 126 địa phương", "107 địa phương", "86 lệch", "12,05, ở Xã Thiên Lộc"),
        ),
        ("parts.categories", ("43 trên 63", "còn 20")),
        ("parts.cohort", ("Ghi 12", "chỉ nói về 11")),
        ("denominators.apart", ("Đà Nẵng 473.913 và 473.911 (lệch 2)", "(lệch 90)")),
        ("implied.base", ("63%", "47,5%", "30,5%")),
        ("implied.plan", ("94,42%", "95,6%", "98,77%")),
        ("implied.whole", ("gần 530.000 người", "47,2%", "1.120.000")),
        ("people.more", ("Ghi khoảng 10.600.000 hồ sơ", "8.717.600 người")),
        ("people.whole", ("1.439.411", "1.269.300 người (113%)")),
        ("statuses.verdict", ("“Đạt thấp”", "92%")),
        ("goals.short", ("40%", "31,7%", "8,3 điểm phần trăm")),
        ("goals.missed", ("hạn quý 1/2024", "761 thôn")),
        ("given.inherited", ("135 đơn vị cấp xã", "11,79 điểm")),
        ("given.full", ("103 trên 135", "18 điểm", "Cũng có thể", "0 trên 0")),
        ("revised.periods", ("tháng 1/2026: 38,55 → 37,00",)),
        ("deadlines.old_many", ("15 địa phương", "tháng 12/2023, theo ngày của bài")),
        # Bắc Ninh pays before Tết already: it is none of those whose deadline passed in silence.
        ("deadlines.old_many", ("11 địa phương là đến Tết Nguyên đán Giáp Thìn 2024",)),
    ],
)
def test_a_finding_says_its_figures_as_the_sources_have_them(store, found, variant, parts):
    sentences = said(store, found, variant)
    assert any(all(part in sentence for part in parts) for sentence in sentences), sentences


def test_the_report_tells_of_as_many_figures_as_there_are(store, found):
    for finding in found:
        lines = "\n".join(report([finding], store.catalog, "vi"))
        told = Counter(f"    - {w.origin}: {w.locator}" for w in finding.witnesses)
        shown = sum(n for line, n in told.items() if line in lines.split("\n"))
        rest = re.search(r"    - và ([\d.]+) số liệu khác", lines)
        left_out = int(rest[1].replace(".", "")) if rest else 0
        assert shown + left_out == finding.total, lines


def test_what_a_source_has_changed_contradicts_nothing(found):
    revised = {f.indicator for f in found if f.rule == "revised"}
    assert revised >= {"index766-month-total", "dvcqg-month-ontime-rate"}
    assert not revised & {f.indicator for f in found if f.rule == "sources"}


def test_a_deadline_that_no_source_names_is_none(found):
    assert "credit-scoring-vietcombank" not in {f.indicator for f in found if f.rule == "deadlines"}


def test_gaps_are_what_is_missing_or_old(found):
    gaps = {f.rule for f in found if f.severity is Severity.GAP}
    assert gaps == {"parts", "implied", "revised", "deadlines", "silent"}
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
    assert [finding.id for finding in audit_sheet(read_sheet(store))] == ids


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
