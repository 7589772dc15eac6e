"""When something breaks the reader is told so in a sentence, with a way out; the log has it all."""

import pytest

from base.words import t
from metrics.store import StoreError
from tests.pages.shown import Shown, texts_of

SECRET = "/srv/secret/path <b>"


def broken(monkeypatch, error, lang):
    """Open Explore where the figures cannot be had."""

    def fail(*_args, **_how):
        raise error

    monkeypatch.setattr("ui.shell.state.current_store", fail)
    shown = Shown.run("explore", {"lang": lang})
    assert not shown.app.exception
    return shown


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_unforeseen_error_is_a_sentence_and_a_way_out(monkeypatch, home, lang, caplog):
    shown = broken(monkeypatch, RuntimeError(SECRET), lang)
    assert t("error.page", lang) in texts_of(shown.html, lang)
    assert f'href="?lang={lang}"' in shown.html
    assert t("error.home", lang) in texts_of(shown.html, lang)
    assert "secret" not in shown.html
    assert "Traceback" not in shown.html
    assert SECRET in caplog.text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_store_that_cannot_be_opened_is_said_and_nothing_is_lost(monkeypatch, home, lang, caplog):
    shown = broken(monkeypatch, StoreError("restless", folder=SECRET), lang)
    assert t("error.store", lang) in texts_of(shown.html, lang)
    assert "<b>" not in shown.html
    assert SECRET in caplog.text
