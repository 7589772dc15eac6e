"""Say what a search found, and what it left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from base.words import Lang
from geo.coverage.ground import Result, reason_text, say

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN: Final = 8
HOUSEHOLDS: Final = (("households", "households"), ("uncovered", "households_uncovered"))


def report(result: Result, lang: Lang) -> list[str]:
    """Write the report of a search, one line a finding."""
    country: Any = result.areas.iloc[0]
    lines = [say("simulated", lang)] if result.simulated else []
    lines.append(
        say(
            "summary",
            lang,
            settlements=count(country["settlements"], lang),
            covered=count(country["covered"], lang),
            weak=count(country["weak"], lang),
            uncovered=count(country["uncovered"], lang),
            no_power=count(country["uncovered_no_power"], lang),
            unknown=count(country["unknown"], lang),
        )
    )
    if country["without_population"] < country["settlements"]:
        lines.append(
            say(
                "people",
                lang,
                people=count(country["people"], lang),
                uncovered=count(country["people_uncovered"], lang),
                without=count(country["without_population"], lang),
            )
        )
    if country["households"]:
        told = {n: count(country[c], lang) for n, c in HOUSEHOLDS}
        lines.append(say("households_line", lang, **told))
    if country["no_4g"] == country["no_4g"]:
        lines.append(say("no_4g", lang, n=count(country["no_4g"], lang)))
    if result.grid is not None and len(result.grid):
        grid: Any = result.grid.iloc[0]
        names = ("people", "covered", "unknown")
        cells = ("people", "people_covered", "people_unknown")
        told = {n: count(grid[c], lang) for n, c in zip(names, cells, strict=True)}
        lines.append(say("grid", lang, **told))
    lines.append(say("clusters", lang, n=count(len(result.clusters), lang)))
    lines += _ranking(result, lang)
    if country["near_border"]:
        lines.append(say("near_border", lang, n=count(country["near_border"], lang)))
    return lines


def _ranking(result: Result, lang: Lang) -> list[str]:
    ranking = result.ranking
    if ranking.skipped == "too_many_pairs":
        return [say("too_many_pairs", lang)]
    if ranking.frame.empty:
        return []
    last: Any = ranking.frame.iloc[-1]
    lines = [
        say(
            "ranking",
            lang,
            n=len(ranking.frame),
            reach=count(result.options.new_site_range_m, lang),
            reached=count(last["total_reached"], lang),
            all=count(ranking.reachable, lang),
            weight=say(ranking.weight, lang),
            upper=count(last["upper_reached"], lang),
        )
    ]
    if ranking.weight != "population":
        lines.append(say(f"ranking_{ranking.weight}", lang))
    if ranking.without:
        n = count(ranking.without, lang)
        lines.append(say("ranking_without", lang, n=n, weight=say(ranking.weight, lang)))
    return lines


def left_out(problems: pd.DataFrame, lang: Lang) -> list[str]:
    """Say what was left out or is doubtful: how many rows of which file, why, and which."""
    lines = []
    groups = problems.groupby(["kept", "file", "reason"], sort=False)
    for (kept, file, reason), group in sorted(
        groups, key=lambda item: (item[0][0], item[0][1], -int(item[1]["n"].sum()))
    ):
        lines.append(
            say(
                _template(group, bool(kept)),
                lang,
                n=count(int(group["n"].sum()), lang),
                reason=reason_text(str(reason), lang),
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
        shown = say("more", lang, rows=shown)
    return say("rows", lang, rows=shown)


def count(value: float, lang: Lang) -> str:
    """Write a whole number as readers of the language do."""
    return f"{value:,.0f}".replace(",", "." if lang == "vi" else ",")
