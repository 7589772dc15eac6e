"""The filters of the page of quality: gravity, kind, indicator, place, source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from base.words import Lang, pick, t
from geo.editions import COUNTRY_CODE
from geo.names import vietnamese_key
from metrics.audit import RULES, Finding, Severity
from metrics.store import Store
from ui.address import LONGEST, Refusal
from ui.scene import map_name, source_name, where_name
from ui.shell import select

GRAVITY, RULE, ABOUT, WHERE, SOURCE = "gravity", "rule", "about", "where", "origin"
PARAMS = (GRAVITY, RULE, ABOUT, WHERE, SOURCE)
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
        ABOUT: _by_name({i: pick(catalog.indicator(i).short, lang) for i in indicators}),
        WHERE: places(found, lang),
        SOURCE: _by_name({o: source_name(catalog.origin(o), lang) for o in origins}),
    }


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: (vietnamese_key(item[1]), item[0])))


def places(found: Sequence[Finding], lang: Lang) -> dict[str, str]:
    """Name the places with findings, the country first, then in the order of their names."""
    names: dict[str, str] = {}
    for edition, code in {place for finding in found for place in places_of(finding)}:
        name = where_name(edition, code, lang)
        if edition:
            name = f"{name} ({map_name(edition, lang)})"
        names[place_key(edition, code)] = name[:1].upper() + name[1:]
    ordered = sorted(names.items(), key=lambda i: (i[0] != COUNTRY_CODE, vietnamese_key(i[1])))
    return dict(ordered)


def places_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return the places that a finding can be found by."""
    own = ((finding.edition, finding.area),) if finding.area else ()
    return (*own, *finding.places) if len(finding.places) <= MOST_PLACES else own


def place_key(edition: str, code: str) -> str:
    """Return what names a place in the address: edition and code, or the country."""
    return f"{edition}:{code}" if edition else COUNTRY_CODE


def read_asked(known: Mapping[str, Mapping[str, str]]) -> tuple[Asked, list[Refusal]]:
    """Read the filters from the address; what does not exist is refused.

    Parameters
    ----------
    known
        See `options`.
    """
    asked, refused = {}, []
    for name in PARAMS:
        given = str(st.query_params.get(name, ""))
        if given and given not in known[name]:
            refused.append(Refusal(name, given[:LONGEST]))
            given = ""
        asked[name] = given
    return Asked(**asked), refused


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
    for column, name in zip(st.columns(len(PARAMS)), PARAMS, strict=True):
        with column:
            texts = {"": t(f"quality.all.{name}", lang), **known[name]}
            select(name, t(f"quality.pick.{name}", lang), texts, getattr(asked, name))
