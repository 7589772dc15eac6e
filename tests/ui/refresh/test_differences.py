"""A difference as HTML: bounded, escaped, and true to digits, whatever it speaks of."""

import re

import pytest

from base.words import t
from metrics.refresh import KINDS, Difference
from tests.ui.hostile import HOSTILE
from ui.refresh.differences import MOST_LINES, MOST_SERIES, counts_text, difference_html

RATE = "dvcqg-digitised-dossier-rate"
WHEN = {"period_start": "2026-10-01", "period_end": "2026-10-31", "grain": "month"}


def line(kind="revised", **more):
    named = {"indicator": RATE, "role": "result", "edition": "2025", "level": "province"}
    return {"kind": kind, **named, "area": "01", **WHEN, **more}


def difference(*lines, series=(), **more):
    counts = dict.fromkeys(KINDS, 0)
    for one in lines:
        counts[one["kind"]] += 1
    made = {
        "source": "tried",
        "dataset": "refresh-tried",
        "run": "20261001T000000Z",
        "compared_with": "",
        "time": "2026-10-01T00:00:00+00:00",
        "figures": 34,
        "same": 1,
        "counts": counts,
        "largest": 0.5,
        "records": 0,
        "series": series,
        "lines": lines,
    }
    return Difference.model_validate(made | more)


def told(found, store, lang="vi"):
    return str(difference_html(found, store, lang, open_=True))


def test_both_sides_are_written_as_the_atlas_writes_them_and_apart_where_they_differ(shipped):
    html = told(difference(line(before=26.2, after=97.5, share=1.0)), shipped)
    assert ("26,20%" in html, "97,50%" in html, "+71,3 (100% khoảng giá trị)" in html) == (1, 1, 1)
    html = told(difference(line(before=26.2, after=26.2000004, share=0.0)), shipped)
    assert "26,2000004" in html


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_comes_from_outside_is_text(shipped, lang):
    reason = {"key": "clock", "values": {"time": HOSTILE}}
    found = difference(
        line(before=HOSTILE, after="suppressed"),
        line("new", indicator=HOSTILE, area=HOSTILE, after=1.5),
        line("missing", area="VN", edition=""),
        notes=[{"vi": HOSTILE, "en": HOSTILE}],
        reasons=[reason],
    )
    html = told(found, shipped, lang)
    assert HOSTILE not in html
    assert html.count("&lt;") > 4
    assert t("state.suppressed", lang) in html


def test_much_of_it_is_counted_and_not_written_out(shipped):
    lines = [line("new", area=f"{n:02}", after=float(n)) for n in range(100)]
    series = [
        {**{k: line()[k] for k in ("role", "edition", "level")}, "indicator": f"i{n}"}
        | {"figures": 1, "same": 1, "counts": {}}
        for n in range(100)
    ]
    html = told(difference(*lines, series=series), shipped)
    assert len(re.findall("<tr", html)) == MOST_LINES + MOST_SERIES + 2
    assert html.count(t("refresh.more", "vi", n=100 - MOST_LINES)) == 1
    assert html.count(t("refresh.more", "vi", n=100 - MOST_SERIES)) == 1


def test_only_kinds_that_there_are_are_counted():
    counts = dict.fromkeys(KINDS, 0) | {"revised": 1200, "missing": 2}
    assert counts_text(counts, "vi") == "1.200 sửa, 2 địa phương thiếu"
    assert counts_text({}, "en") == ""
