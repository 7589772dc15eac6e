"""What tests of the store share: a folder of their own, and other processes at work in it."""

from __future__ import annotations

import textwrap

from metrics.observations import read_observations
from metrics.store import Dataset, generations_of, put_dataset
from tests.forks import Forked
from tests.metrics.made_up import row, write

HANOI, QUANG_BINH = "01", "44"
ROWS = [row("rate", HANOI, 33.7), row("rate", QUANG_BINH, 40.5), row("rate", "001", 9)]


def of_user(name="mine", simulated=False, **fields):
    return Dataset(
        id=name,
        title="Bảng của tôi",
        owner="an",
        time="2025-01-01T00:00:00+00:00",
        sha256="0" * 64,
        rows=0,
        simulated=simulated,
        **fields,
    )


def put(places, dataset, *rows, mode="real"):
    folder = places["home"] / f"table-{dataset.id}"
    frame = read_observations(write(folder, list(rows)) / "observations" / "rows.csv")
    generations = generations_of(mode, places["home"])
    with generations.writing():
        return put_dataset(generations, dataset, frame)


def turn(store):
    """Return the number of the generation that a store reads; databases add which one they are."""
    return int(store.generation.split("-")[1])


def run(script, places, *, words=()):
    """Run a script in a process of its own."""
    home, data_dir = (str(places[name]) for name in ("home", "data_dir"))
    prelude = f"""
        from pathlib import Path
        places = {{"home": Path({home!r}), "data_dir": Path({data_dir!r})}}
        from metrics.store import ensure_store, current_store
    """
    return Forked(textwrap.dedent(prelude) + textwrap.dedent(script), words)
