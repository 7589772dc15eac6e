"""Stores for tests: filled from the same figures once, and copied from then on.

The first store of some figures is read, checked and written as the app does it; whoever asks for
another one in files, and has none yet, gets a copy of its generation, published as any other.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from functools import partial

import pytest

from metrics.store import Generations
from metrics.store import store as _store


@contextmanager
def filling_once(folder):
    """Keep in a folder, which other workers may share, what stores are filled with for a while."""
    read, put = _store.read_shipped, _store.put_dataset
    folder.mkdir(exist_ok=True)

    def fill(generations, dataset, figures):
        if not isinstance(generations, Generations) or generations.current() is not None:
            return put(generations, dataset, figures())
        kept = folder / dataset.sha256
        if kept.exists():
            return generations.publish(partial(shutil.copyfile, kept))
        made = put(generations, dataset, figures())
        unfinished = folder / f"{dataset.sha256}.{os.getpid()}"
        shutil.copyfile(made, unfinished)
        unfinished.replace(kept)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_store, "read_shipped", lambda data_dir: partial(read, data_dir))
        patch.setattr(_store, "put_dataset", fill)
        yield
