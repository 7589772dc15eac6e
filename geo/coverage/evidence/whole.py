"""Weigh files of claims against files of measurements, as the command and the page do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from base.reading import AUTO
from base.words import LANGS, Lang, number, t
from geo.coverage.evidence.records import VERDICTS, Claims, Facts, Thresholds
from geo.coverage.ground import Options, Progress
from geo.coverage.input import Limits, Problems, Raw, read_file, read_settlements
from geo.coverage.output import one_kind, with_mark

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a weighing.

    Attributes
    ----------
    settlements, claims, measurements
        The files.
    names
        What messages call a path.
    columns
        Which column is which where the owner of a file says so, by path.
    crs, encoding
        As of `geo.coverage.Files`.
    """

    settlements: Path
    claims: tuple[Path, ...]
    measurements: tuple[Path, ...]
    names: Mapping[Path, str] = field(default_factory=dict)
    columns: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)
    crs: str = ""
    encoding: str = AUTO


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What measurements say of claims.

    Attributes
    ----------
    villages, cells, shares, contradicted
        See docs/coverage.md.
    claimed
        How many cells are claimed, those without measurements included.
    rules, options
        How it was done.
    problems, read, simulated
        As of `geo.coverage.ground.Inputs`.
    """

    villages: pd.DataFrame
    cells: pd.DataFrame
    shares: pd.DataFrame
    contradicted: pd.DataFrame
    claimed: int
    rules: Thresholds
    options: Options
    problems: pd.DataFrame
    read: Mapping[str, int]
    simulated: bool


def weigh(
    files: Files,
    rules: Thresholds,
    options: Options,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Weighed:
    """Weigh claims against measurements.

    Raises
    ------
    CoverageError
        Where a file cannot be used, or made-up data would be mixed with real ones.
    """
    from geo.coverage.evidence.cells import weigh_cells  # noqa: PLC0415
    from geo.coverage.evidence.read import read_claims, read_facts  # noqa: PLC0415
    from geo.coverage.evidence.villages import (  # noqa: PLC0415
        shares,
        to_send_back,
        weigh_villages,
    )

    problems = Problems()

    def read(path: Path) -> Raw:
        if progress:
            progress("reading", 0, 0)
        return read_file(
            path,
            problems,
            name=files.names.get(path, path.name),
            crs=files.crs,
            encoding=files.encoding,
            names=files.columns.get(path),
            limits=limits or Limits(),
        )

    settled = read(files.settlements)
    claimed, measured = ([read(path) for path in of] for of in (files.claims, files.measurements))
    raws = [settled, *claimed, *measured]
    simulated = one_kind(raws)
    places = read_settlements(settled, problems, options)
    claims = _together([read_claims(raw, problems) for raw in claimed], Claims)
    facts = _together([read_facts(raw, problems, options, rules) for raw in measured], Facts)
    if progress:
        progress("villages", 0, 0)
    villages = weigh_villages(places, claims, facts, rules, problems)
    cells, n = weigh_cells(claims, facts, rules, progress=progress)
    return Weighed(
        villages,
        cells,
        shares(villages),
        to_send_back(villages),
        n,
        rules,
        options,
        problems.frame(),
        {raw.file: raw.n_read for raw in raws},
        simulated,
    )


def _together(parts: Sequence[Any], kind: type) -> Any:
    names = [one.name for one in fields(kind)]
    return kind(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def tables(weighed: Weighed) -> dict[str, pd.DataFrame]:
    """Return the tables by name, each with the mark where it is made up."""
    import pandas as pd  # noqa: PLC0415

    said = " / ".join(thresholds_text(weighed.rules, lang) for lang in LANGS)
    found = {
        "villages": weighed.villages,
        "cells": weighed.cells,
        "shares": weighed.shares,
        "to-operators": weighed.contradicted,
        "thresholds": pd.DataFrame({"thresholds": [said]}),
        "problems": weighed.problems,
    }
    return {name: with_mark(frame, weighed.simulated) for name, frame in found.items()}


def thresholds_text(rules: Thresholds, lang: Lang) -> str:
    """Say by which thresholds was weighed."""
    told = {one.name: number(getattr(rules, one.name), lang) for one in fields(rules)}
    return t("coverage.evidence.thresholds", lang, **told)


def lines(weighed: Weighed, lang: Lang) -> list[str]:
    """Say what was found, a line each."""
    said = [t("coverage.report.simulated", lang)] if weighed.simulated else []
    said.append(thresholds_text(weighed.rules, lang))
    counts = {v: number(int((weighed.villages["verdict"] == v).sum()), lang) for v in VERDICTS}
    n = number(len(weighed.villages), lang)
    said.append(t("coverage.evidence.villages", lang, n=n, **counts))
    counts = {v: number(int((weighed.cells["verdict"] == v).sum()), lang) for v in VERDICTS[:2]}
    told = {"tested": number(len(weighed.cells), lang), "all": number(weighed.claimed, lang)}
    said.append(t("coverage.evidence.cells", lang, **told, **counts))
    return said
