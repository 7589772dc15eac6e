"""What differs between what a source says and what the store holds of it, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from base.words import LANGS, Lang, Message, number, period, t
from geo.editions import area, has_area
from metrics.catalog import Catalog, Text
from metrics.refresh.source import Bounds

Kind = Literal["new", "revised", "reworded", "withdrawn", "missing", "outlier", "twice"]
KINDS: Final[tuple[Kind, ...]] = (
    *("new", "revised", "reworded", "withdrawn"),
    *("missing", "outlier", "twice"),
)
Verdict = Literal["same", "accept", "hold"]


class Line(BaseModel):
    """One figure, or one area, that differs.

    Attributes
    ----------
    before, after
        A value, or what is said instead of one; None where there was nothing, or is nothing.
    share
        How much a value changes, as a share of what the indicator spans.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    indicator: str
    role: str
    edition: str
    level: str
    area: str
    period_start: str | None = None
    period_end: str | None = None
    grain: str = ""
    before: float | str | None = None
    after: float | str | None = None
    share: float | None = None


class Series(BaseModel):
    """What differs of one indicator at one level.

    Attributes
    ----------
    figures, same
        How many the source says, and how many of them are as they were.
    counts
        How many differ, by kind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    role: str
    edition: str
    level: str
    figures: int
    same: int
    counts: dict[Kind, int]


class Reason(BaseModel):
    """Why a difference waits for a person: ``refresh.reason.<key>``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    values: dict[str, float | int | str] = {}

    def say(self, lang: Lang) -> str:
        """Say it."""
        return Message(f"refresh.reason.{self.key}", self.values).say(lang)


class Difference(BaseModel):
    """What a run would change.

    Attributes
    ----------
    source, dataset, run
        Whose it is.
    compared_with
        What the dataset was when compared; "" where there was none.
    time
        When it was compared, in UTC.
    figures, same
        How many the source says, and how many of them are as they were.
    counts
        How many differ, by kind. An outlier is new or revised as well.
    largest
        The largest change of a value, as a share of what its indicator spans.
    records
        How many indicators and origins come or change.
    series, lines
        All series; of the figures that differ the first of each kind, the largest change first.
    notes
        What the adapter says of its reading.
    reasons
        Why it waits for a person; none where it does not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    dataset: str
    run: str
    compared_with: str
    time: str
    figures: int
    same: int
    counts: dict[Kind, int]
    largest: float
    records: int
    series: tuple[Series, ...]
    lines: tuple[Line, ...]
    notes: tuple[Text, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything in the store would be another."""
        changing: tuple[Kind, ...] = ("new", "revised", "reworded", "withdrawn")
        return bool(self.records) or any(self.counts[kind] for kind in changing)

    @property
    def verdict(self) -> Verdict:
        """What follows of it by rule."""
        if self.reasons:
            return "hold"
        return "accept" if self.changes else "same"


def judged(difference: Difference, bounds: Bounds, more: Iterable[Reason] = ()) -> Difference:
    """Give a difference the reasons for which it waits, by the bounds of its source.

    Parameters
    ----------
    more
        Reasons that lie outside of it.
    """
    counts = difference.counts
    again = difference.same + counts["revised"] + counts["reworded"]
    share = counts["revised"] / again if again else 0.0
    reasons = [
        *_above("revised_share", round(share, 4), bounds.revised_share),
        *_above("revised_by", round(difference.largest, 4), bounds.revised_by),
        *_above("withdrawn", counts["withdrawn"], bounds.withdrawn),
        *_above("missing_areas", counts["missing"], bounds.missing_areas),
        *_above("outliers", counts["outlier"], bounds.outliers),
        *_above("twice", counts["twice"], 0),
        *more,
    ]
    return difference.model_copy(update={"reasons": tuple(reasons)})


def _above(key: str, found: float, most: float) -> list[Reason]:
    percents = key in ("revised_share", "revised_by")
    by = 100 if percents else 1
    values: dict[str, float | int | str] = {"found": found * by, "most": most * by}
    if percents:
        values = {name: round(float(value), 1) for name, value in values.items()}
    return [Reason(key=key, values=values)] if found > most else []


def texts(messages: Iterable[Message]) -> tuple[Text, ...]:
    """Say messages in both languages, to be kept."""
    return tuple(in_words(message.say) for message in messages)


def in_words(say: Callable[[Lang], str]) -> Text:
    """Say something in both languages, on one line: what sources write in it gives no orders."""
    return Text(**{lang: "".join(map(_plain, say(lang))) for lang in LANGS})


def _plain(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if sign.isspace() else "�"


def told(difference: Difference, lang: Lang, catalog: Catalog, most: int = 10) -> list[str]:
    """Say what differs, a line each: counts, the first of each kind, notes and reasons.

    Parameters
    ----------
    catalog
        With the indicators that the difference names; of one that it lacks the id is said.
    most
        Lines of each kind.
    """
    counted: dict[str, Any] = {kind: number(difference.counts[kind], lang) for kind in KINDS}
    figures = {name: number(getattr(difference, name), lang) for name in ("figures", "same")}
    said = [t("refresh.difference.counts", lang, **counted, **figures)]
    for kind in KINDS:
        lines = [line for line in difference.lines if line.kind == kind]
        said += [f"  {_said(line, lang, catalog)}" for line in lines[:most]]
        if (rest := difference.counts[kind] - len(lines[:most])) > 0 and lines:
            more = t(f"refresh.kind.{kind}", lang)
            said.append(f"  {t('refresh.difference.more', lang, kind=more, n=number(rest, lang))}")
    said += [note.vi if lang == "vi" else note.en for note in difference.notes]
    return [*said, *(reason.say(lang) for reason in difference.reasons)]


def _said(line: Line, lang: Lang, catalog: Catalog) -> str:
    indicator = catalog.indicators.get(line.indicator)
    title = line.indicator if indicator is None else getattr(indicator.short, lang)
    known = line.edition and has_area(line.edition, line.area)
    place = line.area
    if known:
        place = str(getattr(area(line.edition, line.area), f"name_{lang}"))
    when = _when(line, lang)
    kind = t(f"refresh.kind.{line.kind}", lang)
    before, after = (_figure(value, lang) for value in (line.before, line.after))
    figures = {"withdrawn": before, "missing": ""}.get(line.kind, after)
    if line.kind in ("revised", "reworded"):
        figures = f"{before} → {after}"
    return " · ".join(part for part in (kind, title, place, when, figures) if part)


def _when(line: Line, lang: Lang) -> str:
    start, end = (
        date.fromisoformat(day) if day else None for day in (line.period_start, line.period_end)
    )
    return period(start, end, line.grain, lang) if end else ""


def _figure(value: float | str | None, lang: Lang) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else number(value, lang, 4)
