"""The profile of a place as one page of HTML, also for paper: what is known, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any

import pandas as pd

from base.words import Lang, day, number, pick, t
from geo.boundaries import has_layer, kept
from geo.crosswalk import OldCommune
from geo.editions import Area, Level
from metrics.briefs import Fact, Gap, Profile, Series, profile
from metrics.catalog import Indicator, boundary_disclaimer
from metrics.harmonise import carried_note
from metrics.store import Store
from ui.address import explore_href
from ui.charts import against_html, line_html
from ui.places.heads import DRAWN_ON, head_html
from ui.places.story import Unit
from ui.scene import Row, period_text, role_text, source_name, state_text, value_text, with_unit

PORTRAITS_KEPT = 64
MOST_MISSING = 12


class Sources:
    """The sources cited on a page, and the notes: numbered and lettered as they first come up."""

    def __init__(self, store: Store, lang: Lang) -> None:
        self._store, self._lang = store, lang
        self._numbers: dict[str, int] = {}
        self._notes: dict[str, str] = {}

    def letter(self, text: str) -> str:
        """Return the letter of a note in brackets, as written beside a figure."""
        return f"({self._notes.setdefault(text, _letter(len(self._notes)))})"

    def lettered(self, *more: str) -> list[str]:
        """List the notes, in the order of their letters, and `more` after them."""
        told = [f"({letter}) {text}" for text, letter in self._notes.items()]
        return told + [text for text in more if text]

    def notes(self, *more: str) -> str:
        """List the notes in HTML; see `lettered`."""
        told = " ".join(map(escape, self.lettered(*more)))
        return f"<p class='notes'><small>{told}</small></p>" if told else ""

    def numbers(self, ids: Iterable[str]) -> str:
        """Return the numbers of some sources in brackets, as written beside a figure."""
        known = [id_ for id_ in dict.fromkeys(ids) if id_ in self._store.catalog.origins]
        found = [self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in known]
        return f"[{', '.join(map(str, sorted(found)))}]" if found else ""

    def cite(self, ids: Iterable[str]) -> str:
        """Return the numbers of some sources in HTML."""
        return _cite(self.numbers(ids))

    def numbered(self) -> list[str]:
        """List the sources cited, in the order of their numbers."""
        items = []
        for id_ in self._numbers:
            origin = self._store.catalog.origin(id_)
            title, name = pick(origin.title, self._lang), source_name(origin, self._lang)
            said = title if title == name else f"{name}. {title}"
            if origin.date_published:
                kind = t(f"date_kind.{origin.date_published_kind}", self._lang)
                said += f" ({origin.date_published}, {kind})"
            items.append(said)
        return items

    def foot(self) -> str:
        """List the sources in HTML; see `numbered`."""
        items = "".join(f"<li>{escape(said)}</li>" for said in self.numbered())
        return f"<ol>{items}</ol>" if items else ""


def _letter(n: int) -> str:
    """Count in letters: a to z, then aa, ab and so on."""
    first, last = divmod(n, 26)
    return (chr(96 + first) if first else "") + chr(97 + last)


def portrait(store: Store, edition: str, unit: Unit, lang: Lang, dark: bool) -> str:
    """Write the profile of a place.

    Parameters
    ----------
    edition, unit
        The place, or a commune of before July 2025, of which no figures are known.
    dark
        Whether the paper is dark.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    return _portrait(store, edition, unit, lang, dark)


@kept(maxsize=PORTRAITS_KEPT)
def _portrait(store: Store, edition: str, unit: Unit, lang: Lang, dark: bool) -> str:
    found = None if isinstance(unit, OldCommune) else profile(store, edition, unit.code)
    parts = [head_html(edition, unit, found, lang, dark)]
    if found is not None:
        sources = Sources(store, lang)
        parts += _figures(store, found, sources, lang)
        parts += [_over_time(found, sources, lang), _not_carried(found, lang)]
        parts += [_missing(store, found, lang), _foot(found.place, sources, lang)]
    return f'<article class="atlas-profile">{"".join(parts)}</article>'


def _figures(store: Store, found: Profile, sources: Sources, lang: Lang) -> Iterator[str]:
    """Write the table of figures, one group of rows a domain."""
    if not found.facts:
        return
    heads = "".join(
        f'<th scope="col">{escape(t(f"profile.head.{name}", lang))}</th>'
        for name in ("indicator", "value", "date", "rank", "against")
    )
    groups = []
    for domain, facts in groupby(found.facts, key=lambda fact: fact.indicator.domain):
        name = escape(pick(store.catalog.domains[domain].title, lang))
        rows = "".join(_row(fact, found.place, sources, lang) for fact in facts)
        head = f'<tr class="domain"><th colspan="5" scope="rowgroup">{name}</th></tr>'
        groups.append(f"<tbody>{head}{rows}</tbody>")
    caption = escape(t("profile.caption", lang))
    yield (
        f'<table class="figures"><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"{''.join(groups)}</table>{sources.notes(summed_note(found, lang))}"
    )


def summed_note(found: Profile, lang: Lang) -> str:
    """Explain the mark of figures held against that no source gives, where there are any."""
    held = (yardstick for fact in found.facts for yardstick in fact.yardsticks)
    return t("profile.bar.note", lang) if any(not y.published for y in held) else ""


def _row(fact: Fact, place: Area, sources: Sources, lang: Lang) -> str:
    name = escape(pick(fact.indicator.short, lang))
    href = explore_href(fact.indicator, place, lang, carried=fact.carried)
    if href:
        name = f'<a href="{escape(href)}" target="_self">{name}</a>'
    row = fact.row
    cells = (
        _value(fact, sources, lang),
        escape(period_text(row, lang)) if row else "",
        escape(rank_text(fact, lang)),
        against_html(fact, place, lang),
    )
    return f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _value(fact: Fact, sources: Sources, lang: Lang) -> str:
    """Write the figure with its source, what contradicts it, and what is aimed at."""
    lines = []
    if fact.row is not None:
        text, letters, numbers = told_of(fact, sources, lang)
        lines.append(f"<b>{escape(text)}</b> {_cite(letters)} {_cite(numbers)}")
    for text, numbers in others_of(fact, sources, lang):
        lines.append(f"<small>{escape(text)} {_cite(numbers)}</small>")
    return "<br>".join(lines)


def _cite(text: str) -> str:
    return f'<span class="cite">{escape(text)}</span>' if text else ""


def told_of(fact: Fact, sources: Sources, lang: Lang) -> tuple[str, str, str]:
    """Return the figure of a fact as written, the letters of its notes, the numbers of sources."""
    row: Row = fact.row or {}
    text = written(rounded(row), fact.indicator, lang)
    ids = row.get("origins") or (row["origin"],)
    letters = "".join(sources.letter(note) for note in notes_of(fact, lang))
    return text or state_text(str(row["state"]), lang), letters, sources.numbers(ids)


def others_of(fact: Fact, sources: Sources, lang: Lang) -> list[tuple[str, str]]:
    """Return what contradicts a figure, and what is aimed at, each with its sources' numbers."""
    told = []
    for other in fact.alternatives:
        said = written(other, fact.indicator, lang)
        told.append((t("profile.other", lang, value=said), sources.numbers((other["origin"],))))
    for promise in fact.promises:
        text = role_text(str(promise["role"]), lang) + written(promise, fact.indicator, lang)
        if not pd.isna(promise["deadline"]):
            deadline = day(pd.Timestamp(promise["deadline"]).date(), lang)
            text += t(f"profile.by.{promise['role']}", lang, day=deadline)
        told.append((text, sources.numbers((promise["origin"],))))
    return told


def written(row: Row, indicator: Indicator, lang: Lang) -> str:
    """Write a figure with its unit."""
    return with_unit(value_text(row, indicator, lang), indicator, lang)


def rounded(row: Row) -> dict[str, Any]:
    """Round what was computed to what is worth reading; what was published stays as it is."""
    told = dict(row)
    if told["state"] == "recomputed" and not pd.isna(told["value"]):
        told["value"] = round(float(told["value"]), 4)
        if told.get("how") in ("ratio", "ratio_of_sums", "weighted_mean"):
            told["value"] = round(float(told["value"]), 2)
    if told.get("qualifier") == "computed" and told.get("how"):
        told["qualifier"] = ""
    return told


def notes_of(fact: Fact, lang: Lang) -> Iterator[str]:
    """Remark on how a figure was made, where it was."""
    row = fact.row or {}
    if fact.carried and "parts" in row:
        yield carried_note(row, lang)
    elif row["state"] == "recomputed":
        summed = row.get("how") in ("sum", "ratio")
        yield t(f"profile.summed.{row['how']}", lang) if summed else state_text("recomputed", lang)
    elif row["qualifier"] == "computed":
        yield t("profile.computed", lang)


def rank_text(fact: Fact, lang: Lang) -> str:
    """Write the rank of a figure among how many; "" where none is told."""
    if fact.rank is None:
        return ""
    return t("profile.rank", lang, rank=number(fact.rank, lang), of=number(fact.of, lang))


def _over_time(found: Profile, sources: Sources, lang: Lang) -> str:
    if not found.series:
        return ""
    rows = "".join(_line(series, sources, lang) for series in found.series)
    name = escape(t("profile.series", lang))
    seams = [series.day for series in found.series if series.day is not None]
    carried = any(row["is_carried"] for series in found.series for row in series.rows)
    notes = [t("profile.series.carried", lang)] if carried else []
    notes += [t("profile.series.seam", lang, day=day(seams[0], lang))] if seams else []
    told = f"<p><small>{escape(' '.join(notes))}</small></p>" if notes else ""
    return (
        f"<section><h2>{name}</h2><table class='series'><caption>{name}</caption>"
        f"<tbody>{rows}</tbody></table>{told}</section>"
    )


def _line(series: Series, sources: Sources, lang: Lang) -> str:
    points, crossed = [], False
    for row in series.rows:
        if series.day and not crossed and row["side"] == "after":
            crossed = True
            seam = escape(t("seam.here", lang, day=day(series.day, lang)))
            points.append(f'<i class="seam">{seam}</i>')
        value = with_unit(value_text(rounded(row), series.indicator, lang), series.indicator, lang)
        mark = "°" if row["is_carried"] else ""
        cited = sources.cite(row.get("origins") or (row["origin"],))
        points.append(f"{escape(period_text(row, lang))}: <b>{escape(value)}{mark}</b> {cited}")
    name = escape(pick(series.indicator.short, lang))
    picture = line_html(series, lang)
    return f"<tr><th scope='row'>{name}</th><td>{picture}</td><td>{' · '.join(points)}</td></tr>"


def _not_carried(found: Profile, lang: Lang) -> str:
    """Name the older figures that say nothing of the territory of today, and why."""
    if not found.not_carried:
        return ""
    by_state: dict[str, list[str]] = {}
    for fact in found.not_carried:
        state = str((fact.row or {})["state"])
        by_state.setdefault(state, []).append(pick(fact.indicator.short, lang))
    items = "".join(
        f"<li><b>{escape(state_text(state, lang))}</b>: {escape('; '.join(names))}.</li>"
        for state, names in by_state.items()
    )
    name = escape(t("profile.not_carried", lang))
    return f"<section><h2>{name}</h2><ul>{items}</ul></section>"


def _missing(store: Store, found: Profile, lang: Lang) -> str:
    lines = []
    if found.empty_domains and found.facts:
        names = [pick(store.catalog.domains[id_].title, lang) for id_ in found.empty_domains]
        lines.append(t("profile.missing.domains", lang, names="; ".join(names)))
    if found.missing:
        key = "region" if found.place.level is Level.REGION else "others"
        told = [_gap(gap, lang) for gap in found.missing[:MOST_MISSING]]
        lines.append(t(f"profile.missing.{key}", lang, names="; ".join(told)))
        if len(found.missing) > MOST_MISSING:
            rest = number(len(found.missing) - MOST_MISSING, lang)
            lines.append(t("profile.missing.more", lang, n=rest))
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    name = escape(t("profile.missing", lang))
    return f"<section><h2>{name}</h2><ul>{items}</ul></section>"


def _gap(gap: Gap, lang: Lang) -> str:
    name = pick(gap.indicator.short, lang)
    return t("profile.gap", lang, what=name, n=number(gap.n, lang), of=number(gap.of, lang))


def _foot(place: Area, sources: Sources, lang: Lang) -> str:
    listed = sources.foot()
    heading = f"<h2>{escape(t('profile.sources', lang))}</h2>" if listed else ""
    on = DRAWN_ON.get(place.edition, place.edition)
    level = place.level if has_layer(on, place.level) else Level.PROVINCE
    drawn = boundary_disclaimer(on, level, lang)
    line = escape(t("profile.credit", lang, boundaries=drawn))
    return f"<footer>{heading}{listed}<p><small>{line}</small></p></footer>"
