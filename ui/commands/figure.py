"""``python -m ui figure``: publication figures, one or one each of many."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from base.reading import replacing_file
from base.words import Lang, Refusal, number, spoken, t
from geo.editions import Level, area, areas
from geo.figure import (
    DEFAULT_DPI,
    DEFAULT_PRESET,
    FORMATS,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MAX_DPI,
    MIN_DPI,
    PRESETS,
    THEMES,
    render,
)
from metrics.commands import add_mode, check_indicators, opened, tell, why
from metrics.exporting import permalink, public_url
from metrics.people import VISITOR, seen_by
from metrics.store import Mode, Store, ensure_store, known_words
from ui.address import KINDS, PARAMS, as_known, asked_as_of, levels_at, parse, read_asked
from ui.commands.view import VIEWS, add_view, asked_of, scene_of
from ui.scene import first_indicator, stops

EACH: Final = ("province", "indicator", "period")
MORE: Final = (
    *("y", "y_per", "y_at", "cell", "maps", "alpha", "permutations", "seed", "correction"),
)
HELP: Final = "draw publication figures: PNG, SVG, PDF"
# A worker takes about 250 MB, more at 600 dots per inch: no more of them than this.
MOST_JOBS: Final = 8
FIGURES_A_WORKER: Final = 200  # then another takes its place, so that memory stays bounded


@dataclass(frozen=True, slots=True)
class Task:
    """One view to be drawn, in every size and format that was asked for.

    Attributes
    ----------
    params
        The view, as the parameters of its address.
    kind, theme, title, note
        See `ui.figure.parts.Choices`.
    presets, formats, dpi
        See `geo.figure.render`.
    folder, force
        Where the files go, and whether those that are there may be replaced.
    lang
        In which to say what went wrong.
    """

    params: dict[str, str]
    kind: str
    theme: str
    title: str | None
    note: str
    presets: tuple[str, ...]
    formats: tuple[str, ...]
    dpi: int
    folder: Path
    force: bool
    lang: Lang

    @property
    def name(self) -> str:
        """What the view is called where it fails."""
        return " ".join(self.params[key] for key in ("indicator", "edition", "place", "at"))


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m ui``."""
    command = commands.add_parser("figure", help=HELP, description=HELP)
    add_mode(command)
    command.add_argument("--indicator", action="append", metavar="ID", help="repeatable")
    add_view(command)
    command.add_argument("--each", choices=EACH, help="one figure for each")
    command.add_argument("--kind", choices=KINDS, default=KINDS[0])
    command.add_argument("--preset", action="append", choices=tuple(PRESETS), help="repeatable")
    command.add_argument("--format", action="append", choices=FORMATS, help="repeatable (png)")
    command.add_argument("--theme", choices=THEMES, default=THEMES[0])
    command.add_argument("--dpi", type=_dpi, default=DEFAULT_DPI, help=f"{MIN_DPI} to {MAX_DPI}")
    command.add_argument("--title", help="instead of what it shows, where and when")
    command.add_argument("--note", default="", help="a remark below each figure")
    more = command.add_argument_group("what kinds pair, multiples and clusters are asked besides")
    for name in MORE:
        more.add_argument(f"--{name.replace('_', '-')}", metavar=name.upper())
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    command.add_argument("--force", action="store_true", help="replace files that are there")
    cores = min(os.cpu_count() or 1, MOST_JOBS)
    command.add_argument(
        "--jobs", type=int, default=cores, choices=range(1, MOST_JOBS + 1), help="processes"
    )
    command.set_defaults(run=run)


def _dpi(text: str) -> int | Refusal:
    dpi = int(text)
    if not MIN_DPI <= dpi <= MAX_DPI:
        return Refusal("commands.dpi", given=text, least=MIN_DPI, most=MAX_DPI)
    return dpi


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Draw what was asked for.

    Returns
    -------
    int
        0 where every figure was drawn, 1 where any was not; those are listed at the end.
    """
    lang = spoken(options)
    store = opened(options.mode, lang, as_of=options.as_of)
    check_indicators(parser, options.indicator or (), store.catalog.indicators, lang)
    tasks = [_task(options, params) for params in _views(options, parser, store)]
    options.out.mkdir(parents=True, exist_ok=True)
    written, failed = 0, []
    bar = tqdm(total=len(tasks), unit="figure", disable=None, file=sys.stderr)
    with bar:
        for task, names, problem in _results(tasks, options.mode, min(options.jobs, len(tasks))):
            written += len(names)
            if problem:
                failed.append(f"{task.name}: {problem}")
            bar.update()
    tell(t("commands.figure.files", lang, n=number(written, lang), out=options.out))
    for line in sorted(failed):
        tell(t("commands.failed", lang, what=line))
    return 1 if failed else 0


def _results(tasks: list[Task], mode: Mode, jobs: int) -> Iterator[tuple[Task, list[str], str]]:
    if jobs <= 1:
        yield from ((task, *draw(task, mode)) for task in tasks)
        return
    # Spawned, not forked: threads of the store and of NumPy do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, max_tasks_per_child=FIGURES_A_WORKER
    ) as pool:
        futures = {pool.submit(draw, task, mode): task for task in tasks}
        for future in as_completed(futures):
            try:
                names, problem = future.result()
            except Exception as error:
                names, problem = [], f"{type(error).__name__}: {error}"
            yield futures[future], names, problem


def draw(task: Task, mode: Mode) -> tuple[list[str], str]:
    """Draw the figures of one view; return the files written, and what went wrong or ""."""
    # Streamlit, which these load, warns where no page runs.
    from ui.figure import Choices, figure_stem, fits, spec_of  # noqa: PLC0415

    names: list[str] = []
    lang = task.lang
    try:
        known = asked_as_of(task.params, lang)
        store = seen_by(as_known(ensure_store(mode), known), VISITOR)
        own = {name: text for name, text in task.params.items() if name not in PARAMS}
        scene = scene_of(store, own)
        asked, strange = read_asked(task.params, task.kind, scene.view, store)
        if strange:
            what = ", ".join(one.param for one in strange)
            return names, t("commands.unfollowed", lang, what=what)
        if not fits(scene, task.kind):
            return names, t("commands.figure.kind", lang, kind=task.kind)
        link = permalink(asked.href(task.kind)) if public_url() else ""
        more = asked.params(task.kind)
        for preset in task.presets:
            theme: Any = task.theme
            choices = Choices(
                kind=task.kind,
                preset=preset,
                theme=theme,
                title=task.title,
                note=task.note,
                permalink=link,
                known=known_words(scene.view.as_of, scene.view.lang),
            )
            spec = spec_of(store, asked, choices, scene)
            stem = figure_stem(scene.view, choices, more)
            for fmt in task.formats:
                path = task.folder / f"{stem}.{fmt}"
                if path.exists() and not task.force:
                    return names, t("commands.figure.there", lang, name=path.name)
                picture: Any = fmt
                with replacing_file(path) as temporary:
                    temporary.write_bytes(render(spec, picture, task.dpi))
                names.append(path.name)
    except (Refusal, OSError) as error:
        return names, why(error, lang)
    except Exception as error:
        return names, f"{type(error).__name__}: {error}"
    return names, ""


def _task(options: argparse.Namespace, params: dict[str, str]) -> Task:
    return Task(
        params=params,
        kind=options.kind,
        theme=options.theme,
        title=options.title[:LONGEST_TITLE] if options.title else None,
        note=options.note[:LONGEST_NOTE],
        presets=tuple(dict.fromkeys(options.preset or [DEFAULT_PRESET])),
        formats=tuple(dict.fromkeys(options.format or [FORMATS[0]])),
        dpi=options.dpi,
        folder=options.out,
        force=options.force,
        lang=spoken(options),
    )


def _views(
    options: argparse.Namespace, parser: argparse.ArgumentParser, store: Store
) -> list[dict[str, str]]:
    """List the views that were asked for, each as the parameters of its address."""
    view, refused = parse(asked_of(options), store.catalog.indicators)
    for one in refused:
        told = {"name": one.param, "given": one.given}
        parser.error(t("commands.figure.unfollowed", spoken(options), **told))
    indicators = options.indicator or []
    if options.each == "indicator":
        counts = store.availability()
        here = (counts["edition"] == view.edition) & (counts["level"] == str(view.level))
        indicators = indicators or sorted(set(counts.loc[here, "indicator"]))
    views = [replace(view, indicator=name) for name in indicators or [first_indicator(store, view)]]
    if options.each == "province":
        inside = [p.code for p in areas(view.edition, Level.PROVINCE)]
        below = levels_at(area(view.edition, inside[0]))[-1]
        views = [one.to(place=code, level=below, at=one.at) for one in views for code in inside]
    if options.each == "period":
        views = [one.to(at=stop.at) for one in views for stop in stops(store, one)]
    given = {name: getattr(options, name) for name in (*VIEWS, *MORE)}
    more = {name: given[name] for name in MORE if given[name]}
    # Classes that nobody asked for are those that the indicator declares.
    open_ = {name for name in ("method", "k") if not given[name]}
    return [
        {name: text for name, text in one.params().items() if name not in open_} | more
        for one in views
    ]
