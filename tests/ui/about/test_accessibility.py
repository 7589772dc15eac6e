"""The statement of accessibility says what is really checked."""

import pytest

from base.folders import ROOT
from base.words import LANGS, t
from ui.about import statement
from ui.about.accessibility import CHECKS


def test_the_document_is_the_statement_of_the_app():
    told = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert told == f"# {t('a11y.title', 'en')}\n\n{statement('en')}"


@pytest.mark.parametrize("lang", LANGS)
def test_every_check_names_tests_that_exist(lang):
    said = statement(lang)
    for _, file in CHECKS:
        assert f"`{file}`" in said
        assert (ROOT / "tests" / "journeys" / file).exists()
