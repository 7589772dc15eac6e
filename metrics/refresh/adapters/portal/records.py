"""The records of the reporting service's replies."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import AliasChoices, ConfigDict, Field, ValidationInfo, model_validator

from metrics.refresh.adapters.portal.shape import Shape, misfit, ratio_fits

Score = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Name = Annotated[str, Field(min_length=1)]
# Scores have two decimals.
_HALF = 0.005


class Metric(Shape):
    """One measure of a group."""

    idle: ClassVar = frozenset({"name", "dataQualityMessage"})

    code: Name
    numerator: Count | None
    denominator: Count | None
    ratio: Percent | None
    score: Score | None
    max_score: Score
    data_quality_status: str | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.score is not None and self.score > self.max_score:
            raise misfit("refresh.portal_allowed.at_most", limit=self.max_score)
        if (self.numerator is None) != (self.denominator is None):
            raise misfit("refresh.portal_allowed.both_parts")
        if self.numerator is None or not self.denominator or self.ratio is None:
            return self
        if not ratio_fits(self.ratio, self.numerator, self.denominator):
            raise misfit(
                "refresh.portal_allowed.ratio", part=self.numerator, whole=self.denominator
            )
        return self


def group_fits(score: float | None, most: float, ratio: float | None, info: ValidationInfo) -> None:
    """Refuse a score above the points of its group, other points, or another share of them."""
    known = (info.context or {}).get("most", most)
    if most != known:
        raise misfit("refresh.portal_allowed.exactly", limit=known)
    if score is None:
        return
    if score > most:
        raise misfit("refresh.portal_allowed.at_most", limit=most)
    if ratio is not None and not ratio_fits(ratio, score, most, _HALF):
        raise misfit("refresh.portal_allowed.ratio", part=score, whole=most)


def paid_fits(record: Any) -> None:
    """Refuse more dossiers or services that were paid online than there are with a fee."""
    for part, whole in (
        (record.total_dossier_online_payment_success, record.total_dossier_financial_obligation),
        (record.total_dossier_online_formality_payment_success, record.total_fee_formality),
    ):
        if part is not None and whole is not None and part > whole:
            raise misfit("refresh.portal_allowed.at_most", limit=whole)


class GroupScores(Shape):
    """Scores of the six groups of one department; another group would be another index."""

    model_config = ConfigDict(extra="forbid", alias_generator=None)

    CKMB: Annotated[float, Field(ge=0, le=18)] | None
    TDGQ: Annotated[float, Field(ge=0, le=20)] | None
    CLGQ: Annotated[float, Field(ge=0, le=12)] | None = Field(
        validation_alias=AliasChoices("CLGQ", "ONLINE")
    )
    TTTT: Annotated[float, Field(ge=0, le=10)] | None
    MDHL: Annotated[float, Field(ge=0, le=18)] | None
    MDSH: Annotated[float, Field(ge=0, le=22)] | None


class Result(Shape):
    """The line of one department in the results."""

    idle: ClassVar = frozenset(
        {"scoreDelta", "totalMaxScore", "rank", "groupRank", "shortName", "departmentType"}
    )

    department_id: Name
    department_name: Name
    department_code: Name
    total_score: Annotated[float, Field(ge=0, le=100)] | None
    ratio: Percent | None
    child_group: Literal["AGENCY", "COMMUNE"] | None = None
    group_scores: GroupScores | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total, ratio = self.total_score, self.ratio
        if total is not None and ratio is not None and not ratio_fits(ratio, total, 100, _HALF):
            raise misfit("refresh.portal_allowed.ratio", part=total, whole=100)
        return self


class Overview(Shape):
    """The line of the whole that the departments are part of."""

    idle: ClassVar = frozenset({"totalMaxScore", "ratio", "scoreDelta", "groupScores"})

    department_name: Name
    department_code: str | None = None
    total_score: Annotated[float, Field(ge=0, le=100)] | None


class Slice(Shape):
    """One slice of a ring chart."""

    idle: ClassVar = frozenset({"name"})

    code: Name
    value: Count
    percent: Percent


class Donuts(Shape):
    """The ring charts."""

    idle: ClassVar = frozenset({"onlineProvision"})

    online_dossier: tuple[Slice, ...] | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        whole = sum(one.value for one in self.online_dossier or ())
        for one in self.online_dossier or ():
            if whole and not ratio_fits(one.percent, one.value, whole):
                raise misfit("refresh.portal_allowed.ratio", part=one.value, whole=whole)
        return self


class Pagination(Shape):
    """Which page of how many."""

    total: Count
    current_page: Annotated[int, Field(ge=1)]
    page_size: Annotated[int, Field(ge=1)]
    total_pages: Count

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.total_pages != -(-self.total // self.page_size):
            raise misfit("refresh.portal_allowed.pages", total=self.total, size=self.page_size)
        return self


class Results(Shape):
    """Results of all departments."""

    idle: ClassVar = frozenset({"growthPercent", "radar", "monthlyChart", "dossierChart"})

    overview: Overview
    donuts: Donuts | None = None
    evaluation: tuple[Result, ...]
    pagination: Pagination | None = None


class Scored(Shape):
    """A department's score of a group, with the measures that make it."""

    idle: ClassVar = frozenset(
        {"stt", "departmentCode", "departmentType", "departmentLevel", "agencyLevel"}
        | {"scoreDelta", "averageScore", "totalPetitions", "classifiedPetitions", "totalDossiers"}
    )

    department_id: Name
    department_name: Name
    total_score: Score | None
    total_max_score: Score
    ratio: Percent | None
    metrics: tuple[Metric, ...]

    @model_validator(mode="after")
    def _adds_up(self, info: ValidationInfo) -> Self:
        group_fits(self.total_score, self.total_max_score, self.ratio, info)
        codes = Counter(metric.code for metric in self.metrics)
        if not codes and not self.total_score:
            return self
        lacking = [code for code in (info.context or {}).get("codes", ()) if codes[code] != 1]
        if lacking:
            raise misfit("refresh.portal_allowed.measures", codes=", ".join(lacking))
        return self


class Progress(Shape):
    """A department's dossiers on time."""

    idle: ClassVar = frozenset({"departmentCode", "level", "scoreDelta"})

    department_id: Name
    department_name: Name
    total_received: Count
    total_on_time: Count
    total_overdue: Count
    avg_processing_days: Score | None
    ratio: Percent | None
    score: Score | None
    max_score: Score

    @model_validator(mode="after")
    def _adds_up(self, info: ValidationInfo) -> Self:
        group_fits(self.score, self.max_score, None, info)
        part, whole = self.total_on_time, self.total_received
        if part > whole:
            raise misfit("refresh.portal_allowed.at_most", limit=whole)
        if whole and self.ratio is not None and not ratio_fits(self.ratio, part, whole):
            raise misfit("refresh.portal_allowed.ratio", part=part, whole=whole)
        return self


class Online(Shape):
    """A department's score of services online."""

    idle: ClassVar = frozenset({"departmentCode", "level", "scoreDelta"})

    department_id: Name
    department_name: Name
    total_score: Score | None
    total_max_score: Score
    ratio: Percent | None

    @model_validator(mode="after")
    def _adds_up(self, info: ValidationInfo) -> Self:
        group_fits(self.total_score, self.total_max_score, self.ratio, info)
        return self


class Payment(Online):
    """A department's dossiers and services that were paid online, of those with a fee."""

    idle: ClassVar = Online.idle | {"totalFeeDossierFormalityDistinct", "totalFeeDossierFormality"}

    total_dossier_online_payment_success: Count
    total_dossier_financial_obligation: Count
    total_dossier_online_formality_payment_success: Count
    total_fee_formality: Count

    @model_validator(mode="after")
    def _has_its_parts(self) -> Self:
        paid_fits(self)
        return self


D = TypeVar("D", bound=Shape)


class Listed(Shape, Generic[D]):
    """Departments in a list, by pages."""

    idle: ClassVar = frozenset({"overview", "monthlyChart", "source"})

    evaluation: tuple[D, ...]
    pagination: Pagination | None = None


class Tree(Shape, Generic[D]):
    """Departments below the one that was asked for."""

    idle: ClassVar = frozenset({"parent", "monthlyChart", "source"})

    children: tuple[D, ...]
    pagination: Pagination | None = None


class Reply(Shape, Generic[D]):
    """A reply of the service."""

    idle: ClassVar = frozenset({"message"})

    code: Literal["OK"]
    data: D


SHAPES: dict[str, Any] = {
    "service-results": Reply[Results],
    "transparency": Reply[Listed[Scored]],
    "handling-satisfaction": Reply[Listed[Scored]],
    "dossier-digitized": Reply[Listed[Scored]],
    "dvc-progress-tree": Reply[Tree[Progress]],
    "provide-online-tree": Reply[Tree[Online]],
    "formality-online-payment-tree": Reply[Tree[Payment]],
}
