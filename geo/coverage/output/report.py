"""Say what a search found, and what it left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from base.words import Lang, number, t, tn
from geo.coverage.ground import VERDICTS, Result

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN: Final = 8
HOUSEHOLDS: Final = (("households", "households"), ("uncovered", "households_uncovered"))


def report(result: Result, lang: Lang) -> list[str]:
    """Write the report of a search, one line a finding."""
    country: Any = result.areas.iloc[0]
    lines = [t("coverage.report.simulated", lang)] if result.simulated else []
    lines.append(
        t(
            "coverage.report.summary",
            lang,
            settlements=number(country["settlements"], lang),
            covered=number(country["covered"], lang),
            weak=number(country["weak"], lang),
            uncovered=number(country["uncovered"], lang),
            no_power=number(country["uncovered_no_power"], lang),
            unknown=number(country["unknown"], lang),
        )
    )
    if result.by_range:
        lines.append(t("coverage.range", lang))
    if result.terrain is not None:
        lines += _terrain(result, lang)
    if country["without_population"] < country["settlements"]:
        lines.append(
            t(
                "coverage.report.people",
                lang,
                people=number(country["people"], lang),
                uncovered=number(country["people_uncovered"], lang),
                without=number(country["without_population"], lang),
            )
        )
    if country["households"]:
        told = {n: number(country[c], lang) for n, c in HOUSEHOLDS}
        lines.append(t("coverage.report.households_line", lang, **told))
    if country["no_4g"] == country["no_4g"]:
        lines.append(t("coverage.report.no_4g", lang, n=number(country["no_4g"], lang)))
    if result.grid is not None and len(result.grid):
        grid: Any = result.grid.iloc[0]
        names = ("people", "covered", "unknown")
        cells = ("people", "people_covered", "people_unknown")
        told = {n: number(grid[c], lang) for n, c in zip(names, cells, strict=True)}
        lines.append(t("coverage.report.grid", lang, **told))
    lines.append(t("coverage.report.clusters", lang, n=number(len(result.clusters), lang)))
    lines += _ranking(result, lang)
    if country["near_border"]:
        lines.append(
            tn(
                "coverage.report.near_border",
                country["near_border"],
                lang,
                n=number(country["near_border"], lang),
            )
        )
    return lines


def _terrain(result: Result, lang: Lang) -> list[str]:
    """Say the verdicts of the ground, how they differ from those of ranges, what was assumed."""
    country: Any = result.areas.iloc[0]
    told: dict[str, str] = {v: number(country[f"terrain_{v}"], lang) for v in VERDICTS}
    lines = [t("coverage.terrain.report.summary", lang, **told)]
    frame = result.settlements
    lost = frame[(frame["terrain"] == "shadowed") & frame["status"].isin(("covered", "weak"))]
    if len(lost):
        middle = number(float(lost["terrain_diffraction_db"].median()), lang, 1)
        lines.append(
            t("coverage.terrain.report.lost", lang, n=number(len(lost), lang), median=middle)
        )
    for missing, group in frame[frame["terrain"] == "unknown"].groupby("terrain_missing"):
        said = t(f"coverage.terrain.missing.{missing}", lang)
        lines.append(
            t("coverage.terrain.report.missing", lang, n=number(len(group), lang), what=said)
        )
    known = frame["best_margin_db"].notna()
    if known.any():
        good = int((frame["best_margin_db"] >= 0).sum())
        told = {"n": number(good, lang), "all": number(int(known.sum()), lang)}
        lines.append(t("coverage.terrain.report.margin", lang, **told))
    assert result.terrain is not None
    summits = result.terrain.summits
    if summits is not None and len(summits):
        last: Any = summits.iloc[-1]
        told = {"n": number(len(summits), lang), "reached": number(last["total_reached"], lang)}
        told |= {"weight": t(f"coverage.weight.{last['counted']}", lang)}
        told |= {"upper": number(last["upper_reached"], lang)}
        lines.append(t("coverage.terrain.summits.ranking", lang, **told))
    return lines + [line.say(lang) for line in result.terrain.assumed]


def _ranking(result: Result, lang: Lang) -> list[str]:
    ranking = result.ranking
    if ranking.skipped == "too_many_pairs":
        return [t("coverage.report.too_many_pairs", lang)]
    if ranking.frame.empty:
        return []
    last: Any = ranking.frame.iloc[-1]
    weight = t(f"coverage.weight.{ranking.weight}", lang)
    lines = [
        t(
            "coverage.report.ranking",
            lang,
            n=number(len(ranking.frame), lang),
            reach=number(result.options.new_site_range_m, lang),
            reached=number(last["total_reached"], lang),
            all=number(ranking.reachable, lang),
            weight=weight,
            upper=number(last["upper_reached"], lang),
        )
    ]
    if ranking.weight != "population":
        lines.append(t(f"coverage.report.ranking_{ranking.weight}", lang))
    if ranking.without:
        told = {"n": number(ranking.without, lang), "weight": weight}
        lines.append(t("coverage.report.ranking_without", lang, **told))
    return lines


def left_out(problems: pd.DataFrame, lang: Lang) -> list[str]:
    """Say what was left out or is doubtful: how many rows of which file, why, and which."""
    lines = []
    groups = problems.groupby(["kept", "file", "reason"], sort=False)
    for (kept, file, reason), group in sorted(
        groups, key=lambda item: (item[0][0], item[0][1], -int(item[1]["n"].sum()))
    ):
        lines.append(
            t(
                f"coverage.report.{_template(group, bool(kept))}",
                lang,
                n=number(int(group["n"].sum()), lang),
                reason=t(f"coverage.reason.{reason}", lang),
                file=file,
                rows=_rows(group, lang),
            )
        )
    return lines


def _template(group: pd.DataFrame, kept: bool) -> str:
    if kept:
        return "kept" if group["row"].any() else "noted"  # of single rows, or of the whole file
    return "left_out"


def _rows(group: pd.DataFrame, lang: Lang) -> str:
    if not group["row"].any():
        return "; ".join(group["value"])  # of a grid: how many people
    shown = ", ".join(str(row) for row in group["row"].head(ROWS_SHOWN))
    if len(group) > ROWS_SHOWN:
        shown = t("coverage.report.more", lang, rows=shown)
    return t("coverage.report.rows", lang, rows=shown)
