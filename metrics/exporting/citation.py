"""How a view and its sources are cited: a sentence, BibTeX, RIS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from base.words import Lang, partial_day, pick, t
from metrics.catalog import Origin

ATLAS: Final = "Atlas 06"
# What TeX would take for a command; its own accents are left alone, BibTeX is read as UTF-8.
TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited.

    Attributes
    ----------
    key
        Short stable name, of letters, digits and hyphens.
    title
        What the view shows, where, when.
    link
        Its address; relative where the atlas has no public one.
    origins
        The sources of its figures.
    lang
        Language of the reader.
    known
        When the atlas knew it so, in words; "" for now.
    """

    key: str
    title: str
    link: str
    origins: tuple[Origin, ...]
    lang: Lang
    known: str = ""

    @property
    def whole_title(self) -> str:
        """Its title, and when the atlas knew it so."""
        return f"{self.title.rstrip('.')}. {self.known}" if self.known else self.title


def citation(cited: Cited) -> str:
    """Write the citation in a sentence or two."""
    # Two sources that read alike are one to the reader.
    sources = "; ".join(dict.fromkeys(_source(origin, cited.lang) for origin in cited.origins))
    told = f"{ATLAS}. {_one_line(cited.whole_title).rstrip('.')}."
    if sources:
        told += f" {t('cite.sources', cited.lang)}: {sources}."
    return f"{told} {_whole(cited.link)}".strip()


def bibtex(cited: Cited) -> str:
    """Write the view and each of its sources as BibTeX entries, in UTF-8."""
    own = {
        "author": f"{{{ATLAS}}}",
        "title": _braced(cited.whole_title),
        "url": _verbatim(_whole(cited.link)),
        "note": _tex(_sources_note(cited)),
    }
    entries = [_entry(cited.key, own)]
    entries += [_entry(o.id, _origin_fields(o, cited.lang)) for o in cited.origins]
    return "\n".join(entries)


def ris(cited: Cited) -> str:
    """Write the view and each of its sources as RIS records; lines end in CR LF."""
    own = [("TY", "DATA"), ("AU", ATLAS), ("TI", cited.whole_title), ("UR", _whole(cited.link))]
    own += [("N1", _sources_note(cited)), ("LA", cited.lang), ("ER", "")]
    records = [own]
    for origin in cited.origins:
        found = [("TY", "RPRT"), ("AU", pick(origin.producer, cited.lang))]
        found += [("TI", pick(origin.title, cited.lang))]
        if origin.date_published:
            found += [("PY", origin.date_published[:4])]
            found += [("DA", origin.date_published.replace("-", "/"))]
        found += [("UR", origin.url or ""), ("N1", origin.citation or ""), ("ER", "")]
        records.append(found)
    lines = [
        f"{tag}  - {_one_line(text)}".rstrip() if tag != "ER" else "ER  - "
        for record in records
        for tag, text in record
        if text or tag == "ER"
    ]
    return "\r\n".join(lines) + "\r\n"


def _origin_fields(origin: Origin, lang: Lang) -> dict[str, str]:
    return {
        "author": f"{{{_tex(pick(origin.producer, lang))}}}",
        "title": _braced(pick(origin.title, lang)),
        "year": (origin.date_published or "")[:4],
        "url": _verbatim(origin.url or ""),
        "howpublished": _tex("" if origin.url else origin.document or ""),
        "note": _tex(t(f"export.date.{origin.date_published_kind}", lang)),
    }


def _source(origin: Origin, lang: Lang) -> str:
    date = partial_day(origin.date_published or "", lang)
    date = date or t(f"export.date.{origin.date_published_kind}", lang)
    return _one_line(f"{pick(origin.producer, lang)}, {pick(origin.title, lang)} ({date})")


def _sources_note(cited: Cited) -> str:
    names: Sequence[str] = list(
        dict.fromkeys(pick(origin.producer, cited.lang) for origin in cited.origins)
    )
    return f"{t('cite.sources', cited.lang)}: {'; '.join(names)}" if names else ""


def _whole(link: str) -> str:
    # A relative address leads nowhere from a list of references.
    return link if "://" in link else ""


def _entry(key: str, fields: dict[str, str]) -> str:
    safe = re.sub(r"[^A-Za-z0-9:-]+", "-", key).strip("-") or "atlas06"
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items() if text)
    return f"@misc{{{safe},\n{lines}\n}}\n"


def _braced(text: str) -> str:
    # Doubly braced: BibTeX would write names in lower case.
    return f"{{{_tex(text)}}}"


def _tex(text: str) -> str:
    return "".join(TEX.get(char, char) for char in _one_line(text))


def _verbatim(address: str) -> str:
    # Programs take this field as it is; braces would end it.
    return re.sub(r"[{}\\\s]", "", address)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
