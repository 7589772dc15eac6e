"""Folders for the files of a session: they go with whoever holds them, or with the next server."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

PREFIX: Final = "atlas-session-"
# Of this server: a number of a process may come again, with the same number in another container.
_OWN: Final = f"{os.getpid()}-{time.time_ns()}"


def own_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder; what servers that have ended have left is taken away.

    A server that is killed takes nothing away, and one that is stopped not all.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid, _, rest = left.name.removeprefix(PREFIX).partition("-")
        if pid.isdigit() and not rest.startswith(_OWN.partition("-")[2]) and _ended(int(pid)):
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f"{PREFIX}{_OWN}-")


def _ended(pid: int) -> bool:
    if pid == os.getpid():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's
        return False
    return False
