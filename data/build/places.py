"""Write the lists of the place search: one file per edition and language in static/places."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from base.folders import STATIC
from base.words import LANGS, Lang, t
from geo.boundaries import has_layer
from geo.crosswalk import Kind, OldCommune, old_communes, predecessors, successors
from geo.editions import (
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    Area,
    Level,
    area,
    areas,
    edition,
    editions,
    has_area,
)
from geo.names import search_keys

OUT = STATIC / "places"


def main(out: Path = OUT) -> None:
    """Write all files."""
    out.mkdir(parents=True, exist_ok=True)
    for id_ in (e.id for e in editions() if has_layer(e.id, Level.PROVINCE)):
        for lang in LANGS:
            text = json.dumps(places(id_, lang), ensure_ascii=False, separators=(",", ":"))
            (out / f"{id_}-{lang}.json").write_text(text + "\n", encoding="utf-8")
    for lang in LANGS:
        text = json.dumps(units(lang), ensure_ascii=False, separators=(",", ":"))
        (out / f"units-{lang}.json").write_text(text + "\n", encoding="utf-8")


def places(edition_id: str, lang: Lang) -> list[dict[str, str]]:
    """List the places of an edition for the search, the larger first.

    Returns
    -------
    list of dict
        ``v`` the code, ``t`` the name, ``s`` what it belongs to, ``k`` more to find it by.
    """
    return [
        _place(place, lang)
        for level in edition(edition_id).levels
        if level is not Level.REGION
        for place in areas(edition_id, level)
    ]


def units(lang: Lang) -> list[dict[str, str]]:
    """List the places of before and after July 2025, old communes and gone districts included."""
    since, until = t("where.since_2025", lang), t("where.until_2025", lang)
    found = [_unit(a, since, lang) for a in areas(EDITION_2025, Level.PROVINCE)]
    for level in (Level.PROVINCE, Level.DISTRICT):
        found += [_unit(a, until, lang) for a in areas(EDITION_2024, level)]
    gone = (a for a in areas(EDITION_2019, Level.DISTRICT) if not has_area(EDITION_2024, a.code))
    found += [_unit(a, t("where.gone", lang), lang) for a in gone]
    found += [_unit(a, since, lang) for a in areas(EDITION_2025, Level.COMMUNE)]
    for old in old_communes():
        if not has_area(EDITION_2024, old.code):
            above = area(EDITION_2024, old.district)
            name = old.name_vi if lang == "vi" else old.name_en
            within = above.short_vi if lang == "vi" else above.short_en
            found.append({"v": f"{EDITION_2024}:{old.code}", "t": name, "s": f"{within} · {until}"})
    return found


def _other_names(province: Area, lang: Lang) -> dict[str, str]:
    """Say which old provinces a new one unites, or where an old one is now; both are searched."""
    before = [e for e in predecessors(province.edition, province.code) if e.kind is Kind.MERGED]
    after = [e for e in successors(province.edition, province.code) if e.kind is Kind.MERGED]
    names = ", ".join(
        area(e.edition, e.code).short_vi if lang == "vi" else area(e.edition, e.code).short_en
        for e in (before or after)
    )
    if not names:
        return {}
    return {"s": t("search.made_of" if before else "search.now_in", lang, names=names)}


def _unit(place: Area, when: str, lang: Lang) -> dict[str, str]:
    entry = _place(place, lang)
    entry["s"] = entry.get("s", "").split(" · ")[0]
    within = f"{entry['s']} · " if entry["s"] else ""
    return {"v": f"{place.edition}:{place.code}", "t": entry["t"], "s": within + when}


def _place(place: Area, lang: Lang) -> dict[str, str]:
    entry = {"v": place.code, "t": place.name_vi if lang == "vi" else place.name_en}
    if place.level in (Level.PROVINCE, Level.DISTRICT):
        entry["k"] = search_keys(place).replace("|", " ")
    if place.level is Level.PROVINCE:
        entry |= _other_names(place, lang)
    if place.parent and place.level not in (Level.COUNTRY, Level.PROVINCE):
        parent = area(place.edition, place.parent)
        entry["s"] = parent.short_vi if lang == "vi" else parent.short_en
        entry |= _other_communes(place, entry, lang)
    return entry


def _other_communes(place: Area, entry: dict[str, str], lang: Lang) -> dict[str, str]:
    """Add what a commune was made of, or which communes a district went into."""
    if place.level is Level.DISTRICT and place.edition == EDITION_2024:
        now = _went_into().get(place.code, ())
        names = dict.fromkeys(area(EDITION_2025, code).short_vi for code in now)
        return {"k": " ".join((entry["k"], *names))}
    if place.level is not Level.COMMUNE:
        return {}
    before = predecessors(place.edition, place.code)
    olds = [_old_communes()[event.code] for event in before if event.code in _old_communes()]
    told = [
        t("where.part", lang, name=name) if event.kind is Kind.SPLIT else name
        for event in before
        if (name := event.name_vi if lang == "vi" else event.name_en) != entry["t"]
    ]
    found = {}
    if told:
        found["s"] = f"{entry['s']} · {t('search.made_of', lang, names=', '.join(told))}"
    homes = dict.fromkeys(area(EDITION_2024, old.district).name_vi for old in olds)
    return found | ({"k": " ".join(homes)} if homes else {})


@cache
def _old_communes() -> dict[str, OldCommune]:
    return {old.code: old for old in old_communes()}


@cache
def _went_into() -> dict[str, tuple[str, ...]]:
    """Map districts of 2024 to the communes of today where they were."""
    found: dict[str, tuple[str, ...]] = {}
    for place in areas(EDITION_2025, Level.COMMUNE):
        for event in predecessors(EDITION_2025, place.code):
            old = _old_communes().get(event.code)
            if old is not None:
                found[old.district] = (*found.get(old.district, ()), place.code)
    return found


if __name__ == "__main__":
    main()
