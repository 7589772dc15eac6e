"""The fields of the form in which an indicator is defined."""

from __future__ import annotations

import streamlit as st

from base.html import el
from base.words import Lang, pick, t
from geo.editions import COUNTRY_CODE, EDITION_2025, Level, area, areas
from metrics.catalog import Catalog
from metrics.datasets import (
    AGGREGATIONS,
    ALONE,
    DIRECTIONS,
    KINDS,
    LANGS,
    LISTS,
    LONGEST,
    Draft,
    DraftTarget,
)

MOST_TARGETS = 5


class Fields:
    """The fields, each with a place below it for what is wrong with it."""

    def __init__(self, start: Draft, lang: Lang, catalog: Catalog) -> None:
        self.start, self.lang, self.catalog = start, lang, catalog
        self.below: dict[str, st.delta_generator.DeltaGenerator] = {}

    def draft(self) -> Draft:
        """Ask for everything."""
        texts = self._texts()
        left, middle, right = st.columns(3, gap="medium")
        with left:
            domain = self._choice("domain", tuple(self.catalog.domains), self.start.domain)
            kind = self._choice("kind", KINDS, self.start.kind)
            direction = self._choice("direction", DIRECTIONS, self.start.direction)
        with middle:
            sums = AGGREGATIONS[:1] if kind in ALONE else AGGREGATIONS
            aggregation = self._choice("aggregation", sums, self.start.aggregation)
            weight = self._weight() if aggregation == "weighted_mean" else None
            decimals = st.number_input(
                self._label("decimals"), 0, 6, self.start.decimals, key=self._key("decimals")
            )
        with right:
            largest = st.number_input(
                self._label("max_value"),
                value=self.start.max_value,
                key=self._key("max_value"),
                help=t("indicators.max_value.help", self.lang),
            )
        categories, listed = self._status() if kind == "status" else ("", LISTS[0])
        if kind not in ALONE:
            texts |= self._parts()
        return Draft(
            id=self.start.id,
            texts=texts,
            domain=domain,
            kind=kind,
            direction=direction,
            aggregation=aggregation,
            weight=weight,
            decimals=int(decimals),
            max_value=largest,
            categories=categories,
            list=listed,
            targets=() if kind == "status" else self._targets(),
        )

    def tell(self, wrong: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        for name, what in wrong.items():
            limit = LONGEST.get(name.partition(".")[0], 0)
            told = t(f"indicators.wrong.{what}", self.lang, limit=limit)
            if name in self.below:
                self.below[name].html(el("p.atlas-wrong", told, role="alert"))

    def _key(self, name: str) -> str:
        return f"indicator {self.start.id} {name}"

    def _label(self, name: str) -> str:
        return t(f"indicators.{name}", self.lang)

    def _space(self, name: str) -> None:
        self.below[name] = st.empty()

    def _texts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, lang in zip(st.columns(2, gap="medium"), LANGS, strict=True):
            with column:
                for name in ("title", "short", "unit", "definition"):
                    found[f"{name}.{lang}"] = self._text(name, lang)
        return found

    def _text(self, name: str, lang: str) -> str:
        full = f"{name}.{lang}"
        ask = st.text_area if name == "definition" else st.text_input
        text = ask(
            f"{self._label(name)} ({t(f'indicators.in.{lang}', self.lang)})",
            self.start.texts.get(full, ""),
            max_chars=LONGEST.get(name, 200),
            key=self._key(full),
        )
        self._space(full)
        return text

    def _parts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        with st.expander(t("indicators.parts", self.lang)):
            for column, lang in zip(st.columns(2, gap="medium"), LANGS, strict=True):
                with column:
                    for name in ("numerator", "denominator"):
                        found[f"{name}.{lang}"] = self._text(name, lang)
        self._space("parts")
        return found

    def _choice(self, name: str, options: tuple[str, ...], start: str) -> str:
        def words(option: str) -> str:
            if name == "domain":
                return pick(self.catalog.domains[option].title, self.lang)
            return t(f"indicators.{name}.{option}", self.lang)

        at = options.index(start) if start in options else 0
        chosen = st.selectbox(
            self._label(name), options, at, format_func=words, key=self._key(name)
        )
        self._space(name)
        return chosen

    def _weight(self) -> str | None:
        counts = [i.id for i in self.catalog.indicators.values() if i.kind == "count"]
        chosen = st.selectbox(
            self._label("weight"),
            counts,
            counts.index(self.start.weight) if self.start.weight in counts else None,
            format_func=lambda id_: pick(self.catalog.indicator(id_).title, self.lang),
            key=self._key("weight"),
        )
        self._space("weight")
        return chosen

    def _status(self) -> tuple[str, str]:
        text = st.text_area(
            self._label("categories"),
            self.start.categories,
            key=self._key("categories"),
            max_chars=2000,
        )
        self._space("categories")
        return text, self._choice("list", LISTS, self.start.list)

    def _targets(self) -> tuple[DraftTarget, ...]:
        known = self.start.targets
        with st.expander(t("indicators.targets", self.lang), expanded=bool(known)):
            n = st.number_input(
                t("indicators.targets.n", self.lang),
                0,
                MOST_TARGETS,
                len(known),
                key=self._key("targets"),
            )
            return tuple(
                self._target(at, known[at] if at < len(known) else DraftTarget())
                for at in range(int(n))
            )

    def _target(self, at: int, start: DraftTarget) -> DraftTarget:
        places = [COUNTRY_CODE, *(place.code for place in areas(EDITION_2025, Level.PROVINCE))]

        def words(code: str) -> str:
            place = area(EDITION_2025, code)
            return place.name_vi if self.lang == "vi" else place.name_en

        where, value, by, source = st.columns([2, 1, 1.2, 3])
        index = places.index(start.area) if start.area in places else 0
        code = where.selectbox(
            self._label("target.area"), places, index, format_func=words, key=self._key(f"a{at}")
        )
        aim = value.number_input(
            self._label("target.value"), value=start.value, key=self._key(f"v{at}")
        )
        day = by.date_input(
            self._label("target.deadline"),
            start.deadline,
            format="DD/MM/YYYY",
            key=self._key(f"d{at}"),
        )
        told = source.text_input(
            self._label("target.source"), start.source, max_chars=200, key=self._key(f"s{at}")
        )
        for column, name in ((value, "value"), (source, "source")):
            self.below[f"target.{at}.{name}"] = column.empty()
        edition = "" if code == COUNTRY_CODE else EDITION_2025
        return DraftTarget(edition, code, aim, day, told)
