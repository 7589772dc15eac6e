"""Processes that fill, read and write the store at the same time, or die at it."""

import signal

import pytest

from geo.editions import EDITION_2024
from metrics.store import current_store, ensure_store, generations_of
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, run

pytestmark = pytest.mark.usefixtures("engine")


class TestProcesses:
    def test_several_first_starts_at_once_build_once(self, places):
        script = "s = ensure_store(**places); print(s.generation.split('-')[1], s.count())"
        started = [run(script, places) for _ in range(2)]
        outputs = [process.communicate(timeout=60)[0] for process in started]
        assert outputs == ["1 3\n"] * 2

    # Dies after so many of the steps that the database is asked for, whichever they are.
    @pytest.mark.parametrize("after", [2, 7])
    def test_killed_in_the_middle_the_old_one_is_in_force(self, places, engine, after):
        before = ensure_store(**places)
        write(places["data_dir"], [row("rate", HANOI, 34.0)])
        process = run(
            f"""
            import os, signal
            import psycopg
            from ibis.backends.duckdb import Backend
            from metrics.store import postgres, writing
            left = {after}
            def deadly(real):
                def step(*arguments, **named):
                    global left
                    found = real(*arguments, **named)
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return found
                return step
            def build(real):
                def counted(*arguments, **named):
                    Backend.raw_sql = deadly(Backend.raw_sql)
                    Backend.insert = deadly(Backend.insert)
                    Backend.disconnect = deadly(Backend.disconnect)
                    psycopg.Connection.execute = deadly(psycopg.Connection.execute)
                    psycopg.Copy.write = deadly(psycopg.Copy.write)
                    return real(*arguments, **named)
                return counted
            writing._build = build(writing._build)
            postgres.Database.apply = build(postgres.Database.apply)
            ensure_store(**places)
            """,
            places,
        )
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert generations_of(home=places["home"]).in_force() == before.generation
        store = ensure_store(**places)
        assert store.observations()["value"].tolist() == [34.0]
        assert engine == "postgresql" or not list((places["home"] / "store").glob(".*"))

    def test_a_reader_reads_on_while_others_write(self, places):
        store = ensure_store(**places)
        process = run(
            """
            from metrics.store import Dataset, generations_of, put_dataset
            from metrics.observations import read_observations
            frame = read_observations(places["data_dir"] / "observations" / "rows.csv")
            generations = generations_of(home=places["home"])
            for number in range(200):
                if (places["home"].parent / "enough").exists():
                    break
                with generations.writing():
                    dataset = Dataset(f"d{number}", "", "", "", "", 0)
                    put_dataset(generations, dataset, frame.assign(locator=f"d{number}"))
            """,
            places,
        )
        seen = set()
        while process.poll() is None:
            fresh = current_store(**places)
            # A generation holds every dataset whole, and its neighbours are never in it.
            assert fresh.count() == 3 * len(fresh.datasets())
            seen.add(fresh.generation)
            assert store.count() == 3
            if len(seen) == 4:
                (places["home"].parent / "enough").touch()
        assert process.wait() == 0
        assert len(seen) >= 4
        assert store.row("rate", EDITION_2024, HANOI)["value"].tolist() == [33.7]
