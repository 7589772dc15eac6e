"""The page of a map: map, legend, ranking, sources, and its figures as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from base.html import Markup, el, items, join
from base.words import LANGS, Lang, pick, t
from geo.editions import COUNTRY_CODE, Level, area
from geo.figure import pixels, render
from metrics.exporting import FORMATS, Cited, citation
from metrics.store import Store, known_words
from ui.address import carry, parse
from ui.download import as_shown, file_bytes
from ui.figure import Choices, figure_spec
from ui.parts import card_html, conflict_html, sources_counted, sources_html
from ui.publish.document import Page, begun, document
from ui.publish.geometry import geometry_of
from ui.publish.links import Ways, raised
from ui.publish.machines import CONTEXT, dataset
from ui.publish.paper import both
from ui.publish.ranked import ranking_html
from ui.publish.site import MapOf, Site, place_path, spoken
from ui.scene import (
    FEWEST_FOR_COLOUR,
    Drawn,
    Manner,
    Scene,
    draw,
    legend_html,
    level_name,
    map_name,
    place_name,
    stops,
)
from ui.shell import title_html

PRESET: Final = "wide"
DPI: Final = 100
SIZE: Final = pixels(PRESET, DPI)
# What the files of a map are, for programs; where it is drawn area by area, with boundaries.
FORMS: Final = ("json", "csv", "jsonstat")
DRAWN_FORMS: Final = ("geojson",)
SCRIPTS: Final = (
    "assets/vendor/leaflet.js",
    "assets/vendor/topojson-client.min.js",
    "assets/map/atlas-map.js",
)
File = tuple[str, bytes]


def jobs(site: Site) -> Iterator[tuple[MapOf]]:
    """Yield each map."""
    for one in site.maps:
        yield (one,)


def write(site: Site, store: Store, one: MapOf) -> Iterator[File]:
    """Write the pages of a map, and its files."""
    for lang in LANGS:
        yield from _page(site, store, one, lang)


def _page(site: Site, store: Store, one: MapOf, lang: Lang) -> Iterator[File]:
    drawn = drawn_of(site, store, one, lang)
    path = one.path()
    ways = Ways(site, store, spoken(path, lang), lang)
    page = map_page(store, drawn, one, ways)
    yield ways.page, document(page, ways)
    yield from _files(site, store, drawn, one, lang)


def drawn_of(site: Site, store: Store, one: MapOf, lang: Lang) -> Drawn:
    """Work a map out as the app does."""
    view, _ = parse(carry(one.params(lang), site.as_of), store.catalog.indicators)
    return draw(store, view)


def map_page(store: Store, drawn: Drawn, one: MapOf, ways: Ways, path: str = "") -> Page:
    """Put the page of a map together; `path` where it is not its own."""
    scene, lang = drawn.scene, ways.lang
    picture = spoken(one.path(".png"), lang) if is_drawn(scene) else ""
    body = join(
        _crumbs(one, ways),
        title_html(scene.words.title, scene.words.subtitle),
        map_block(drawn, one, ways),
        _periods(store, scene, one, ways),
        _others(store, one, ways),
        _downloads(scene, one, ways),
        _sources(store, scene, one, ways),
    )
    return Page(
        path=path or one.path(),
        title=scene.words.title,
        about=scene.words.subtitle,
        body=body,
        scripts=map_scripts(drawn, lang) if is_drawn(scene) else [],
        picture=picture,
        beside=[(FORMATS[form].mime, api_path(one, form, lang)) for form in ("json", "csv")],
        data={
            "@context": CONTEXT,
            **dataset(
                ways.site,
                store,
                one,
                scene.words.title,
                lang,
                files=files_of(scene, one, lang),
                at=lambda at: ways.site.base + at if ways.site.base else ways.file(at),
            ),
        },
    )


def map_scripts(drawn: Drawn, lang: Lang) -> list[str]:
    """List what the browser needs to draw a map."""
    return [*SCRIPTS, *geometry_of(drawn), f"assets/map-{lang}.js"]


def map_block(drawn: Drawn, one: MapOf, ways: Ways) -> Markup:
    """Write the map with its legend, where it is drawn, and the ranking beside it."""
    scene, data = drawn.scene, drawn.ranking
    told = [
        ranking_html({**data, "colors": colors}, lambda code: _profile(one, code, ways))
        for colors in (list(scene.palette), list(replace(scene, dark=True).palette))
    ]
    ranked = el("div.ranking", both(*told), tabindex="0", role="region", aria_label=data["caption"])
    facts = join(card_html(scene), conflict_html(scene))
    if not is_drawn(scene):
        return el(
            "div.sheet", el("p.drawn", t("publish.few", ways.lang)), el("aside", facts, ranked)
        )
    shown = map_figure(drawn, one, ways)
    return el("div.sheet", el("div.drawn", shown), el("aside", facts, ranked))


def map_figure(drawn: Drawn, one: MapOf, ways: Ways) -> Markup:
    """Write the map with its legend: a picture, in whose place the script puts the live map."""
    scene, dark = drawn.scene, replace(drawn.scene, dark=True)
    view = el("script", Markup(drawn.map), type="application/json", id="view")
    image = el(
        "img",
        src=ways.to(one.path(".png")),
        alt=scene.words.alt,
        loading="lazy",
        width=SIZE[0],
        height=SIZE[1],
    )
    live = el("div", class_="folium-map", id="map_atlas")
    shown = el("figure.map", live, image, data_dark=" ".join(dark.palette))
    return join(shown, view, both(drawn.legend, legend_html(dark)))


def _profile(one: MapOf, code: str, ways: Ways) -> str:
    place = (one.edition, code)
    return ways.to(place_path(*place)) if place in ways.site.has_place else ""


def _crumbs(one: MapOf, ways: Ways) -> Markup:
    lang, place = ways.lang, area(one.edition, one.place)
    steps: list[object] = [begun(map_name(one.edition, lang))]
    if one.place != COUNTRY_CODE:
        name = place_name(place, lang, full=True)
        href = _profile(one, one.place, ways)
        steps.append(el("a", name, href=href) if href else name)
    steps.append(level_name(Level(one.level), lang, 2))
    return el("p.crumbs", join(*steps, by=" · "))


def _periods(store: Store, scene: Scene, one: MapOf, ways: Ways) -> Markup:
    """Lead to the other periods of the same map."""
    texts = {stop.at: stop.text(ways.lang) for stop in stops(store, scene.view)}
    alike = [other for other in ways.site.maps if replace(other, at=None) == replace(one, at=None)]
    if len(alike) < 2:
        return Markup()
    newest = next(iter(texts.values()), "")
    told = [(other, begun(texts[other.at] if other.at else newest)) for other in alike]
    return _nav("periods", t("publish.periods", ways.lang), told, one, ways)


def _others(store: Store, one: MapOf, ways: Ways) -> Markup:
    """Lead to the other maps of the same indicator, and to those of its family."""
    lang, known = ways.lang, store.catalog.indicators
    own = known[one.indicator]
    told = []
    for other in ways.site.newest:
        indicator = known[other.indicator]
        family = own.family is not None and indicator.family == own.family
        if other.indicator != one.indicator and not family:
            continue
        if other.indicator == one.indicator and replace(other, at=one.at) == one:
            continue
        parts = [] if other.indicator == one.indicator else [pick(indicator.short, lang)]
        parts += [level_name(Level(other.level), lang, 2), map_name(other.edition, lang)]
        if other.place != COUNTRY_CODE:
            parts.insert(-1, place_name(area(other.edition, other.place), lang))
        told.append((other, begun(" · ".join(parts))))
    return _nav("others", t("publish.others", lang), told, one, ways) if told else Markup()


def _nav(kind: str, name: str, told: list[tuple[MapOf, str]], one: MapOf, ways: Ways) -> Markup:
    links = [
        el("a", text, href=ways.to(to.path()), aria_current="page" if to == one else None)
        for to, text in told
    ]
    return el(f"nav.more.{kind}", el("h2", name), items(links), aria_label=name)


def _downloads(scene: Scene, one: MapOf, ways: Ways) -> Markup:
    lang = ways.lang
    files = [
        el("a", t("publish.csv", lang), href=ways.to(one.path(".csv")), download=True),
        *(
            [el("a", "PNG", href=ways.to(one.path(".png")), download=True)]
            if is_drawn(scene)
            else []
        ),
        *(
            el("a", name, href=ways.file(api_path(one, form, lang)), download=True)
            for form, name in _forms(scene, one)
        ),
    ]
    view = scene.view.href()
    if ways.site.live:
        files.append(el("a", t("publish.explore", lang), href=ways.site.live + view))
    title = t("publish.take", lang)
    return el("nav.more.files", el("h2", title), items(files), aria_label=title)


def _forms(scene: Scene, one: MapOf) -> list[tuple[str, str]]:
    names = {"json": "JSON", "csv": t("publish.machine", scene.lang), "jsonstat": "JSON-stat"}
    told = [(form, names[form]) for form in FORMS]
    return told + ([("geojson", "GeoJSON")] if has_shapes(scene, one) else [])


def files_of(scene: Scene, one: MapOf, lang: Lang) -> dict[str, str]:
    """List the files of a map for programs: place to media type."""
    return {api_path(one, form, lang): FORMATS[form].mime for form, _ in _forms(scene, one)}


def is_drawn(scene: Scene) -> bool:
    """Tell whether enough places have figures for a map: of fewer there are only the figures."""
    return scene.panel.n_reported >= FEWEST_FOR_COLOUR


def has_shapes(scene: Scene, one: MapOf) -> bool:
    """Tell whether the figures come with boundaries too: the newest, drawn area by area."""
    return one.at is None and scene.manner is not Manner.CARD


def _sources(store: Store, scene: Scene, one: MapOf, ways: Ways) -> Markup:
    counts = sources_counted(scene)
    told = sources_html(scene, counts)[1:]  # its title is that of the page
    known = store.catalog.origins
    site = ways.site
    at = site.base + spoken(one.path(), ways.lang) if site.base else ""
    at = at or (site.live + scene.view.href() if site.live else "")
    origins = tuple(known[id_] for id_ in counts)
    known_at = known_words(site.as_of, ways.lang)
    cited = Cited(f"atlas06-{one.indicator}", scene.words.title, at, origins, ways.lang, known_at)
    return el(
        "section.atlas-source",
        el("h2", t("source.map.title", ways.lang)),
        raised(ways.within(join(told))),
        el("h3", t("source.cite", ways.lang)),
        el("p.citation", citation(cited)),
        id="sources",
    )


def api_path(one: MapOf, form: str, lang: Lang) -> str:
    """Return where the figures of a map are for programs; boundaries with them only once."""
    path = one.path(FORMATS[form].suffix).removeprefix("maps/")
    here = f"api/v1/data/{path}"
    return here if form in DRAWN_FORMS else spoken(here, lang)


def _files(site: Site, store: Store, drawn: Drawn, one: MapOf, lang: Lang) -> Iterator[File]:
    scene = drawn.scene
    what = as_shown(scene)
    page = site.base + spoken(one.path(), lang) if site.base else ""
    for form, _ in _forms(scene, one):
        if form in DRAWN_FORMS and lang != LANGS[0]:
            continue
        content, beside = file_bytes(
            store, what, form, lang, title=scene.words.title, link=page, bom=False
        )
        path = api_path(one, form, lang)
        yield path, content
        if beside:
            yield f"{path}-metadata.json", beside
    content, _ = file_bytes(store, what, "csv", lang, title=scene.words.title, link=page, bom=True)
    yield spoken(one.path(".csv"), lang), content
    if not is_drawn(scene):
        return
    known = known_words(drawn.scene.view.as_of, drawn.scene.lang)
    choices = Choices(preset=PRESET, permalink=page, known=known)
    yield spoken(one.path(".png"), lang), render(figure_spec(scene, choices), "png", DPI)


def listed(site: Site, store: Store, lang: Lang) -> Iterator[tuple[str, list[tuple[MapOf, str]]]]:
    """Yield the subjects, each with its maps of the newest figures and their names."""
    known = store.catalog
    order = list(known.domains)
    maps = sorted(site.newest, key=lambda one: order.index(known.indicators[one.indicator].domain))
    for domain, group in groupby(maps, key=lambda one: known.indicators[one.indicator].domain):
        told = [(one, pick(known.indicators[one.indicator].short, lang)) for one in group]
        yield domain, told
