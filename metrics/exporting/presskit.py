"""The press kit: one ZIP with figures, data, citation, licence, sources and what is missing.

The same bytes for the same figures and the same view: nothing in it knows when it was made. Each
file is made on disk and copied into the ZIP piece by piece, so that none is held in memory whole.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from base.reading import replacing_file
from base.words import Lang, t
from metrics.catalog import boundary_licence
from metrics.exporting.citation import bibtex, citation, ris
from metrics.exporting.csv import metadata_path
from metrics.exporting.files import FORMATS, Written, export
from metrics.exporting.names import marked, name_of, safe_name
from metrics.exporting.select import AsShown
from metrics.exporting.snippet import snippet
from metrics.observations import STATES_WITH_FIGURE
from metrics.store import Store

# The first date that a ZIP can hold.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
READABLE: Final = 0o644 << 16
DATA_FORMATS: Final = ("csv", "xlsx", "geojson")
README: Final = "README.md"
MOST_NAMES: Final = 120


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the kit: the end of its name, as ``16x9.png``, and what draws it."""

    name: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Kit:
    """What goes into a press kit.

    Attributes
    ----------
    what
        The rows of the view.
    title, subtitle
        What it shows, and what there is to say of it.
    link
        Its address.
    lang
        Language of everything in it.
    pictures
        The figures.
    pages
        Maps as HTML files.
    """

    what: AsShown
    title: str
    subtitle: str
    link: str
    lang: Lang
    pictures: Sequence[Picture] = ()
    pages: Sequence[Picture] = ()


def kit_name(store: Store, what: AsShown, lang: Lang) -> str:
    """Name the ZIP of a view."""
    return f"{name_of(store, what)}_{t('kit.word', lang)}.zip"


def write_kit(store: Store, kit: Kit, out: Path) -> Path:
    """Write a press kit; it appears complete or not at all.

    Parameters
    ----------
    store
        Where the figures are.
    out
        The ZIP to write or replace.

    Returns
    -------
    Path
        The file; its name begins with ``sim-`` where the figures are made up.
    """
    path, stem = marked(store, out), name_of(store, kit.what)
    with (
        tempfile.TemporaryDirectory(prefix="atlas-kit-") as folder,
        replacing_file(path) as temporary,
        ZipFile(temporary, "w", ZIP_DEFLATED) as archive,
    ):
        written = [_data(store, kit, Path(folder) / stem, form) for form in DATA_FORMATS]
        files = [file for one in written for file in _files(one)]
        drawn = [("figures", picture) for picture in kit.pictures]
        drawn += [("embed", page) for page in kit.pages]
        names = [f"{where}/{stem}_{safe_name(one.name)}" for where, one in drawn]
        texts = _texts(store, kit, written[0], stem, [*names, *(f"data/{f.name}" for f in files)])
        for name, text in texts.items():
            _add(archive, name, text.encode("utf-8"))
        for name, (_, one) in zip(names, drawn, strict=True):
            _add(archive, name, one.draw())
        for file in files:
            _add(archive, f"data/{file.name}", file)
    return path


def _data(store: Store, kit: Kit, stem: Path, form: str) -> Written:
    out = stem.with_name(stem.name + FORMATS[form].suffix)
    return export(store, kit.what, out, form, lang=kit.lang, title=kit.title, link=kit.link)


def _files(written: Written) -> list[Path]:
    beside = metadata_path(written.path)
    return [written.path, *([beside] if beside.exists() else [])]


def _add(archive: ZipFile, name: str, content: bytes | Path) -> None:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, READABLE, 3
    if isinstance(content, bytes):
        archive.writestr(entry, content)
        return
    with content.open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _texts(
    store: Store, kit: Kit, data: Written, stem: str, names: Sequence[str]
) -> dict[str, str]:
    cited = data.about.cited(data.tally, stem)
    rows = f"data/{data.path.name}"
    return {
        README: _readme(store, kit, data, names),
        "citation.txt": citation(cited) + "\n",
        "citation.bib": bibtex(cited),
        "citation.ris": ris(cited),
        "rows.py": f"{_own_rows(rows)}\n",
        "LICENCE.txt": f"{_licence(kit.lang)}\n",
    }


def _own_rows(path: str) -> str:
    """Write the code that reads the rows of the kit, for Python started in its folder."""
    return "\n".join(
        [
            "import pandas as pd",
            "",
            "# Codes are text: 01 is not 1. A blank is unknown, not zero.",
            f'rows = pd.read_csv("{path}", dtype=str, keep_default_na=False)',
            'for column in ["value", "numerator", "denominator"]:',
            "    rows[column] = pd.to_numeric(rows[column])",
            "# false: what other sources say of the same area",
            'rows = rows[rows["shown"] == "true"]',
        ]
    )


def _licence(lang: Lang) -> str:
    return t("download.licence", lang, boundaries=boundary_licence(lang))


def _readme(store: Store, kit: Kit, data: Written, names: Sequence[str]) -> str:
    lang, about, tally = kit.lang, data.about, data.tally
    head, *sources = about.sources(tally)
    warning = [f"**{t('export.simulated', lang)}**", ""] if tally.simulated else []
    left_out = (t("export.note.title", lang), t("export.note.citation", lang))
    states = [f"- {name}: {text}" for name, text in about.notes(tally, ()) if name not in left_out]
    lines = [
        f"# {_plain(kit.title)}",
        "",
        *warning,
        *([_plain(kit.subtitle), ""] if kit.subtitle else []),
        f"{t('download.permalink', lang)}: {kit.link}",
        "",
        f"## {t('download.citation', lang)}",
        "",
        _plain(citation(about.cited(tally))),
        "",
        "citation.txt, citation.bib (BibTeX), citation.ris (RIS)",
        "",
        f"## {t('kit.sources', lang)}",
        "",
        *(_source(head, line) for line in sources),
        "",
        f"## {t('kit.notes', lang)}",
        "",
        *states,
        *_missing(store, kit),
        "",
        f"## {t('kit.licence', lang)}",
        "",
        _licence(lang),
        "",
        f"## {t('kit.files', lang)}",
        "",
        *(f"- {name}" for name in names),
        f"- rows.py: {t('kit.rows', lang)}",
        "",
        f"## {t('kit.code', lang)}",
        "",
        "```python",
        snippet(store, kit.what).rstrip(),
        "```",
        "",
    ]
    return "\n".join(lines)


def _missing(store: Store, kit: Kit) -> list[str]:
    """Name the areas without a figure, by the reason."""
    frame = next(kit.what.frames(store, kit.lang))
    absent = frame[~frame["state"].isin(STATES_WITH_FIGURE)]
    lines = []
    for state, rows in absent.groupby("state", sort=False):
        names = [_plain(name) for name in rows["area_name"].head(MOST_NAMES)]
        more = " …" if len(rows) > len(names) else ""
        lines.append(f"- {t(f'state.{state}', kit.lang)}: {', '.join(names)}{more}")
    return lines


def _source(head: Sequence[str], line: Sequence[str]) -> str:
    facts = [
        f"{name}: {_plain(text)}" for name, text in zip(head[1:], line[1:], strict=True) if text
    ]
    return f"- `{line[0]}`: " + "; ".join(facts)


def _plain(text: str) -> str:
    """Keep a text from ending its line or becoming HTML or a link in Markdown."""
    flat = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in flat)
