"""What stands beside pages that are no single view: themes, places side by side, tables, lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from base.reading import neutralise
from base.words import LANGS, Lang, pick, t
from geo.editions import COUNTRY_CODE, area
from metrics.audit import audit
from metrics.briefs import THEMES
from metrics.exporting import Filtered, dumped
from metrics.store import Store
from metrics.targets import progress
from ui.about import QUALITY, chosen, options
from ui.address import VIEW, Address, Asked, parse
from ui.compare import FEWEST, Line, side_by_side
from ui.figure import studio
from ui.scene import place_name, unit_text
from ui.serving.api.data import MEDIA, rows_file
from ui.serving.api.operations import BINARY, Answer, Operation
from ui.serving.api.operations import Asked as Request
from ui.serving.api.parameters import AS_OF, LANG, check_names, choice
from ui.serving.api.pictures import declared, picture, refuse_first
from ui.serving.api.problems import Problem, refused
from ui.serving.api.schemas import STRING
from ui.serving.api.told import finding_record, target_record
from ui.tables import TABLES, title_of_rows
from ui.targets import TARGETS
from ui.targets import chosen as chosen_targets
from ui.targets import options as options_of_targets
from ui.theme import story

PNG: Final = "png"
TABLES_PAGE, TARGETS_PAGE, QUALITY_PAGE, PLACES = "tables", "targets", "quality", "places"
Read = Callable[[Mapping[str, str], Store, Lang], Mapping[str, Any]]


def _reader(
    forms: tuple[str, ...],
    address: Address[Any] | None = None,
    known: Callable[[Store, Lang], Any] = lambda store, _: store,
) -> Read:
    """Make what reads the address of a page: its format, and what the page itself is asked."""
    names = ("format", LANG.name, AS_OF.name, *(address.names if address else ()))

    def read(given: Mapping[str, str], store: Store, lang: Lang) -> Mapping[str, Any]:
        form = given.get("format", "")
        if form not in forms:
            raise refused("format", form, forms, lang, path=True)
        check_names(given, dict.fromkeys(names), lang)
        if given.get(LANG.name, lang) not in LANGS:
            raise refused(LANG.name, given[LANG.name], LANGS, lang)
        if address is None:
            return {"format": form}
        page, unread = address.read(given, known(store, lang))
        refuse_first(unread, lang, {one.name: one for one in declared(address)})
        return {"format": form, "page": page}

    return read


def _theme(page: str) -> Callable[[Request], Answer]:
    def answer(request: Request) -> Answer:
        store, lang = request.store, request.lang
        if request["format"] == PNG:
            found = story(store, page, lang)
            if found.drawn is None:
                raise Problem("nothing", t("figure.none", lang, title=found.title))
            if not found.mapped:
                raise Problem("nothing", t("theme.few", lang, where=t("theme.places", lang)))
            asked = Asked(replace(found.drawn.scene.view, as_of=request.as_of))
            return picture(store, asked, studio.Studio(), PNG, lang)
        catalog = store.catalog
        ids = (id_ for id_ in store.indicators() if catalog.indicator(id_).domain == page)
        title = pick(catalog.domains[page].title, lang)
        link = request.link(f"{page}?lang={lang}")
        what = Filtered(indicators=tuple(ids), as_of=request.as_of)
        return rows_file(request, what, request["format"], title, link)

    return answer


def _tables(request: Request) -> Answer:
    page, store, lang = request["page"], request.store, request.lang
    title = title_of_rows(store, page, lang)
    link = request.link(page.href(lang))
    return rows_file(request, page.narrowed(store, request.as_of), request["format"], title, link)


def _read_places(given: Mapping[str, str], store: Store, lang: Lang) -> Mapping[str, Any]:
    found = _reader((*_FORMS, PNG), VIEW, lambda store, _: store.catalog.indicators)
    read = found(given, store, lang)
    own = {name: text for name, text in given.items() if name in VIEW.names}
    view, strange = parse(own, store.catalog.indicators)
    refuse_first(strange, lang)
    if len(view.pins) < FEWEST:
        raise refused("pins", ",".join(view.pins), [t("side.few", lang)], lang)
    return {**read, "page": view}


def _places(request: Request) -> Answer:
    view, store, lang = request["page"], request.store, request.lang
    if request["format"] == PNG:
        level = area(view.edition, view.pins[0]).level
        shown = view.to(place=COUNTRY_CODE, level=level, pins=view.pins)
        return picture(store, Asked(shown), studio.Studio(), PNG, lang)
    lines = side_by_side(store, view)
    rows = [row for line in lines for row in _cells(line, view.edition, view.pins, lang)]
    return _list(request, rows, "places")


def _cells(
    line: Line, edition: str, codes: Iterable[str], lang: Lang
) -> Iterable[Mapping[str, object]]:
    for code, cell in zip(codes, line.cells, strict=True):
        yield {
            "indicator_id": line.indicator.id,
            "indicator": pick(line.indicator.title, lang),
            "unit": unit_text(line.indicator, lang),
            "edition": edition,
            "area_code": code,
            "area_name": place_name(area(edition, code), lang, full=True),
            "value": cell.value,
            "text": cell.text or None,
            "period_text": cell.when or None,
            "rank": cell.rank,
            "ranked": cell.of or None,
            "against_first": cell.against,
            "origins": cell.sources or None,
        }


def _targets(request: Request) -> Answer:
    store, lang = request.store, request.lang
    found = chosen_targets(progress(store), request["page"], lang)
    return _list(request, [target_record(store, one, request) for one in found], "targets")


def _findings(request: Request) -> Answer:
    found = chosen(audit(request.store), request["page"])
    return _list(request, [finding_record(request, one) for one in found], "findings")


def _list(
    request: Request, rows: list[Mapping[str, Any]] | list[dict[str, Any]], name: str
) -> Answer:
    """Answer with records; as CSV their single values, and how many of what is a list."""
    form, media = request["format"], MEDIA[request["format"]]
    if form == "json":
        return Answer(
            dumped({"total": len(rows), "items": rows}).encode(), media, name=f"{name}.json"
        )
    out = io.StringIO(newline="")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_plain(row.get(column)) for column in columns] for row in rows)
    return Answer(out.getvalue().encode(), media, name=f"{name}.csv")


def _plain(cell: Any) -> Any:
    if isinstance(cell, (list, tuple)):
        return len(cell)
    if isinstance(cell, Mapping):
        return cell.get("value")
    return neutralise(cell) if isinstance(cell, str) else cell


_FORMS: Final = ("json", "csv")
_MEDIA: Final = {MEDIA["json"]: {"type": "object"}, MEDIA["csv"]: STRING}
_PICTURED: Final = {**_MEDIA, "image/png": BINARY}


def _operation(page: str, read: Read, answer: Callable[[Request], Answer]) -> Operation:
    pictured = page in THEMES or page == PLACES
    return Operation(
        name=f"beside.{page}",
        path=f"/{page}.{{format}}",
        own=(choice("format", (*_FORMS, PNG) if pictured else _FORMS, said="data.format"),),
        media=_PICTURED if pictured else _MEDIA,
        answer=answer,
        example=f"/{page}.json",
        read=read,
        heavy=True,
    )


def _of_targets(store: Store, lang: Lang) -> Any:
    return options_of_targets(store, progress(store), lang)


def _of_quality(store: Store, lang: Lang) -> Any:
    return options(store, audit(store), lang)


# The page, and what of its address is asked beside it too.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(THEMES, (LANG.name, AS_OF.name)),
    PLACES: VIEW.names,
    TABLES_PAGE: (LANG.name, AS_OF.name, *TABLES.names),
    TARGETS_PAGE: (LANG.name, AS_OF.name, *TARGETS.names),
    QUALITY_PAGE: (LANG.name, AS_OF.name, *QUALITY.names),
}
# Of lists that are no exports: their columns of numbers.
NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    PLACES: ("value", "rank", "ranked", "against_first"),
    TARGETS_PAGE: ("value", "gap", "figure"),
}
OPERATIONS: Final = (
    *(_operation(page, _reader((*_FORMS, PNG)), _theme(page)) for page in THEMES),
    _operation(PLACES, _read_places, _places),
    _operation(TABLES_PAGE, _reader(_FORMS, TABLES), _tables),
    _operation(TARGETS_PAGE, _reader(_FORMS, TARGETS, _of_targets), _targets),
    _operation(QUALITY_PAGE, _reader(_FORMS, QUALITY, _of_quality), _findings),
)
# Of those, what a picture stands beside.
PICTURED: Final = frozenset({*THEMES, PLACES})
