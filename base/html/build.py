"""Elements, and the few groups of them that every page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


def el(tag: str, *content: object, **attributes: object) -> Markup:
    """Write an element.

    Parameters
    ----------
    tag
        With its classes, as CSS writes them: ``p.atlas-note``.
    *content
        See `join`.
    **attributes
        ``data_label`` is written ``data-label``, ``class_`` is ``class``. None and False leave
        one out; True writes its name alone.
    """
    name, _, classes = tag.partition(".")
    given = {"class_": classes.replace(".", " ") or None, **attributes}
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(value)}"')
        for key, value in given.items()
        if value is not None and value is not False
    )
    end = "" if name in VOID else f"{join(*content)}</{name}>"
    return Markup(f"<{name}{told}>{end}")


def join(*content: object, by: str = "") -> Markup:
    """Write one after the other: Markup as it is, lists item by item, all else escaped.

    Parameters
    ----------
    *content
        None, False and "" are left out.
    by
        What stands between any two.
    """
    return escape(by).join(_told(content))


def _told(content: Iterable[object]) -> Iterable[Markup]:
    for part in content:
        if part is None or part is False or part == "":
            continue
        if isinstance(part, Iterable) and not isinstance(part, str):
            yield from _told(part)
        else:
            yield escape(part)


def link(href: str, *content: object, **attributes: object) -> Markup:
    """Write a link within the app; the content alone where there is nowhere to go."""
    return el("a", *content, href=href, target="_self", **attributes) if href else join(*content)


def items(content: Iterable[object], tag: str = "ul") -> Markup:
    """Write a list; nothing where it is empty."""
    told = [el("li", item) for item in content]
    return el(tag, told) if told else Markup()


def paragraphs(texts: Iterable[object]) -> Markup:
    """Write sentences, each a paragraph; empty ones are left out."""
    return join(el("p", text) for text in texts if text)


def terms(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Write a list of terms, each with what it says; those that say nothing are left out."""
    return el("dl", (el("dt", term) + el("dd", text) for term, text in pairs if text))


def details(summary: object, *content: object, open_: bool = False) -> Markup:
    """Write what is opened by its summary."""
    return el("details", el("summary", summary), *content, open=open_)


def row(*cells: object, tag: str = "tr", head: str = "") -> Markup:
    """Write a row of a table.

    Parameters
    ----------
    *cells
        What is no ``td`` or ``th`` yet becomes the content of one.
    head
        ``row``: the first cell is the head of its row; ``col``: each is the head of its column.
    """
    named = len(cells) if head == "col" else 1 if head else 0
    return el(tag, (_cell(cell, head if at < named else "") for at, cell in enumerate(cells)))


def _cell(content: object, head: str) -> Markup:
    if isinstance(content, Markup) and content.startswith(("<td", "<th")):
        return content
    return el("th", content, scope=head) if head else el("td", content)


def table(
    heads: Iterable[object],
    rows: Iterable[Iterable[object]],
    tag: str = "table",
    *,
    caption: object = None,
    head: str = "",
) -> Markup:
    """Write a table.

    Parameters
    ----------
    heads
        The heads of its columns; none for a table without.
    rows
        Rows or bodies that are written already, or the cells of rows; see `row`.
    head
        ``row`` where the first cell of a row is its head.
    """
    top = list(heads)
    body = [part if isinstance(part, Markup) else row(*part, head=head) for part in rows]
    return el(
        tag,
        el("caption", caption) if caption else None,
        el("thead", row(*top, head="col")) if top else None,
        body if body and body[0].startswith("<tbody") else el("tbody", body),
    )
