"""While the database is away pages say so, show what was read, and go on when it is back."""

from __future__ import annotations

from html import unescape

from base.words import t
from metrics.store import postgres_link
from tests.pages.shown import Shown, texts_of


def shown(page, lang):
    found = Shown.run(page, {"lang": lang})
    assert not found.app.exception
    return found, unescape(" ".join(texts_of(found.html, lang)))


def test_a_reader_is_told_sees_what_was_read_and_needs_no_restart(
    database, server, home, monkeypatch, caplog
):
    monkeypatch.setattr(postgres_link, "RETRY_AFTER_S", 0)
    held = t("database.held", "vi", time="")[:30]
    server.stop()
    try:
        for lang in ("vi", "en"):
            found, told = shown("explore", lang)
            assert t("database.away", lang) in told
            assert t("database.again", lang) in told
            # Where the database is concerns who runs the server, not who reads a page.
            assert "127.0.0.1" not in found.html
        assert "127.0.0.1" in caplog.text
    finally:
        server.start()
    _, told = shown("explore", "vi")
    assert held not in told
    server.stop()
    try:
        _, told = shown("explore", "vi")
        assert held in told
        for page in ("profile", "datasets"):
            _, told = shown(page, "vi")
            assert held in told, page
            assert t("database.away", "vi") not in told, page
    finally:
        server.start()
    _, told = shown("explore", "vi")
    assert held not in told
