"""A PostgreSQL that goes away and comes back; that others write to; whose password stays secret."""

from __future__ import annotations

import logging
import traceback

import psycopg
import pytest

from metrics.__main__ import main
from metrics.store import (
    Change,
    StoreError,
    UnreachableError,
    current_store,
    ensure_store,
    generations_of,
    outage,
    postgres_link,
)
from metrics.store.database_url import VARIABLE, database_url, hidden, settings_of, shown
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, ROWS, of_user, put
from tests.postgres import PASSWORD, USER

SECRET = "s3cr%t-w0rd"
ENCODED = "s3cr%25t-w0rd"


class TestAddress:
    @pytest.mark.parametrize(
        ("url", "says"),
        [
            (f"mysql://a:{ENCODED}@h/d", "begins with 'mysql'"),
            (f"http://a:{ENCODED}@h/d", "begins with 'http'"),
            (f"a:{ENCODED}@h/d", "has no scheme"),
            (f"host=h password={SECRET} dbname=d", "has no scheme"),
            ("/var/lib/atlas.duckdb", "has no scheme"),
            (f"postgresql://a:{ENCODED}@h", "does not name a database"),
            (f"postgresql://a:{ENCODED}@h:99999/d", "port"),
            (f"postgresql://a:{ENCODED}@h:x/d", "port|cannot be read"),
            (f"postgresql://a:{SECRET}@h/d", "percent-encoded"),
            (f"postgresql://a:{ENCODED}@h/d?nonsense=1", "cannot be read"),
            (f"postgresql://a:{ENCODED}@h/d d", "space"),
            (f"postgresql://a:{ENCODED}@[::1/d", "cannot be read"),
        ],
    )
    def test_what_is_no_address_is_refused_without_repeating_it(self, monkeypatch, url, says):
        monkeypatch.setenv(VARIABLE, url)
        with pytest.raises(StoreError, match=says) as caught:
            database_url()
        told = "".join(traceback.format_exception(caught.value))
        assert SECRET not in told
        assert ENCODED not in told

    @pytest.mark.parametrize("url", ["", "  "])
    def test_without_one_the_store_lives_in_files(self, monkeypatch, url, tmp_path):
        monkeypatch.setenv(VARIABLE, url)
        assert generations_of(home=tmp_path).folder == tmp_path / "store"

    def test_it_is_shown_without_the_password(self):
        url = f"postgres://an:{ENCODED}@db.example:5433/atlas?sslmode=require"
        assert settings_of(url)["password"] == SECRET
        assert shown(url) == "postgresql://an@db.example:5433/atlas"
        assert hidden(f"a {SECRET} b {ENCODED} c", url) == "a *** b *** c"
        assert hidden(f'in "{url}": no', url) == f'in "{shown(url)}": no'

    @pytest.mark.parametrize("password", ["a", "host", "atlas", "password", "1"])
    def test_the_address_is_masked_and_not_the_letters_of_a_message(self, password):
        url = f"postgresql://an:{password}@h1/atlas"
        said = 'connection to host "h1", database atlas, port 5432: password authentication failed'
        assert hidden(said, url) == said
        for leak in (f"in {url} x", f"password={password} x", f"://an:{password}@h1 x"):
            assert f"{password}@" not in hidden(leak, url)
            assert f"={password}" not in hidden(leak, url)
        assert hidden(f"dbname='x' password='{password}'", url) == "dbname='x' password='***'"


class TestSecrets:
    def test_it_is_in_no_message_log_or_status(self, database, monkeypatch, caplog, capsys, places):
        caplog.set_level(logging.DEBUG)
        monkeypatch.setenv("ATLAS_HOME", str(places["home"]))
        assert main(["status"]) == 0
        assert f"store         postgresql://{USER}@127.0.0.1" in capsys.readouterr().out
        assert PASSWORD not in repr(generations_of())
        wrong = database.replace("s3cr3t", "wr0ng")
        nowhere = database.replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:")
        for url in (wrong, nowhere.partition(",")[0] + "/postgres"):
            monkeypatch.setenv(VARIABLE, url)
            with pytest.raises(UnreachableError) as caught:
                ensure_store(**places)
            assert main(["status"]) == 1
            told = "".join(traceback.format_exception(caught.value))
            told += caplog.text + "".join(capsys.readouterr())
            assert "does not answer" in told
            for secret in (PASSWORD, "wr0ng", "s3cr3t"):
                assert secret not in told


class TestAway:
    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch):
        """Look for the database at every question; a server would wait a little between."""
        monkeypatch.setattr(postgres_link, "RETRY_AFTER_S", 0)

    def test_what_was_read_is_shown_until_it_is_back(self, database, server, places):
        store = current_store(**places)
        assert outage(home=places["home"]) is None
        server.stop()
        try:
            assert current_store(**places) is store
            assert "does not answer" in outage(home=places["home"]).reason
            assert store.observations("rate")["value"].tolist() == [9.0, 33.7, 40.5]
            with pytest.raises(UnreachableError):
                put(places, of_user(), row("days", HANOI, 1))
            with pytest.raises(UnreachableError):
                store.dataset_observations("shipped")
        finally:
            server.start()
        assert len(store.dataset_observations("shipped")) == 3
        assert current_store(**places) is store
        assert outage(home=places["home"]) is None
        put(places, of_user(), row("days", HANOI, 1))
        assert current_store(**places).indicators() == ("days", "rate")

    def test_a_start_without_it_says_so_and_then_goes_on(self, database, server, places):
        server.stop()
        try:
            with pytest.raises(UnreachableError, match="goes on by itself"):
                current_store(**places)
        finally:
            server.start()
        assert current_store(**places).count() == 3

    def test_a_connection_that_was_cut_is_made_anew(self, database, server, places):
        store = current_store(**places)
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND usename = current_user"
            )
        assert len(store.dataset_observations("shipped")) == 3

    def test_a_writer_whose_connection_is_cut_changes_nothing(self, database, server, places):
        before = current_store(**places)
        generations = generations_of(home=places["home"])
        holders = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"

        def write():
            with generations.writing():
                with psycopg.connect(server.url(), autocommit=True) as connection:
                    connection.execute(holders)
                generations.apply(Change({}, {}))

        with pytest.raises(UnreachableError):
            write()
        assert current_store(**places) is before

    def test_a_question_that_it_refuses_is_no_outage(self, database, places):
        link = generations_of(home=places["home"]).link
        with pytest.raises(StoreError, match="refused") as caught:
            link.run(lambda backend: backend.con.execute("SELECT nothing"))
        assert not isinstance(caught.value, UnreachableError)
        assert link.run(lambda backend: backend.con.execute("SELECT 1").fetchall()) == [(1,)]


class TestShared:
    def test_apps_of_different_versions_each_read_their_own_figures(
        self, database, places, tmp_path
    ):
        other = {"home": places["home"], "data_dir": write(tmp_path / "newer", ROWS[:1])}
        old, new = ensure_store(**places), ensure_store(**other)
        put(places, of_user(), row("days", QUANG_BINH, 3))
        for at, rows in ((places, 3), (other, 1)):
            store = ensure_store(**at)
            assert store.generation.startswith("gen-3")  # nobody filled it again
            assert len(store.observations("rate")) == rows
            assert len(store.observations("days")) == 1
        assert (old.count(), new.count()) == (3, 1)

    def test_figures_of_long_ago_are_cleared_away_and_no_others(self, database, places):
        first = ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 1))
        put(places, of_user(), row("days", HANOI, 2))
        with psycopg.connect(database, autocommit=True) as connection:

            def stored():
                rows = connection.execute("SELECT value FROM atlas.observations ORDER BY value")
                return [value for (value,) in rows]

            put(places, of_user("more"), row("days", QUANG_BINH, 3))
            assert stored() == [1, 2, 3, 9, 33.7, 40.5]
            connection.execute("UPDATE atlas.generations SET time = now() - interval '2 days'")
            put(places, of_user("again"), row("days", QUANG_BINH, 4))
            assert stored() == [2, 3, 4, 9, 33.7, 40.5]
        assert first.count() == 3

    def test_a_schema_that_somebody_made_before_is_used(self, database, places, server):
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA atlas")
        assert ensure_store(**places).count() == 3

    def test_texts_come_back_as_they_were(self, database, places):
        ensure_store(**places)
        notes = ["\\.", "a\n\\.\nb", "a\r\n\\.\r\n", '"', "a,b", "\\N", "\\", "=1+1", "'; --", "ộ"]
        rows = [row("days", HANOI, 1, locator=str(n), note=x) for n, x in enumerate(notes)]
        put(places, of_user(), *rows)
        assert current_store(**places).observations("days")["note"].tolist() == notes

    def test_a_text_that_it_cannot_hold_is_refused_whole(self, database, places):
        ensure_store(**places)
        with pytest.raises(StoreError, match="refused"):
            put(places, of_user(team="\0"), row("days", HANOI, 1))
        assert ensure_store(**places).count() == 3
