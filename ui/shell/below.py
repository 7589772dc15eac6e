"""What the launcher adds below every page: what only works where it answers beside the pages."""

from __future__ import annotations

from collections.abc import Callable

from base.html import Markup
from base.words import Lang
from ui.shell.blocks import show_html

# From the name of a page and the reader's language to what is shown; "" for nothing.
Below = Callable[[str, Lang], Markup]
_added: dict[str, Below] = {}


def add_below(name: str, write: Below) -> None:
    """Have something shown below every page, from now on and under a name of its own."""
    _added[name] = write


def below(page: str, lang: Lang) -> None:
    """Show what was added."""
    for write in _added.values():
        if told := write(page, lang):
            show_html(told)
