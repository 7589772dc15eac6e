"""The catalog: what is shipped is complete in both languages; what is wrong is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from metrics.catalog import CatalogError, Text, load_catalog
from metrics.catalog.catalog import UnknownIndicator, UnknownOrigin

TEXT = {"vi": "Tỷ lệ", "en": "Rate"}
INDICATOR = {
    "id": "made-up",
    "domain": "services",
    "title": TEXT,
    "short": TEXT,
    "definition": TEXT,
    "unit": {"vi": "%", "en": "%"},
    "kind": "rate",
    "direction": "higher_better",
    "aggregation": "none",
}
ORIGIN = {
    "id": "made-up",
    "producer": TEXT,
    "title": TEXT,
    "date_published_kind": "unknown",
    "licence": "unknown",
}


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def write(tmp_path: Path):
    """Write a catalog of one indicator and one origin, changed as the test wants."""

    def _write(indicator: dict | None = None, origin: dict | None = None) -> Path:
        files = {
            "indicators/domains.yaml": [{"id": "services", "order": 1, "title": TEXT}],
            "indicators/services.yaml": [INDICATOR | (indicator or {})],
            "origins/all.yaml": [ORIGIN | (origin or {})],
        }
        for name, records in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")
        return tmp_path

    return _write


def _texts(record):
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Text):
                yield name, item
            elif hasattr(type(item), "model_fields"):
                yield from _texts(item)


def test_every_text_is_there_in_both_languages(catalog):
    records = [*catalog.indicators.values(), *catalog.origins.values(), *catalog.domains.values()]
    texts = [(record.id, name, text) for record in records for name, text in _texts(record)]
    assert len(texts) > 5 * len(catalog.indicators)
    same = {
        text.vi
        for _, name, text in texts
        if text.vi == text.en and name not in ("unit", "producer") and not text.vi.isascii()
    }
    assert not same, "left untranslated"


def test_no_vietnamese_word_is_left_in_english_titles(catalog):
    allowed = {"Đề", "Căn", "cước", "Phú", "Quốc", "án", "766/QĐ-TTg"}
    for indicator in catalog.indicators.values():
        foreign = {word.strip("(),") for word in indicator.title.en.split() if not word.isascii()}
        assert foreign <= allowed, (indicator.id, foreign - allowed)


def test_domains_come_in_menu_order_and_none_is_empty(catalog):
    orders = [domain.order for domain in catalog.domains.values()]
    assert orders == sorted(set(orders))
    assert {i.domain for i in catalog.indicators.values()} == set(catalog.domains)


def test_short_titles_tell_indicators_apart(catalog):
    for language in ("vi", "en"):
        shorts = [getattr(i.short, language) for i in catalog.indicators.values()]
        twice = {short for short in shorts if shorts.count(short) > 1}
        assert not twice, (language, twice)


def test_digitised_dossiers_are_featured_first_and_the_service_index_next(catalog):
    first, second, *_ = (one.id for one in catalog.featured())
    assert (first, second) == ("dvcqg-digitised-dossier-rate", "index766-total")
    assert [i.featured for i in catalog.featured()] == list(range(1, len(catalog.featured()) + 1))


def test_the_groups_of_the_index_make_a_hundred_points(catalog):
    groups = [i for i in catalog.family("index766") if i.id != "index766-total"]
    assert len(groups) == 6
    assert sum(i.max_value for i in groups) == catalog.indicator("index766-total").max_value == 100


def test_rates_that_add_up_name_their_parts(catalog):
    summed = [i for i in catalog.indicators.values() if i.aggregation == "ratio_of_sums"]
    assert summed
    assert all(i.numerator and i.denominator and "%" in i.unit.vi for i in summed)


def test_shipped_targets_are_rows_with_the_words_of_their_source(catalog):
    # A target of the catalog has a day and no words; those of readers' own indicators may do.
    assert not [i.id for i in catalog.indicators.values() if i.targets]


def test_unknown_ids_list_what_there_is(catalog):
    with pytest.raises(UnknownIndicator, match=r"'nothing'.*index766-total"):
        catalog.indicator("nothing")
    with pytest.raises(UnknownOrigin, match=r"'nothing'.*doc-000"):
        catalog.origin("nothing")


def test_a_sound_record_is_read(write):
    catalog = load_catalog(write({"numerator": TEXT, "denominator": TEXT, "max_value": 100}))
    assert catalog.indicator("made-up").title.vi == "Tỷ lệ"
    assert catalog.origin("made-up").sha256 is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "share"}, r"field kind: .*'rate', 'count'.*received 'share'"),
        ({"title": {"vi": "Chỉ tiếng Việt"}}, r"field title\.en: Field required"),
        ({"title": {"vi": " ", "en": "Blank"}}, r"field title\.vi"),
        ({"short": {"vi": "x" * 41, "en": "y"}}, r"short\.vi has 41 characters, at most 40"),
        ({"colour": "red"}, r"field colour: Extra inputs"),
        ({"domain": "weather"}, r"field domain: received 'weather'.*allowed: services"),
        ({"prefer": ["nobody"]}, r"field prefer: received 'nobody'.*allowed: made-up"),
        ({"numerator": TEXT}, r"numerator and denominator are both given"),
        ({"aggregation": "ratio_of_sums"}, r"ratio_of_sums needs a numerator"),
        ({"aggregation": "weighted_mean"}, r"weight: a weighted_mean has one"),
        ({"kind": "rank", "aggregation": "sum"}, r"a rank does not add up"),
        ({"kind": "status", "list": "named_only"}, r"categories: a status has them"),
        (
            {"kind": "status", "categories": [{"id": "done", "title": TEXT}]},
            r"list: a status is exhaustive or named_only",
        ),
        (
            {
                "kind": "status",
                "list": "exhaustive",
                "categories": [{"id": "a", "title": TEXT}] * 2,
            },
            r"declared twice: a",
        ),
        (
            {"targets": [{"area": "VN", "origin": "made-up"}]},
            r"a target has either a value or a category",
        ),
    ],
)
def test_a_wrong_indicator_is_refused_with_file_id_and_field(write, change, said):
    with pytest.raises(CatalogError, match=said) as error:
        load_catalog(write(indicator=change))
    assert "indicators" in str(error.value)
    assert "'made-up'" in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date_published_kind": "guessed"}, r"field date_published_kind"),
        ({"date_published_kind": "stated"}, r"exactly where date_published is left out"),
        ({"date_published": "2024-11"}, r"exactly where date_published is left out"),
        ({"date_published": "11/2024", "date_published_kind": "stated"}, r"YYYY-MM"),
        ({"date_published": "2024-02-30", "date_published_kind": "stated"}, r"day"),
        ({"sha256": "abc"}, r"field sha256"),
        ({"licence": ""}, r"field licence"),
    ],
)
def test_a_wrong_origin_is_refused_with_file_id_and_field(write, change, said):
    with pytest.raises(CatalogError, match=said) as error:
        load_catalog(write(origin=change))
    assert "all.yaml: Origin 'made-up'" in str(error.value)


def test_an_id_declared_twice_is_refused(write):
    folder = write()
    copy = folder / "indicators" / "again.yaml"
    copy.write_text((folder / "indicators" / "services.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(CatalogError, match=r"services\.yaml: id 'made-up' is declared twice"):
        load_catalog(folder)


def test_files_that_are_no_lists_of_records_are_refused(write):
    folder = write()
    path = folder / "origins" / "all.yaml"
    path.write_text("id: alone", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"all\.yaml holds a dict; it must be a list"):
        load_catalog(folder)
    path.write_text("- {id: [}", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"all\.yaml is not YAML"):
        load_catalog(folder)
    path.write_text("- words", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"Origin 'not a mapping'"):
        load_catalog(folder)


def test_a_missing_domains_file_is_told(tmp_path):
    with pytest.raises(CatalogError, match=r"domains\.yaml is missing"):
        load_catalog(tmp_path)


def test_why_figures_make_no_order_is_one_of_the_reasons_known(write):
    assert load_catalog(write({"unranked": "sample"})).indicator("made-up").unranked == "sample"
    with pytest.raises(CatalogError, match="unranked"):
        load_catalog(write({"unranked": "somehow"}))
    with pytest.raises(CatalogError, match="a rank is not ranked by its figures"):
        load_catalog(write({"unranked": "sample", "kind": "rank"}))
