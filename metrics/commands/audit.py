"""The audit from the command line: ``python -m metrics audit``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from base.reading import replacing
from base.words import Lang, add_lang, number, t, tn
from metrics.audit import (
    RULES,
    Finding,
    Severity,
    arithmetic,
    as_csv,
    as_json,
    audit_sheet,
    counted,
    read_sheet,
    say,
    title,
    tolerance,
    when,
    where,
)
from metrics.catalog import Catalog
from metrics.commands.options import add_mode, check_out
from metrics.store import current_store

FORMATS: Final = ("text", "csv", "json")
MOST_LOCATORS: Final = 8


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m metrics``."""
    command = commands.add_parser(
        "audit", help="find what does not add up, contradicts itself, is old or missing"
    )
    add_mode(command)
    command.add_argument("--format", choices=FORMATS, default="text", help="of the report (text)")
    command.add_argument("--out", type=Path, metavar="FILE", help="write it there; else print it")
    command.add_argument("--rule", choices=tuple(RULES), action="append", help="only this rule")
    command.add_argument("--severity", choices=tuple(Severity), action="append", help="only these")
    add_lang(command)
    command.add_argument(
        "--strict", action="store_true", help="exit with 1 where there is a contradiction"
    )
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    named = () if options.format == "text" else (f".{options.format}",)
    check_out(parser, options.out, options.lang, *named)
    store = current_store(options.mode)
    found = audit_sheet(read_sheet(store), options.rule or tuple(RULES))
    if options.severity:
        found = tuple(finding for finding in found if finding.severity in options.severity)
    catalog, lang = store.catalog, options.lang
    if options.format == "csv":
        text = as_csv(found, catalog, lang)
    elif options.format == "json":
        text = as_json(found, catalog, lang)
    else:
        text = "\n".join(report(found, catalog, lang)) + "\n"
    if options.out is None:
        sys.stdout.write(text)
    else:
        with replacing(options.out) as stream:
            stream.write(text)
    return int(options.strict and counted(found)[Severity.CONTRADICTION] > 0)


def report(found: Sequence[Finding], catalog: Catalog, lang: Lang) -> Iterator[str]:
    """Yield the lines of a report in plain text."""
    for severity, n in counted(found).items():
        yield f"{t(f'audit.severity.{severity}', lang)}: {number(n, lang)}"
    rule = ""
    for finding in found:
        if finding.rule != rule:
            rule = finding.rule
            yield f"\n== {t(f'audit.rule.{rule}', lang)} =="
        about = (title(finding, catalog, lang), where(finding, lang), when(finding, lang))
        gravity = t(f"audit.severity.{finding.severity}", lang)
        yield f"\n[{gravity}] {', '.join(part for part in about if part)}"
        for line in (
            say(finding, catalog, lang),
            arithmetic(finding, catalog, lang),
            tolerance(finding, lang),
        ):
            if line:
                yield f"    {line}"
        told = Counter(f"{w.origin}: {w.locator}" for w in finding.witnesses)
        shown = list(told.items())[:MOST_LOCATORS]
        for line, _ in shown:
            yield f"    - {line}"
        if rest := finding.total - sum(n for _, n in shown):
            yield f"    - {tn('audit.more.observations', rest, lang, n=number(rest, lang))}"
