"""The filters of the page of quality: gravity, kind, indicator, place, source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from base.words import Lang, pick, t
from metrics.audit import RULES, Finding, Severity
from metrics.store import Store
from ui.address import Address, Param, among_known
from ui.scene import source_name
from ui.shell import by_name, place_key, place_names, select

GRAVITY, RULE, ABOUT, WHERE, SOURCE = "gravity", "rule", "about", "where", "origin"
# A finding about more places than these is found by its kind or indicator, not by each place.
MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters ask for; "" for all."""

    gravity: str = ""
    rule: str = ""
    about: str = ""
    where: str = ""
    origin: str = ""


# What exists are the options of each filter.
QUALITY: Final = Address(
    Asked, tuple(Param(name, among_known(name)) for name in (GRAVITY, RULE, ABOUT, WHERE, SOURCE))
)


def options(store: Store, found: Sequence[Finding], lang: Lang) -> dict[str, dict[str, str]]:
    """List what each filter can be set to, in words, as far as there are findings of it."""
    catalog = store.catalog
    gravity = {finding.severity for finding in found}
    rules = {finding.rule for finding in found}
    indicators = {id_ for finding in found for id_ in finding.indicators}
    origins = {id_ for finding in found for id_ in finding.origins}
    return {
        GRAVITY: {str(s): t(f"audit.severity.{s}", lang) for s in Severity if s in gravity},
        RULE: {rule: t(f"audit.rule.{rule}", lang) for rule in RULES if rule in rules},
        ABOUT: by_name({i: pick(catalog.indicator(i).short, lang) for i in indicators}),
        WHERE: place_names((p for f in found for p in places_of(f)), lang),
        SOURCE: by_name({o: source_name(catalog.origin(o), lang) for o in origins}),
    }


def places_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return the places that a finding can be found by."""
    own = ((finding.edition, finding.area),) if finding.area else ()
    return (*own, *finding.places) if len(finding.places) <= MOST_PLACES else own


def chosen(found: Sequence[Finding], asked: Asked) -> list[Finding]:
    """Keep the findings that are asked for."""
    return [finding for finding in found if _passes(finding, asked)]


def _passes(finding: Finding, asked: Asked) -> bool:
    return (
        asked.gravity in ("", finding.severity)
        and asked.rule in ("", finding.rule)
        and (not asked.about or asked.about in finding.indicators)
        and (not asked.origin or asked.origin in finding.origins)
        and (not asked.where or asked.where in {place_key(*p) for p in places_of(finding)})
    )


def controls(known: Mapping[str, Mapping[str, str]], asked: Asked, lang: Lang) -> None:
    """Show the filters."""
    for column, name in zip(st.columns(len(QUALITY.names)), QUALITY.names, strict=True):
        with column:
            texts = {"": t(f"quality.all.{name}", lang), **known[name]}
            select(name, t(f"quality.pick.{name}", lang), texts, getattr(asked, name))
