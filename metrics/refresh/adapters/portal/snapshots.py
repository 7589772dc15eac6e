"""Daily snapshots of the portal's replies, in files of their own form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AwareDatetime, ConfigDict, Field, ValidationInfo, model_validator
from pydantic.alias_generators import to_camel

from metrics.refresh import Reply
from metrics.refresh.adapters.portal.groups import (
    DIGITISED,
    GROUPS,
    OPENNESS,
    PAYMENT,
    PROGRESS,
    RATES,
    SATISFACTION,
)
from metrics.refresh.adapters.portal.options import LONGEST, Asked
from metrics.refresh.adapters.portal.records import (
    Count,
    GroupScores,
    Metric,
    Overview,
    Percent,
    Result,
    Score,
    group_fits,
    paid_fits,
)
from metrics.refresh.adapters.portal.shape import Shape, misfit, ratio_fits, read
from metrics.refresh.adapters.portal.sheet import (
    Part,
    Sheet,
    Unit,
    digitised_parts,
    given_points,
    is_provisional,
    payment_parts,
    progress_parts,
    scores_of,
    without_indicator,
)
from metrics.refresh.adapters.portal.whole import (
    check_number,
    check_once,
    check_provinces,
)


class Metadata(Shape):
    """When and of what a snapshot was made."""

    idle: ClassVar = frozenset(
        {"scope", "province", "rootDepartmentId", "periodLabel", "sourceUrl", "runDateStr"}
    )

    time_type: Literal["year", "quarter", "month"]
    year: Annotated[int, Field(ge=2026, le=2100)]
    period: Annotated[int, Field(ge=1, le=12)] | None
    extracted_at: AwareDatetime
    province_code: Annotated[str, Field(pattern=r"^H[0-9]{2}$")] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        most = LONGEST[self.time_type]
        if most and not 1 <= (self.period or 0) <= most:
            raise misfit("refresh.portal_allowed.between", least=1, most=most)
        return self


class Component(Shape):
    """What a snapshot has of one group; nothing where that was not read."""

    score: Score | None
    max_score: Score
    ratio: Percent | None
    metrics: tuple[Metric, ...] = ()

    idle: ClassVar = frozenset(
        {"totalOverdue", "totalPetitions", "classifiedPetitions", "totalDossiers", "averageScore"}
    )


class ProgressComponent(Component):
    """What a snapshot has of the group of progress."""

    total_received: Count | None
    total_on_time: Count | None
    avg_processing_days: Score | None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        part, whole = self.total_on_time, self.total_received
        if part is None or not whole or self.ratio is None:
            return self
        if part > whole:
            raise misfit("refresh.portal_allowed.at_most", limit=whole)
        if not ratio_fits(self.ratio, part, whole):
            raise misfit("refresh.portal_allowed.ratio", part=part, whole=whole)
        return self


class PaymentComponent(Component):
    """What a snapshot has of the group of online payment."""

    total_dossier_online_payment_success: Count | None
    total_dossier_financial_obligation: Count | None
    total_dossier_online_formality_payment_success: Count | None
    total_fee_formality: Count | None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        paid_fits(self)
        return self


class Components(Shape):
    """What a snapshot has of the six groups."""

    model_config = ConfigDict(alias_generator=None)

    CKMB: Component = Field(alias="CKMB_CongKhaiMinhBach")
    TDGQ: ProgressComponent = Field(alias="TDGQ_TienDoGiaiQuyet")
    CLGQ: Component = Field(alias="ONLINE_DichVuTrucTuyen")
    TTTT: PaymentComponent = Field(alias="TTTT_ThanhToanTrucTuyen")
    MDHL: Component = Field(alias="MDHL_MucDoHaiLong")
    MDSH: Component = Field(alias="MDSH_SoHoaHoSo")

    @model_validator(mode="after")
    def _adds_up(self, info: ValidationInfo) -> Self:
        for code, group in GROUPS.items():
            own: Component = getattr(self, code)
            # Without measures, satisfaction is what the others leave of the total.
            left = code == SATISFACTION and not own.metrics
            group_fits(None if left else own.score, own.max_score, None, info)
            if own.max_score != group.most:
                raise misfit("refresh.portal_allowed.exactly", limit=group.most)
        codes = [metric.code for metric in self.MDSH.metrics]
        lacking = [code for code in RATES if codes and codes.count(code) != 1]
        if lacking:
            raise misfit("refresh.portal_allowed.measures", codes=", ".join(lacking))
        return self


class Scores(GroupScores):
    """Scores of the groups; that of satisfaction may be what the others leave of the total."""

    MDHL: Annotated[float, Field(ge=0, le=100)] | None


class Department(Result):
    """One department of a snapshot."""

    group_scores: Scores
    component_indicators: Components | None = None


class Whole(Overview):
    """The country or the province of a snapshot."""

    idle: ClassVar = Overview.idle - {"groupScores"} | {
        "growthPercent",
        "totalProvincesCount",
        "totalUnitsCount",
        "agencyCount",
        "communeCount",
    }

    group_scores: GroupScores | None = None


class Snapshot(Shape):
    """One file: provinces, or the departments of one province under one of their names."""

    idle: ClassVar = frozenset({"totalUnitsCount", "agencyCount", "communeCount"})

    metadata: Metadata
    overview: Whole | None = None
    count: Count | None = None
    provinces: tuple[Department, ...] | None = None
    communes: tuple[Department, ...] | None = None
    communes_detail: tuple[Department, ...] | None = None
    units: tuple[Department, ...] | None = None
    units_detail: tuple[Department, ...] | None = None

    @model_validator(mode="after")
    def _holds_one_list(self) -> Self:
        held = [name for name in _LISTS if getattr(self, name) is not None]
        if len(held) != 1:
            raise misfit("refresh.portal_allowed.one_list")
        of_provinces = held == ["provinces"]
        if of_provinces != (self.metadata.province_code is None):
            raise misfit("refresh.portal_allowed.province_code")
        if self.count not in (None, len(self.departments)):
            raise misfit("refresh.portal_allowed.exactly", limit=len(self.departments))
        return self

    @property
    def path(self) -> str:
        """Key of its list."""
        return to_camel(next(name for name in _LISTS if getattr(self, name) is not None))

    @property
    def departments(self) -> tuple[Department, ...]:
        """Those of its list."""
        found: Any = next(held for name in _LISTS if (held := getattr(self, name)) is not None)
        return tuple(found)


_LISTS: Final = ("provinces", "communes", "communes_detail", "units", "units_detail")


def read_snapshot(reply: Reply) -> tuple[Snapshot, Sheet]:
    """Read one file.

    Raises
    ------
    ShapeError
        If it is of no such form.
    """
    name = reply.ask.name
    held = read(reply.path, name, Snapshot)
    check_once(name, held.path, (one.department_id for one in held.departments))
    check_number(name, held.path, min(1, len(held.departments)), 1)
    if held.provinces is not None:
        check_provinces(name, held.path, len(held.provinces))
    unread = _unread(held.departments)
    meta = held.metadata
    own = [one for one in held.departments if one.child_group != "AGENCY"]
    sheet = Sheet(
        file=name,
        name=name,
        time=meta.extracted_at,
        asked=Asked(
            time=meta.time_type,
            year=meta.year,
            # The snapshots name a month beside a year too; it says nothing.
            number=meta.period if LONGEST[meta.time_type] else None,
        ),
        within=meta.province_code,
        units=tuple(_unit(one, unread) for one in own),
        agencies=len(held.departments) - len(own),
        whole=_whole(held.overview),
        unread=unread,
        left=without_indicator(
            metric
            for one in held.departments
            if (detail := one.component_indicators)
            for component in (detail.CKMB, detail.MDHL, detail.MDSH)
            for metric in component.metrics
        ),
        unsure=SATISFACTION not in unread
        and not any(one.component_indicators for one in held.departments),
    )
    return held, sheet


def _whole(overview: Whole | None) -> Unit | None:
    if overview is None:
        return None
    scores = scores_of(overview.group_scores)
    code = overview.department_code or ""
    return Unit(code, overview.department_name, overview.total_score, scores)


def _unread(departments: Sequence[Department]) -> tuple[str, ...]:
    """Find groups that were not read: their scores are all 0, or they have no measures at all.

    Satisfaction is then what the others leave of the total, and no score of the portal; so it is
    where one is above what the portal gives at most.
    """
    scores = [scores_of(one.group_scores) for one in departments]
    found = [
        code for code in GROUPS if len(scores) > 1 and not any(one.get(code) for one in scores)
    ]
    detailed = [d.component_indicators for d in departments if d.component_indicators]
    bare = bool(detailed) and not any(one.MDHL.metrics for one in detailed)
    over = any((one.get(SATISFACTION) or 0) > GROUPS[SATISFACTION].most for one in scores)
    if SATISFACTION not in found and (found or bare or over):
        found.append(SATISFACTION)
    return tuple(found)


def _unit(one: Department, unread: Sequence[str]) -> Unit:
    parts: dict[str, Part] = {}
    given, provisional = None, False
    detail = one.component_indicators
    if detail:
        progress, payment = detail.TDGQ, detail.TTTT
        if PROGRESS not in unread and progress.total_received is not None:
            on_time = progress.total_on_time or 0
            parts |= progress_parts(
                progress.total_received, on_time, progress.ratio, progress.avg_processing_days
            )
        if PAYMENT not in unread:
            parts |= payment_parts(payment)
        if DIGITISED not in unread:
            parts |= digitised_parts(detail.MDSH.metrics)
        if detail.MDHL.metrics:
            given = given_points(detail.MDHL.metrics)
        provisional = OPENNESS not in unread and is_provisional(detail.CKMB.metrics)
    scores = {c: s for c, s in scores_of(one.group_scores).items() if c not in unread}
    return Unit(
        one.department_code,
        one.department_name,
        one.total_score,
        scores,
        parts,
        given=given,
        provisional=provisional,
    )
