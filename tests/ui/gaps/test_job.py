"""Long work in the background: asked about, stopped, in turn, ended with its session."""

import threading
import time

import pytest

from base.reading import stopping
from base.words import Refusal
from ui.gaps import job as jobs
from ui.gaps.job import Job


def until(told, seconds=5.0):
    end = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < end
        time.sleep(0.01)


def always():
    return True


def test_what_it_gives_or_why_it_gives_nothing_is_kept():
    done = Job(lambda _: 7, always).start()
    done.join()
    assert (done.state, done.result) == ("done", 7)

    def refuses(_):
        raise Refusal("x")

    def fails(_):
        raise ZeroDivisionError

    for work, state in ((refuses, "refused"), (fails, "failed")):
        job = Job(work, always).start()
        job.join()
        assert (job.state, job.result) == (state, None)
        assert job.ended


def forever(job):
    while True:
        job.progress("terrain", 1, 2)
        time.sleep(0.01)


def test_it_stops_when_asked_and_lets_the_next_begin():
    running = [Job(forever, always).start() for _ in range(jobs.AT_ONCE)]
    until(lambda: all(job.state == "working" for job in running))
    waiting = Job(forever, always).start()
    time.sleep(0.3)
    assert waiting.state == "waiting"
    running[0].stop()
    until(lambda: waiting.state == "working")
    assert running[0].state == "stopped"
    for job in (*running, waiting):
        job.stop()
        job.join(5)
        assert job.state == "stopped"
    # A stop while it waits gives back no turn that it never had.
    assert jobs._turns._value == jobs.AT_ONCE


def test_while_it_asks_others_have_its_turn():
    asking = [Job(lambda job: job.ask("long"), always).start() for _ in range(jobs.AT_ONCE)]
    until(lambda: all(job.state == "asking" for job in asking))
    other = Job(lambda _: 1, always).start()
    other.join(5)
    assert other.state == "done"
    asking[0].agree()
    asking[1].stop()
    for job in asking:
        job.join(5)
    assert [job.state for job in asking] == ["done", "stopped"]
    assert jobs._turns._value == jobs.AT_ONCE


def test_it_ends_with_its_session(monkeypatch):
    monkeypatch.setattr(jobs, "AWAY", 0.5)
    there = threading.Event()
    there.set()
    job = Job(forever, there.is_set).start()
    until(lambda: job.state == "working")
    time.sleep(1.5)
    assert job.state == "working"
    there.clear()
    until(lambda: job.state == "stopped")


def test_its_processes_end_with_it():
    def works(_):
        stopping.stop_here().run(["sleep", "60"], given=b"", timeout=60)

    job = Job(works, always).start()
    until(lambda: job.state == "working" and job._stop._running)
    (process,) = job._stop._running
    job.stop()
    job.join(5)
    assert job.state == "stopped"
    assert process.poll() is not None


@pytest.mark.parametrize("state", ["waiting", "working"])
def test_a_job_that_is_not_over_says_so(state):
    job = Job(forever, always)
    job.state = state
    assert not job.ended
