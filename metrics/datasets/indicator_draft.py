"""An indicator while it is being written: what is wrong with its fields, the record it makes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from geo.editions import COUNTRY_CODE
from metrics.catalog import SHORT_TITLE_LENGTH, Catalog, Indicator, Origin
from metrics.datasets.datasets import slug

KINDS: Final = ("rate", "count", "amount", "score", "rank", "duration", "status")
DIRECTIONS: Final = ("higher_better", "lower_better", "neutral")
AGGREGATIONS: Final = ("none", "sum", "ratio_of_sums", "weighted_mean")
# Kinds that never add up to their parent.
ALONE: Final = ("rank", "status")
LISTS: Final = ("named_only", "exhaustive")
TEXTS: Final = ("title", "short", "definition", "unit")
LANGS: Final = ("vi", "en")
LONGEST: Final = {"title": 200, "short": SHORT_TITLE_LENGTH, "definition": 2000, "unit": 40}


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """What an area has to reach: edition "" and `COUNTRY_CODE` for the whole country."""

    edition: str = ""
    area: str = COUNTRY_CODE
    value: float | None = None
    deadline: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been typed.

    Attributes
    ----------
    id
        Of the indicator that is changed; "" for a new one, whose id is made of its title.
    texts
        By field and language, such as ``title.vi``; the parts are ``numerator`` and
        ``denominator``.
    categories
        Of a status, one a line: Vietnamese, a bar, English; best first.
    """

    id: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    domain: str = ""
    kind: str = "rate"
    direction: str = "higher_better"
    aggregation: str = "none"
    weight: str | None = None
    decimals: int = 1
    max_value: float | None = None
    categories: str = ""
    list: str = "named_only"
    targets: tuple[DraftTarget, ...] = ()

    def text(self, name: str) -> str:
        """Return a text without blanks around it."""
        return " ".join(self.texts.get(name, "").split())

    @property
    def made_id(self) -> str:
        """The id it has or would get."""
        return self.id or slug(self.text("title.vi"))


def problems(draft: Draft, catalog: Catalog, taken: Collection[str]) -> dict[str, str]:
    """Find what is wrong.

    Parameters
    ----------
    catalog
        The indicators there are.
    taken
        Ids that a new indicator may not have.

    Returns
    -------
    dict
        Field to what is wrong with it; the message is ``indicators.wrong.<what>``.
    """
    wrong = _wrong_texts(draft)
    if not draft.id and draft.made_id in taken and draft.text("title.vi"):
        wrong["title.vi"] = "taken"
    parts = [bool(draft.text(f"{part}.{lang}")) for part in _PARTS for lang in LANGS]
    rules = {
        "domain": (draft.domain not in catalog.domains, "empty"),
        "parts": (any(parts) and not all(parts), "parts"),
        "aggregation": (draft.kind in ALONE and draft.aggregation != "none", "alone"),
        "weight": (draft.aggregation == "weighted_mean" and not draft.weight, "empty"),
        "categories": (draft.kind == "status" and not _categories(draft), "categories"),
    }
    wrong |= {name: what for name, (found, what) in rules.items() if found}
    if draft.aggregation == "ratio_of_sums" and not any(parts):
        wrong["parts"] = "ratio"
    for n, target in enumerate(draft.targets):
        missing = {"value": target.value is None, "source": not target.source.strip()}
        wrong |= {f"target.{n}.{name}": "empty" for name, found in missing.items() if found}
    return wrong


def _wrong_texts(draft: Draft) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for name in (f"{name}.{lang}" for name in TEXTS for lang in LANGS):
        text = draft.text(name)
        if not text:
            wrong[name] = "empty"
        elif len(text) > LONGEST[name.partition(".")[0]]:
            wrong[name] = "long"
    return wrong


_PARTS: Final = ("numerator", "denominator")


def record_of(draft: Draft) -> tuple[Indicator, tuple[Origin, ...]]:
    """Make the record of a draft without problems, and the origins of its targets.

    Raises
    ------
    pydantic.ValidationError
        If `problems` has missed something.
    """
    id_ = draft.made_id
    origins = tuple(
        _origin(f"{id_}-target-{n}", target.source) for n, target in enumerate(draft.targets, 1)
    )
    fields: dict[str, Any] = {
        **{name: _both(draft, name) for name in TEXTS},
        "id": id_,
        "domain": draft.domain,
        "kind": draft.kind,
        "direction": draft.direction,
        "aggregation": draft.aggregation,
        "weight": draft.weight if draft.aggregation == "weighted_mean" else None,
        "decimals": draft.decimals,
        "max_value": draft.max_value,
        "targets": [
            {
                "edition": target.edition or None,
                "area": target.area,
                "value": target.value,
                "deadline": target.deadline,
                "origin": origin.id,
            }
            for target, origin in zip(draft.targets, origins, strict=True)
        ],
    }
    if draft.text("numerator.vi"):
        fields |= {part: _both(draft, part) for part in _PARTS}
    if draft.kind == "status":
        fields |= {"categories": _categories(draft), "list": draft.list}
    return Indicator.model_validate(fields), origins


def draft_of(indicator: Indicator, catalog: Catalog) -> Draft:
    """Take a record apart again for its form."""
    named = {name: getattr(indicator, name) for name in (*TEXTS, *_PARTS)}
    texts = {
        f"{n}.{lang}": getattr(text, lang) for n, text in named.items() if text for lang in LANGS
    }
    return Draft(
        id=indicator.id,
        texts=texts,
        domain=indicator.domain,
        kind=indicator.kind,
        direction=indicator.direction,
        aggregation=indicator.aggregation,
        weight=indicator.weight,
        decimals=indicator.decimals,
        max_value=indicator.max_value,
        categories="\n".join(f"{c.title.vi} | {c.title.en}" for c in indicator.categories),
        list=indicator.list or LISTS[0],
        targets=tuple(
            DraftTarget(
                edition=target.edition or "",
                area=target.area,
                value=target.value,
                deadline=target.deadline,
                source=catalog.origin(target.origin).title.vi,
            )
            for target in indicator.targets
        ),
    )


def _both(draft: Draft, name: str) -> dict[str, str]:
    return {lang: draft.text(f"{name}.{lang}") for lang in LANGS}


def _categories(draft: Draft) -> list[dict[str, Any]]:
    """Read the categories; none where a line is not understood or two are the same."""
    found: list[dict[str, Any]] = []
    for line in filter(str.strip, draft.categories.splitlines()):
        vi, bar, en = (part.strip() for part in line.partition("|"))
        if not (vi and bar and en):
            return []
        found.append({"id": slug(vi), "title": {"vi": vi[:80], "en": en[:80]}})
    return found if len({category["id"] for category in found}) == len(found) else []


def _origin(id_: str, source: str) -> Origin:
    title = source.strip()[:200]
    return Origin.model_validate(
        {
            "id": id_,
            "producer": {"vi": title, "en": title},
            "title": {"vi": title, "en": title},
            "date_published_kind": "unknown",
            "licence": "unknown",
        }
    )
