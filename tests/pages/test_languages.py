"""Each page is in one language: no message or text of the other, names of places apart."""

import re
import unicodedata
from functools import cache

import pytest

from base.words.messages import catalogue
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI
from geo.editions import EDITION_2024, EDITION_2025, areas, editions
from metrics.catalog import Text
from tests.pages.shown import OTHER_PAGES, Shown
from ui.about import methods_text

SHORTEST = 12  # a shorter piece of a sentence can stand in both languages

VIEWS = {
    "country": {},
    "districts": {"edition": EDITION_2024, "level": "district"},
    "counts": {"indicator": "dvcqg-dossiers-received"},
    "ranks": {"edition": EDITION_2024, "indicator": "dti-rank"},
    "status": {"edition": EDITION_2024, "indicator": "coordination-plan"},
    "empty": {"place": "44", "level": "commune"},
    "selected": {"place": "44"},
    "disputed": {"indicator": "coverage-gap-counted"},
    "carried": {"indicator": "population-average", "basis": EDITION_2024},
    "refused": {"k": "99", "place": "zz"},
    "source": {"source": "01"},
    "card": {"edition": EDITION_2024, "indicator": "cashless-si-rate"},
}
PAGES = [("explore", params) for params in VIEWS.values()]
PAGES += [(page, {}) for page in OTHER_PAGES]
# What the page of coverage gaps says over real ground, and of claims.
GAPS = {
    "ground": {"part": "search", "mode": "simulated", "over": "margins", "at": "11"},
    "summits": {"part": "search", "mode": "simulated", "over": "summits"},
    "weighed": {"part": "evidence", "mode": "simulated", "at": "11"},
    "files": {"part": "search"},
    "claims": {"part": "evidence"},
}
PAGES += [("gaps", params) for params in GAPS.values()]
IDS = [*VIEWS, *OTHER_PAGES, *GAPS]


def texts_in(record):
    """Yield the bilingual texts of a record of the catalog."""
    for value in vars(record).values():
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Text):
                yield item
            elif hasattr(item, "title") and isinstance(item.title, Text):
                yield item.title


def pieces(text):
    """Split a message at its placeholders."""
    return [piece.strip(" .,;:()“”") for piece in re.split(r"{\w+}", text)]


def messages(lang):
    for message in catalogue(lang).values():
        for form in message if isinstance(message, tuple) else (message,):
            yield from pieces(form)


def bilingual(store):
    catalog = store.catalog
    for records in (catalog.indicators, catalog.origins, catalog.domains):
        for record in records.values():
            yield from texts_in(record)


@cache
def said_in(store, lang):
    """Return everything that the program and its catalog say in a language."""
    said = set(messages(lang)) | {getattr(text, lang) for text in bilingual(store)}
    said |= {getattr(edition, f"name_{lang}") for edition in editions()}
    return frozenset(said)


@pytest.fixture(scope="module")
def texts_of(store):
    """Return a function from a page to its texts; what two tests read is opened once."""
    assert store
    return cache(lambda page, params: "\n".join(Shown.of(page, dict(params)).texts))


@pytest.mark.parametrize(("page", "params"), PAGES, ids=IDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_is_said_in_the_other_language(texts_of, store, page, params, lang):
    shown = texts_of(page, (("lang", lang), *params.items()))
    own = "\n".join(said_in(store, lang))
    # The mark of made-up data is said in both.
    foreign = said_in(store, "en" if lang == "vi" else "vi") - {SIMULATED_VI, SIMULATED_EN}
    sentences = [text for text in foreign if len(text) >= SHORTEST and " " in text]
    assert [text for text in sentences if text in shown and text not in own] == []


@cache
def vietnamese(word):
    """Tell whether a word has a letter or tone that English does not."""
    marks = unicodedata.normalize("NFD", word.casefold().replace("đ", "d\u0323"))
    return any(unicodedata.combining(mark) for mark in marks)


def words(text):
    return {word for word in re.findall(r"[^\W\d_]+", text) if vietnamese(word)}


def verbatim(store):
    """Return what is quoted from sources as they wrote it."""
    rows = store.observations()
    quoted = [*rows["period_text"], *rows["locator"], *rows["note"]]
    for origin in store.catalog.origins.values():
        quoted += [origin.document, origin.republished_in, origin.licence, origin.locator]
    return " ".join({text for text in quoted if text})


@pytest.mark.parametrize(("page", "params"), PAGES, ids=IDS)
def test_english_pages_hold_vietnamese_words_only_in_names(texts_of, store, page, params):
    shown = texts_of(page, (("lang", "en"), *params.items()))
    names = " ".join(said_in(store, "en"))
    if page == "methods":
        names += methods_text("en")
    if page == "where":
        names += " Nghị quyết"  # resolutions are cited as they are called
    if "source" in params or page in ("sources", "known"):
        names += verbatim(store)
    if params.get("mode") == "simulated":
        names += f" {SIMULATED_VI} Thôn Mô mô phỏng Báo cáo Đo kiểm"  # what is made up is called so
    assert words(shown) - words(names) == set()


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_english_names_of_places_are_plain_letters(edition):
    assert all(place.name_en.isascii() and place.short_en.isascii() for place in areas(edition))


def test_the_two_languages_have_the_same_messages():
    assert catalogue("vi").keys() == catalogue("en").keys()


def test_the_two_languages_have_the_same_placeholders():
    for key, message in catalogue("vi").items():
        other = catalogue("en")[key]
        sets = [
            {
                frozenset(re.findall(r"{(\w+)}", form))
                for form in (m if isinstance(m, tuple) else (m,))
            }
            for m in (message, other)
        ]
        assert sets[0] == sets[1] or frozenset().union(*sets[0]) == frozenset().union(*sets[1]), key
