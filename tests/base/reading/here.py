"""What opens a file, without a process of its own: for tests of what becomes of what it reads."""

from __future__ import annotations

import json

from base.reading.apart import ANSWER
from base.reading.worker import answer


def run_here(task, folder, file, room):
    """Do a task as the reading process does it, but for its limits."""
    (folder / ANSWER).write_text(json.dumps(answer(task), default=str), encoding="utf-8")
