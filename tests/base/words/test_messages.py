import re

import pytest

from base.folders import ROOT
from base.words import LANGS, t, tn
from base.words.messages import UnknownMessage, catalogue

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def forms(text):
    return (text,) if isinstance(text, str) else text


def test_both_languages_say_the_same_messages():
    assert set(catalogue("vi")) == set(catalogue("en"))


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_is_empty(lang):
    assert [key for key, text in catalogue(lang).items() if not all(forms(text))] == []


def test_translations_keep_their_placeholders():
    for key, text in catalogue("vi").items():
        wanted = set(PLACEHOLDER.findall(forms(text)[0]))
        for form in forms(catalogue("en")[key]):
            assert set(PLACEHOLDER.findall(form)) == wanted, key


def test_every_message_named_in_the_code_exists_and_every_message_is_named():
    folders = (ROOT / name for name in ("base", "geo", "metrics", "ui", "pages", "data/build"))
    files = [*ROOT.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r"""\btn?\(\s*["']([\w.]+)["']""", code))
    families = set(re.findall(r"""\btn?\(\s*f["']([\w.]+\.)\{""", code))
    known = set(catalogue("vi"))
    assert named - known == set()
    unnamed = {k for k in known - named if not any(k.startswith(f) for f in families)}
    quoted = {k for k in unnamed if f'"{k}"' in code}
    assert unnamed - quoted == set()


def test_an_unknown_message_is_an_error():
    with pytest.raises(UnknownMessage, match=r"no\.such"):
        t("no.such", "vi")


def test_english_counts_one_and_many_apart_and_vietnamese_does_not():
    assert tn("level.province", 1, "en") == "province"
    assert tn("level.province", 34, "en") == "provinces"
    assert tn("level.province", 1, "vi") == tn("level.province", 34, "vi")
