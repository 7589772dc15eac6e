"""What Streamlit's frame says by itself, always in English, and how readers hear it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from base.words import LANGS, Lang, t

# Messages ``streamlit.…``: the English is Streamlit's own, to the letter.
SAID: Final = (
    *("choose", "choose_some", "add", "add_some", "open", "close", "clear", "clear_one", "all"),
    *("none", "no_options", "heading", "file", "upload", "drop", "drop_some", "lost", "lost_more"),
    *("connecting", "disconnected", "matches", "size", "most", "remove", "more_files", "help"),
    *("drop_a", "one_file", "too_large", "error", "copy", "copied", "selected", "dismiss"),
    *("apply", "submit", "less", "more", "columns", "table_csv", "search", "fullscreen"),
    *("fullscreen_end", "kind", "kind_and_size"),
)


@cache
def own_words(lang: Lang) -> dict[str, Any]:
    """Return the texts and the forms to be said in a language, as static/ui/lang.js has them.

    What was said in another language before the reader changed it is changed back.
    """
    pairs = [
        tuple(t(f"streamlit.{name}", each, n="{n}") for each in (other, lang))
        for name in SAID
        for other in LANGS
        if other != lang
    ]
    return {
        "words": {said: local for said, local in pairs if "{n}" not in said},
        "forms": [[said, local] for said, local in pairs if "{n}" in said],
    }
