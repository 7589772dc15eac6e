"""Replace boundaries, or take that back, as a person with a role: administrators alone may."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from geo.boundaries import official
from geo.boundaries.official import FileOptions, Finding, Progress, Step, fetched, from_file
from metrics.people import Actor

MIRROR_VARIABLE: Final = "ATLAS_BOUNDARIES_MIRROR"


def fetch(
    actor: Actor,
    editions: Iterable[str],
    *,
    partial: bool,
    progress: Progress,
    step: Step,
) -> tuple[Finding, ...]:
    """Put the public sets of some editions in force.

    Parameters
    ----------
    progress, step
        Told what is done; see `geo.boundaries.official.fetching.fetched`.

    Raises
    ------
    NotAllowed
        If the person is no administrator.
    geo.boundaries.official.records.Refused
        If no set can be used; nothing was replaced.
    """
    actor.check_admin("boundaries")
    mirror = os.environ.get(MIRROR_VARIABLE, "").strip() or None
    came = fetched(editions, mirror=mirror, partial=partial, progress=progress, step=step)
    step("write")
    refused = official.install_each(came.ready, actor=actor.name)
    return (*came.findings, *(finding for one in refused for finding in one.findings))


def import_file(
    actor: Actor, path: Path, options: FileOptions, *, only_check: bool, step: Step
) -> tuple[Finding, ...]:
    """Put the boundaries of a file in force, or only check them.

    Parameters
    ----------
    path, options
        See `geo.boundaries.official.importing.from_file`.

    Raises
    ------
    NotAllowed
        If the person is no administrator.
    geo.boundaries.official.records.Refused
        If the file cannot be used; nothing was replaced.
    """
    actor.check_admin("boundaries")
    prepared = from_file(path, options, step=step)
    if not only_check:
        step("write")
        official.install([prepared], actor=actor.name)
    return prepared.findings


def undo(actor: Actor) -> bool:
    """Put in force what was before.

    Raises
    ------
    NotAllowed
        If the person is no administrator.
    geo.boundaries.official.records.Refused
        If another process is changing boundaries.
    """
    actor.check_admin("boundaries")
    return official.undo() is not None
