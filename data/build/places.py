"""Write the lists of the place search: one file per edition and language in static/places."""

from __future__ import annotations

import json
from pathlib import Path

from geo.boundaries import has_layer
from geo.editions import Area, Level, area, areas, edition, editions
from metrics.messages import LANGS, Lang

OUT = Path(__file__).resolve().parent.parent.parent / "static" / "places"


def main(out: Path = OUT) -> None:
    """Write all files.

    Parameters
    ----------
    out
        Folder to write to; made where it is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    for id_ in (e.id for e in editions() if has_layer(e.id, Level.PROVINCE)):
        for lang in LANGS:
            text = json.dumps(places(id_, lang), ensure_ascii=False, separators=(",", ":"))
            (out / f"{id_}-{lang}.json").write_text(text + "\n", encoding="utf-8")


def places(edition_id: str, lang: Lang) -> list[dict[str, str]]:
    """List the places of an edition for the search, the larger first.

    Parameters
    ----------
    edition_id
        Id of an edition.
    lang
        Language of the names.

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


def _place(place: Area, lang: Lang) -> dict[str, str]:
    entry = {"v": place.code, "t": place.name_vi if lang == "vi" else place.name_en}
    if place.parent and place.level not in (Level.COUNTRY, Level.PROVINCE):
        parent = area(place.edition, place.parent)
        entry["s"] = parent.short_vi if lang == "vi" else parent.short_en
    return entry


if __name__ == "__main__":
    main()
