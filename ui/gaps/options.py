"""How the reader's files are to be read and searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st
from pyproj import CRS

from base.reading import AUTO, ENCODINGS
from base.words import Lang, number, t
from geo.coverage.ground import Options
from geo.editions import Level, areas, edition
from ui.gaps.settings import MAPS
from ui.scene import level_name

# Systems that files of Viet Nam often are in without saying so. Those of VN-2000 with zones of
# three degrees by their central meridian, as surveyors name them.
TM3: Final = {
    **{"EPSG:9205": "103°", "EPSG:9206": "104°", "EPSG:9207": "104°30′", "EPSG:9208": "104°45′"},
    **{"EPSG:5897": "105°", "EPSG:9209": "105°30′", "EPSG:9210": "105°45′", "EPSG:9211": "106°"},
    **{"EPSG:9212": "106°15′", "EPSG:9213": "106°30′", "EPSG:9214": "107°", "EPSG:9215": "107°15′"},
    **{"EPSG:9216": "107°30′", "EPSG:5899": "107°45′", "EPSG:5898": "108°", "EPSG:9217": "108°15′"},
    "EPSG:9218": "108°30′",
}
CRSS: Final = (
    *("", "EPSG:4326", "EPSG:4756", *TM3, "EPSG:3405", "EPSG:3406", "EPSG:32648", "EPSG:32649"),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen besides the files."""

    options: Options
    crs: str
    encoding: str


def crs_name(code: str, lang: Lang) -> str:
    """Name a coordinate reference system; "" for what files say themselves."""
    if not code:
        return t("gaps.crs.stated", lang)
    if code in TM3:
        return t("gaps.crs.tm3", lang, meridian=TM3[code], code=code)
    if code == "EPSG:4756":
        return t("gaps.crs.degrees", lang, code=code)
    return f"{CRS.from_user_input(code).name} ({code})"


def encoding_name(name: str, lang: Lang) -> str:
    """Name an encoding, or say that it is found out."""
    known = {AUTO: t("gaps.encoding.auto", lang), "tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
    return known.get(name, name.upper() if name.startswith("utf") else name.capitalize())


def map_name(edition_id: str, lang: Lang) -> str:
    """Name an edition by its provinces and its lowest areas."""
    lowest = edition(edition_id).levels[-1]
    counts = {level: len(areas(edition_id, level)) for level in (Level.PROVINCE, lowest)}
    parts = [f"{number(n, lang)} {level_name(level, lang, n)}" for level, n in counts.items()]
    return t("gaps.map.name", lang, provinces=parts[0], lowest=parts[1])


def reading_form(lang: Lang, key: str = "gaps") -> tuple[str, str, str]:
    """Ask how files are to be read: encoding, coordinate system, edition of their codes."""
    left, middle, right = st.columns(3, gap="medium")
    with left:
        encoding = st.selectbox(
            t("gaps.encoding", lang),
            ENCODINGS,
            format_func=lambda name: encoding_name(name, lang),
            help=t("gaps.encoding.help", lang),
            key=f"{key}_encoding",
        )
    with middle:
        crs = st.selectbox(
            t("gaps.crs", lang),
            CRSS,
            format_func=lambda code: crs_name(code, lang),
            help=t("gaps.crs.help", lang),
            key=f"{key}_crs",
        )
    with right:
        codes = st.selectbox(
            t("gaps.codes", lang),
            MAPS,
            format_func=lambda id_: map_name(id_, lang),
            help=t("gaps.codes.help", lang),
            key=f"{key}_codes",
        )
    return str(encoding), str(crs), str(codes)


def options_form(lang: Lang) -> Chosen:
    """Ask how files are to be read, and gaps to be looked for."""
    encoding, crs, codes = reading_form(lang)
    left, middle, right = st.columns(3, gap="medium")
    with left:
        assumed = st.number_input(
            t("gaps.range", lang), 0, 100_000, 0, 500, help=t("gaps.range.help", lang)
        )
        mend = st.toggle(t("gaps.mend", lang), help=t("gaps.mend.help", lang))
    with middle:
        reach = st.number_input(t("gaps.new_range", lang), 100, 100_000, 5_000, 500)
        adjacent = st.number_input(t("gaps.adjacent", lang), 100, 50_000, 3_000, 500)
    with right:
        weak = st.number_input(
            t("gaps.weak", lang), -140, -60, int(Options().weak_dbm), help=t("gaps.weak.help", lang)
        )
        sites = st.number_input(t("gaps.how_many", lang), 1, 200, Options().new_sites)
    options = Options(
        edition=codes,
        default_range_m={"": float(assumed)} if assumed else {},
        mend_swapped=mend,
        weak_dbm=float(weak),
        new_site_range_m=float(reach),
        adjacent_m=float(adjacent),
        new_sites=int(sites),
    )
    return Chosen(options, crs, encoding)
