import ast
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest

from base.folders import ROOT
from base.words import LANGS, t, tn
from base.words.messages import UnknownMessage, catalogue

# Whoever lays a figure out fills these.
TEMPLATES = {"figure.more", "figure.profile.more", "figure.scale"}
FOLDERS = ("base", "geo", "metrics", "ui", "pages", "data/build")


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def forms(text):
    return (text,) if isinstance(text, str) else text


@cache
def trees():
    files = [*ROOT.glob("*.py"), *(p for name in FOLDERS for p in (ROOT / name).rglob("*.py"))]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def nodes(kind) -> Iterator:
    return (one for tree in trees().values() for one in ast.walk(tree) if isinstance(one, kind))


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def first(call):
    """Give the first argument of a call: a text, or what an f-string begins with and ``*``."""
    match call.args[:1]:
        case [ast.Constant(value=str(key))]:
            return key
        case [ast.JoinedStr(values=[ast.Constant(value=str(start)), *_])]:
            return f"{start}*"
    return ""


@cache
def prefixes():
    """Find where the sentences of each kind of refusal stand."""
    found = {}
    for kind in nodes(ast.ClassDef):
        for line in kind.body:
            match line:
                case (
                    ast.Assign(targets=[ast.Name(id="prefix")], value=ast.Constant(value=prefix))
                    | ast.AnnAssign(target=ast.Name(id="prefix"), value=ast.Constant(value=prefix))
                ):
                    found[kind.name] = (*found.get(kind.name, ()), prefix)
    return found


def said():
    """List what is said: the key, and the values that are given; None where they are not told."""
    for call in nodes(ast.Call):
        name, key = name_of(call), first(call)
        given = None
        if all(word.arg for word in call.keywords):
            given = {word.arg for word in call.keywords} | ({"n"} if name == "tn" else set())
        if name == "Message" and key:
            yield (key,), _values(call)
        elif name in ("t", "tn") and key:
            yield (key,), given
        elif name in prefixes() and key and (len(call.args) == 1 or name != "Refusal"):
            yield tuple(prefix + key for prefix in prefixes()[name]), given


def _values(call):
    """Give the names of the values of a message; None where they are not told."""
    match call.args[1:]:
        case []:
            return set()
        case [ast.Dict(keys=keys)] if all(isinstance(key, ast.Constant) for key in keys):
            return {key.value for key in keys}
    return None


def test_both_languages_say_the_same_messages():
    assert set(catalogue("vi")) == set(catalogue("en"))


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_is_empty(lang):
    assert [key for key, text in catalogue(lang).items() if not all(forms(text))] == []


def test_translations_keep_their_placeholders():
    for key, text in catalogue("vi").items():
        wanted = placeholders(forms(text)[0])
        for form in forms(catalogue("en")[key]):
            assert placeholders(form) == wanted, key


def test_every_message_named_in_the_code_exists_and_is_given_what_it_speaks_of():
    known = catalogue("en")
    for keys, given in said():
        if keys[0].endswith("*"):
            assert any(k.startswith(key[:-1]) for key in keys for k in known), keys
            continue
        found = [key for key in keys if key in known]
        assert found, keys
        if given is not None:
            lacking = [placeholders(forms(known[key])[0]) - given for key in found]
            assert not all(lacking) or keys[0] in TEMPLATES, (keys, lacking)


def test_every_message_is_named_in_the_code():
    named = {key for keys, _ in said() for key in keys}
    families = tuple(key[:-1] for key in named if key.endswith("*") and len(key) > 1)
    starts = [*{prefix for several in prefixes().values() for prefix in several}, ""]
    quoted = {one.value for one in nodes(ast.Constant) if isinstance(one.value, str)}
    whole = {start + text for start in starts for text in quoted}
    unnamed = {key for key in catalogue("vi") if key not in named and not key.startswith(families)}
    assert unnamed - whole == set()


def test_an_unknown_message_is_an_error():
    with pytest.raises(UnknownMessage, match=r"no\.such"):
        t("no.such", "vi")


def test_english_counts_one_and_many_apart_and_vietnamese_does_not():
    assert tn("level.province", 1, "en") == "province"
    assert tn("level.province", 34, "en") == "provinces"
    assert tn("level.province", 1, "vi") == tn("level.province", 34, "vi")


@pytest.mark.parametrize("one", [1, "1"])
def test_a_message_chooses_between_one_and_many_by_each_of_its_counts(one):
    key = "gaps.cluster.name"
    assert t(key, "en", gaps=one, people="1,204", areas="x") == "1 adjacent gap, 1,204 people (x)"
    assert t(key, "en", gaps=3, people=one, areas="x") == "3 adjacent gaps, 1 person (x)"
    assert t(key, "vi", gaps=one, people=one, areas="x").count("1") == 2


# Numbers that are never one, and words that are no numbers.
NEVER_ONE = (
    "asked dpi fewest high least limit max_cells max_columns max_rows most permutations vertices "
    "width"
)
WORDS = (
    "areas boundaries edition file folder held label level mode name options share sheet "
    "technology unit value what"
)
# What is shown is no number, is one of many, or is more than one for sure.
OTHERWISE = (
    "audit.say.ranks.gaps legend.histogram legend.sampled multiples.numbers subtitle.alike "
    "streamlit.matches streamlit.most theme.definitions theme.silence.all "
    "editions.unknown.area_linked coverage.refused.grid_nonsense "
    "coverage.terrain.summits.told"
    " streamlit.kind streamlit.kind_and_size"
)
# A number, up to two words, and a word of many: "{n} new sites", "{n} of {of} units are".
COUNTED = re.compile(
    r"\{(\w+)\}(?: of \{(\w+)\})?(?: (?!of\b|in\b|to\b)[\w’-]+){0,2}? "
    r"([A-Za-z]{2,}s|people|are|were|have)\b"
)
# What ends in s and is of one: verbs, and words such as "across".
OF_ONE = (
    "across adds always as begins carries covers does gives goes has holds is its leads less lies "
    "makes names needs opens others plus refers says stands takes this unless unpacks was Mbps"
)


def test_what_is_counted_in_english_has_words_for_one():
    left_out, of_one = {*NEVER_ONE.split(), *WORDS.split()}, OF_ONE.split()
    found = [
        f"{key}: {one[0]}"
        for key, text in catalogue("en").items()
        if isinstance(text, str) and key not in OTHERWISE.split()
        for one in COUNTED.finditer(text)
        if one[3] not in of_one and not left_out & {one[1], one[2]}
    ]
    assert not found, found
