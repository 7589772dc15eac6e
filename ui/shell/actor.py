"""Who looks at the page, and so what is shown and what may be done.

`current_actor` is the only place that decides it; every write passes what it returns down to
metrics/, which checks it again.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from base.words import system_reason
from metrics.people import (
    BROKEN,
    LOCAL,
    OPEN,
    VISITOR,
    AccessError,
    Actor,
    Policy,
    actor_of,
    policy_of,
    read_policy,
)
from ui.shell.personal import is_personal

ACCESS_VARIABLE: Final = "ATLAS_ACCESS"
# The sections of Streamlit's secrets: how to sign in (its own), and who may do what (ours).
AUTH, OURS = "auth", "atlas"

_log = logging.getLogger(__name__)


def current_actor() -> Actor:
    """Return who looks at the page in this run.

    Returns
    -------
    Actor
        The owner of a personal install, where nothing is configured; else who has signed in,
        with the roles of the configuration; else a visitor, who looks at what is published.
    """
    try:
        policy = current_policy()
    except AccessError:
        return BROKEN
    if policy is None:
        return LOCAL if is_personal() else OPEN
    claims: Mapping[str, Any] = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return VISITOR if can_sign_in() else OPEN
    return actor_of(claims, policy)


def current_policy() -> Policy | None:
    """Return the configuration of access; None where there is none at all.

    Raises
    ------
    AccessError
        If there is one that cannot be read: then nobody may write.
    """
    secrets = _secrets()
    path = os.environ.get(ACCESS_VARIABLE, "").strip()
    if path:
        return _policy_file(Path(path))
    if OURS in secrets:
        return _told_once(secrets[OURS])
    return Policy() if AUTH in secrets else None


def can_sign_in() -> bool:
    """Tell whether a provider to sign in at is configured."""
    return AUTH in _secrets()


def providers() -> tuple[str, ...]:
    """Return the names of the providers to choose from; empty where there is one without a name."""
    section = _secrets().get(AUTH, {})
    return tuple(k for k, v in section.items() if isinstance(v, Mapping) and "client_id" in v)


def _secrets() -> dict[str, Any]:
    """Read Streamlit's secrets as plain values.

    Raises
    ------
    AccessError
        If there is a file of secrets that cannot be read: without it, all would look unconfigured.
    """
    if st.secrets.load_if_toml_exists():
        return st.secrets.to_dict()
    for name in st.get_option("secrets.files"):
        if Path(name).exists():
            refused = AccessError("secrets", path=name)
            _complain(str(refused))
            raise refused
    return {}


def _policy_file(path: Path) -> Policy:
    try:
        found = path.stat()
        return _read(path, found.st_mtime_ns, found.st_size)
    except OSError as error:
        refused = AccessError("unreadable", path=path, error=system_reason(error))
        _complain(str(refused))
        raise refused from error
    except AccessError as error:
        _complain(str(error))
        raise


@lru_cache(maxsize=2)
def _read(path: Path, modified: int, size: int) -> Policy:  # noqa: ARG001 - the key of the cache
    return read_policy(path)


def _told_once(record: object) -> Policy:
    try:
        return policy_of(record, f"[{OURS}] in secrets.toml")
    except AccessError as error:
        _complain(str(error))
        raise


@lru_cache(maxsize=16)
def _complain(what: str) -> None:
    """Log what is wrong, once and not with every run."""
    _log.error("Nobody may write: %s", what)
