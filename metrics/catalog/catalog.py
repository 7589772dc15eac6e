"""The catalog: indicators and origins, read from data/indicators and data/origins and checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from base.folders import DATA
from base.words import Refusal
from metrics.catalog.grades import SCALES
from metrics.catalog.records import Category, Classes, Domain, Indicator, Origin, Target, Text
from metrics.catalog.relations import RELATION, Relation

__all__ = [
    "DATA_DIR",
    "Catalog",
    "CatalogError",
    "Category",
    "Classes",
    "Domain",
    "Indicator",
    "Origin",
    "Relation",
    "Target",
    "Text",
    "UnknownIndicator",
    "UnknownOrigin",
    "load_catalog",
    "with_records",
]

DATA_DIR = DATA
DOMAINS_FILE = "domains.yaml"
RELATIONS_FILE = "relations.yaml"
INDICATOR, ORIGIN = "indicator", "origin"
# libyaml reads the catalog some ten times faster than PyYAML's own loader.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_R = TypeVar("_R", Domain, Indicator, Origin)


class CatalogError(ValueError):
    """A record of the catalog is not as the schema wants it; names file, id and field."""


class UnknownIndicator(Refusal, LookupError):
    """No indicator has this id."""

    prefix = "catalog.unknown."


class UnknownOrigin(Refusal, LookupError):
    """No origin has this id."""

    prefix = "catalog.unknown."


@dataclass(frozen=True, slots=True)
class Catalog:
    """All indicators, origins and domains, by id.

    Attributes
    ----------
    indicators
        In the order of their domains, then as the files have them.
    origins
        In the order of the files.
    domains
        In menu order.
    relations
        Which parts make which total, and the like: what figures have to keep to.
    """

    indicators: Mapping[str, Indicator]
    origins: Mapping[str, Origin]
    domains: Mapping[str, Domain]
    relations: tuple[Relation, ...] = ()

    def indicator(self, id_: str) -> Indicator:
        """Return one indicator.

        Raises
        ------
        UnknownIndicator
            If there is none of this id.
        """
        try:
            return self.indicators[id_]
        except KeyError:
            raise UnknownIndicator("indicator", id=id_, known=", ".join(self.indicators)) from None

    def origin(self, id_: str) -> Origin:
        """Return one origin.

        Raises
        ------
        UnknownOrigin
            If there is none of this id.
        """
        try:
            return self.origins[id_]
        except KeyError:
            raise UnknownOrigin("origin", id=id_, known=", ".join(self.origins)) from None

    def family(self, id_: str) -> tuple[Indicator, ...]:
        """List the indicators of a family: variants of one question, never on one scale."""
        return tuple(i for i in self.indicators.values() if i.family == id_)

    def featured(self) -> tuple[Indicator, ...]:
        """List the indicators shown first, in their order."""
        found = [(i.featured, i) for i in self.indicators.values() if i.featured is not None]
        return tuple(indicator for _, indicator in sorted(found, key=lambda pair: pair[0]))


def load_catalog(data_dir: Path = DATA_DIR) -> Catalog:
    """Read and check the catalog.

    Parameters
    ----------
    data_dir
        Folder with ``indicators/*.yaml`` (``domains.yaml`` among them, ``relations.yaml`` if there
        are any) and ``origins/*.yaml``; each file is a list of records.

    Returns
    -------
    Catalog
        Complete and consistent: every domain, origin and weight that is named exists.

    Raises
    ------
    CatalogError
        If a file is not a list of records or a record breaks the schema.
    """
    folder = data_dir / "indicators"
    domains = _read([folder / DOMAINS_FILE], Domain)
    apart = (DOMAINS_FILE, RELATIONS_FILE)
    paths = sorted(path for path in folder.glob("*.yaml") if path.name not in apart)
    indicators = _read(paths, Indicator)
    origins = _read(sorted((data_dir / "origins").glob("*.yaml")), Origin)
    ordered = dict(sorted(domains.items(), key=lambda item: item[1].order))
    _check_references(indicators, origins, ordered, folder)
    relations = _read_relations(folder / RELATIONS_FILE, indicators)
    return Catalog(_by_domain(indicators, ordered), origins, ordered, relations)


def with_records(catalog: Catalog, records: Iterable[tuple[str, str]]) -> Catalog:
    """Add the indicators and origins that came with datasets of users.

    Parameters
    ----------
    records
        Pairs of kind (``indicator`` or ``origin``) and record as JSON. What is shipped is never
        replaced by one of the same id.

    Returns
    -------
    Catalog
        In the same order, the added ones at the end of their domain.

    Raises
    ------
    CatalogError
        If a record breaks the schema or names what does not exist.
    """
    indicators, origins = dict(catalog.indicators), dict(catalog.origins)
    where = Path("records")
    for kind, text in records:
        if kind == INDICATOR:
            indicator = _record(where, json.loads(text), Indicator)
            indicators.setdefault(indicator.id, indicator)
        else:
            origin = _record(where, json.loads(text), Origin)
            origins.setdefault(origin.id, origin)
    if len(indicators) == len(catalog.indicators) and len(origins) == len(catalog.origins):
        return catalog
    _check_references(indicators, origins, catalog.domains, where)
    by_domain = _by_domain(indicators, catalog.domains)
    return Catalog(by_domain, origins, catalog.domains, catalog.relations)


def _by_domain(
    indicators: Mapping[str, Indicator], domains: Mapping[str, Domain]
) -> dict[str, Indicator]:
    places = {domain: place for place, domain in enumerate(domains)}
    return dict(sorted(indicators.items(), key=lambda item: places[item[1].domain]))


def _read(paths: list[Path], model: type[_R]) -> dict[str, _R]:
    records: dict[str, _R] = {}
    for path in paths:
        for raw in _rows(path):
            record = _record(path, raw, model)
            if record.id in records:
                raise CatalogError(f"{path}: id {record.id!r} is declared twice; rename one.")
            records[record.id] = record
    return records


def _read_relations(path: Path, indicators: Mapping[str, Indicator]) -> tuple[Relation, ...]:
    if not path.exists():
        return ()
    found = []
    for at, raw in enumerate(_rows(path), start=1):
        try:
            relation = RELATION.validate_python(raw)
        except ValidationError as error:
            raise CatalogError(f"{path}: relation {at}: {_told(error)}") from error
        for field, id_ in relation.named():
            if id_ not in indicators:
                raise CatalogError(
                    f"{path}: relation {at}: field {field}: received {id_!r}, which is not "
                    "declared; name an indicator of data/indicators."
                )
        found.append(relation)
    return tuple(found)


def _rows(path: Path) -> list[Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogError(f"{path} is missing; the catalog cannot be read without it.") from None
    try:
        rows = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CatalogError(f"{path} is not YAML: {error}") from error
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise CatalogError(f"{path} holds a {type(rows).__name__}; it must be a list of records.")
    return rows


def _record(path: Path, raw: Any, model: type[_R]) -> _R:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        name = raw.get("id", "without id") if isinstance(raw, dict) else "not a mapping"
        raise CatalogError(f"{path}: {model.__name__} {name!r}: {_told(error)}") from error


def _told(error: ValidationError) -> str:
    lines = [
        f"field {'.'.join(str(part) for part in problem['loc']) or '(record)'}: "
        f"{problem['msg']}, received {problem['input']!r}"[:400]
        for problem in error.errors(include_url=False)
    ]
    return "; ".join(lines)


def _check_references(
    indicators: Mapping[str, Indicator],
    origins: Mapping[str, Origin],
    domains: Mapping[str, Domain],
    folder: Path,
) -> None:
    for indicator in indicators.values():
        named: list[tuple[str, str | None, Mapping[str, object]]] = [
            ("domain", indicator.domain, domains),
            ("weight", indicator.weight, indicators),
            ("grades", indicator.grades, SCALES),
            *(("prefer", origin, origins) for origin in indicator.prefer),
            ("rhythm.origin", indicator.rhythm.origin if indicator.rhythm else None, origins),
            *(("withheld.origins", o, origins) for w in indicator.withheld for o in w.origins),
            *(("targets.origin", target.origin, origins) for target in indicator.targets),
        ]
        for field, wanted, known in named:
            if wanted is not None and wanted not in known:
                raise CatalogError(
                    f"{folder}: Indicator {indicator.id!r}: field {field}: received {wanted!r}, "
                    f"which is not declared; allowed: {', '.join(known)}."
                )
    places = [i.featured for i in indicators.values() if i.featured is not None]
    if len(set(places)) != len(places):
        raise CatalogError(f"{folder}: field featured: two indicators have the same place.")
