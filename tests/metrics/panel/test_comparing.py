"""Which figures are ranked together: of one period, enough of them, and none that is withheld."""

import pandas as pd
import pytest

from geo.editions import Level, areas
from metrics.panel import OTHER_PERIOD, TOO_FEW, WITHHELD, panel, withheld_by
from metrics.store import ensure_store
from tests.metrics.made_up import indicator, row, text, write

CODES = [place.code for place in areas("2024", Level.PROVINCE)]
HALF = 32  # of 63
LATER = {"period_end": "2024-12-31"}
EARLIER = {"period_end": "2023-12-31"}


@pytest.fixture
def asides(tmp_path):
    """Return a function from rows to why figures are aside, by code, and the panel."""

    def build(*rows, **fields):
        data = write(tmp_path / "data", list(rows), [indicator("rate", least_share=0.5, **fields)])
        store = ensure_store(home=tmp_path / "var", data_dir=data)
        found = panel(store, "rate", "2024", Level.PROVINCE)
        return found.frame.set_index("code")["aside"], found

    return build


def of(codes, **fields):
    return [row("rate", code, 10 + at, **fields) for at, code in enumerate(codes)]


def test_the_newest_period_that_enough_areas_have_is_ranked_and_others_are_shown(asides):
    old, new = of(CODES[:40], **EARLIER), of(CODES[40:42], **LATER)
    aside, found = asides(*old, *new)
    assert set(aside[CODES[:40]]) == {""}
    assert set(aside[CODES[40:42]]) == {OTHER_PERIOD}
    frame = found.frame.set_index("code")
    assert frame.loc[CODES[40], "value"] == 10
    assert pd.isna(frame.loc[CODES[40], "rank"])
    assert frame["rank"].notna().sum() == 40


def test_where_no_period_has_enough_areas_nothing_is_ranked(asides):
    aside, found = asides(*of(CODES[:20], **EARLIER), *of(CODES[20:40], **LATER))
    assert set(aside[CODES[:40]]) == {TOO_FEW}
    assert found.frame["rank"].isna().all()
    assert found.compared().isna().all()


@pytest.mark.parametrize(("n", "ranked"), [(HALF - 1, 0), (HALF, HALF)])
def test_half_of_the_areas_is_enough(asides, n, ranked):
    _, found = asides(*of(CODES[:n]))
    assert found.frame["rank"].notna().sum() == ranked


def test_an_indicator_says_how_near_two_dates_must_be(asides):
    near = [of(CODES[:30], period_end="2024-12-20"), of(CODES[30:60], **LATER)]
    aside, _ = asides(*near[0], *near[1], comparable_days=11)
    assert set(aside[CODES[:60]]) == {""}


def test_figures_of_unlike_grain_are_not_ranked_together(asides):
    year = of(CODES[:40], grain="year", **LATER)
    aside, _ = asides(*year, *of(CODES[40:50], grain="instant", **LATER))
    assert set(aside[CODES[40:50]]) == {OTHER_PERIOD}


def test_what_is_withheld_is_shown_and_never_ranked(asides):
    rule = {"level": "province", "origins": ["press"], "reason": text("chép của cả vùng")}
    copied = of(CODES[:5], origin="press")
    aside, found = asides(*copied, *of(CODES[5:50]), withheld=[rule])
    assert set(aside[CODES[:5]]) == {WITHHELD}
    assert found.frame.set_index("code").loc[CODES[0], "value"] == 10
    assert found.frame["rank"].notna().sum() == 45


def test_a_score_that_is_given_is_withheld_row_by_row_with_its_reason(asides):
    given = {"values": [10.0], "reason": text("điểm cho sẵn")}
    second = {"origins": ["press"], "reason": text("đọc qua nơi khác")}
    same = [row("rate", code, 10) for code in CODES[:4]]
    other = [row("rate", CODES[4], 11, origin="press"), row("rate", CODES[5], 10, origin="press")]
    aside, found = asides(*same, *other, *of(CODES[10:50]), withheld=[given, second])
    assert set(aside[CODES[:6]]) == {WITHHELD}
    assert aside[CODES[10]] == WITHHELD  # its figure is 10 too, whoever printed it
    assert set(aside[CODES[11:50]]) == {""}
    frame = found.frame.set_index("code")
    reasons = {
        code: withheld_by(found.indicator, "province", frame.loc[code]).reason.vi
        for code in (CODES[0], CODES[4], CODES[5])
    }
    assert reasons == {
        CODES[0]: "điểm cho sẵn",
        CODES[4]: "đọc qua nơi khác",
        CODES[5]: "điểm cho sẵn",
    }
    assert withheld_by(found.indicator, "province", frame.loc[CODES[11]]) is None
