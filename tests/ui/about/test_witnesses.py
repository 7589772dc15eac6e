"""The figures behind a finding: all are counted, and dated as everywhere else."""

import re
from dataclasses import asdict

import pytest

from base.words import LANGS
from metrics.audit import audit
from ui.about import groups_html
from ui.scene import period_text


@pytest.fixture(scope="module")
def found(shipped):
    return audit(shipped)


def test_the_rows_and_the_rest_are_as_many_as_the_heading_says(shipped, found):
    for finding in found:
        html = str(groups_html(shipped, [finding], "vi"))
        heading = re.search(r"([\d.]+) số liệu liên quan", html)
        if heading is None:
            assert not finding.witnesses
            continue
        rows = html.count("<tr>") - 1
        rest = re.search(r"và ([\d.]+) số liệu khác", html)
        counted = rows + (int(rest[1].replace(".", "")) if rest else 0)
        assert counted == int(heading[1].replace(".", "")) == finding.total


@pytest.mark.parametrize("lang", LANGS)
def test_a_witness_is_dated_as_its_row_is(found, lang):
    witnesses = [witness for finding in found for witness in finding.witnesses]
    assert any("theo ngày của bài" in one.span.text("vi") for one in witnesses)
    for one in witnesses:
        assert one.span.text(lang) == period_text(asdict(one), lang)
