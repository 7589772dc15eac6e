"""Indicators that users define: written in a form, checked, stored, changed, seen by whom."""

import pytest

from metrics.catalog import Indicator
from metrics.datasets import (
    Draft,
    DraftTarget,
    datasets,
    draft_of,
    history,
    indicators,
    problems,
    put_indicator,
    record_of,
)
from metrics.people import LOCAL, VISITOR, Actor, NotAllowed, Role, seen_by
from metrics.store import Refused, ensure_store
from tests.metrics.made_up import indicator, row, write
from tests.metrics.stores import of_user, put

LAN = Actor("lan", Role.EDITOR, frozenset({"Huế: tổ 1"}))
AN = Actor("an", Role.EDITOR, frozenset({"Bộ"}))
TEXTS = {
    f"{name}.{lang}": text
    for name, text in {"title": "Tỷ lệ mới", "short": "Mới", "definition": "Đ", "unit": "%"}.items()
    for lang in ("vi", "en")
}
GOOD = Draft(texts=TEXTS, domain="identity", max_value=100.0)


@pytest.fixture
def home(tmp_path, monkeypatch):
    data = write(tmp_path / "data", [row("rate", "01", 50.0)])
    opened = lambda home=None: ensure_store(home=home or tmp_path, data_dir=data)  # noqa: E731
    monkeypatch.setattr(datasets, "current_store", opened)
    return tmp_path


def store_of(home):
    return datasets.current_store(home=home)


def mine(**fields):
    return Indicator.model_validate(indicator("cua-toi", **fields))


def changed(**texts):
    return Draft(texts=TEXTS | texts, domain="identity")


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (Draft(texts=TEXTS), {"domain": "empty"}),
        (changed(**{"unit.en": " "}), {"unit.en": "empty"}),
        (changed(**{"short.vi": "x" * 41}), {"short.vi": "long"}),
        (changed(**{"title.vi": "Rate"}), {"title.vi": "taken"}),
        (changed(**{"numerator.vi": "tử"}), {"parts": "parts"}),
        (Draft(texts=TEXTS, domain="identity", aggregation="ratio_of_sums"), {"parts": "ratio"}),
        (Draft(texts=TEXTS, domain="identity", kind="rank", aggregation="sum"),
         {"aggregation": "alone"}),
        (Draft(texts=TEXTS, domain="identity", aggregation="weighted_mean"), {"weight": "empty"}),
        (Draft(texts=TEXTS, domain="identity", kind="status", categories="a|b\na|c"),
         {"categories": "categories"}),
        (Draft(texts=TEXTS, domain="identity", targets=(DraftTarget(),)),
         {"target.0.value": "empty", "target.0.source": "empty"}),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field(home, draft, wrong):
    catalog = store_of(home).catalog
    assert problems(draft, catalog, set(catalog.indicators)) == wrong


def test_what_is_written_is_stored_and_can_be_written_on(home):
    target = DraftTarget(value=95.0, source="Quyết định 06/QĐ-TTg")
    draft = Draft(texts=TEXTS, domain="identity", max_value=100.0, targets=(target,))
    assert problems(draft, store_of(home).catalog, ()) == {}
    record, origins = record_of(draft)
    put_indicator(record, LAN, "Huế: tổ 1", home, origins=origins)
    catalog = store_of(home).catalog
    stored = catalog.indicator("ty-le-moi")
    assert catalog.origin(stored.targets[0].origin).title.vi == "Quyết định 06/QĐ-TTg"
    again = draft_of(stored, catalog)
    assert record_of(again) == (record, origins)


def test_a_change_keeps_the_earlier_wording_and_says_who(home):
    put_indicator(mine(), LAN, "Huế: tổ 1", home)
    put_indicator(mine(decimals=3), LAN, "Huế: tổ 1", home)
    store = store_of(home)
    assert store.catalog.indicator("cua-toi").decimals == 3
    assert [was.decimals for _, was in history(store, "cua-toi")] == [mine().decimals]
    assert list(store.audit()["action"]) == ["change indicator", "define indicator"]
    with pytest.raises(NotAllowed):
        put_indicator(mine(), AN, "Bộ", home)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"id": "rate"}, "shipped_indicator"),
        ({"domain": "nowhere"}, "unknown_reference"),
        ({"prefer": ["nobody"]}, "unknown_reference"),
        ({"aggregation": "weighted_mean", "weight": "cua-toi"}, "unknown_reference"),
    ],
)
def test_what_is_shipped_stays_and_nothing_hangs_on_what_may_go(home, fields, key):
    with pytest.raises(Refused) as refused:
        put_indicator(Indicator.model_validate(indicator("cua-toi") | fields), LOCAL, "", home)
    assert refused.value.key == key
    assert "cua-toi" not in store_of(home).catalog.indicators


def test_stored_figures_hold_the_definition(home):
    put_indicator(mine(), LOCAL, "", home)
    places = {"home": home, "data_dir": home / "data"}
    put(places, of_user("bang", withdrawn=True), row("cua-toi", "01", 80))
    with pytest.raises(Refused) as refused:
        put_indicator(mine(max_value=50), LOCAL, "", home)
    assert refused.value.key == "figures"
    put_indicator(mine(max_value=100), LOCAL, "", home)


def test_an_indicator_of_a_team_is_seen_by_others_once_its_figures_are(home):
    put_indicator(mine(), LAN, "Huế: tổ 1", home)
    assert "cua-toi" in seen_by(store_of(home), LAN).catalog.indicators
    for who in (AN, VISITOR):
        seen = seen_by(store_of(home), who)
        assert "cua-toi" not in seen.catalog.indicators
        assert seen.audit().empty
        assert history(seen, "cua-toi") == []
    places = {"home": home, "data_dir": home / "data"}
    put(places, of_user("bang", team="Huế: tổ 1"), row("cua-toi", "01", 80))
    assert "cua-toi" in seen_by(store_of(home), VISITOR).catalog.indicators
    put_indicator(mine(), LOCAL, "", home)  # stays with its team
    assert indicators.own_keys(store_of(home))[0].team == "Huế: tổ 1"
