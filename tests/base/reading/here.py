"""What opens a file, without a process of its own: for tests of what becomes of what it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from base.reading import apart
from base.reading.apart import ANSWER
from base.reading.worker import answer


def run_here(task, folder, file, room):
    """Do a task as the reading process does it, but for its limits."""
    (folder / ANSWER).write_text(json.dumps(answer(task), default=str), encoding="utf-8")


@contextmanager
def opened_here() -> Iterator[None]:
    """Let files be opened in this process for a while; that they are read apart, others check."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "_run", run_here)
        yield
