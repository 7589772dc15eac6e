"""What is logged names nobody."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from base.folders import ROOT
from ui.serving.logs import Json, Plain, without_private


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("by lan.nguyen+x@hue.gov.vn today", "by <mail> today"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer <secret>"),
        ("GET /?token=abc&lang=vi HTTP/1.1", "GET /?<query> HTTP/1.1"),
        ("/where?q=so-nha-12-duong-le-loi", "/where?<query>"),
        ("cookie_secret = 'x'; password=hunter2;", "password=<secret>;"),
        ("postgresql://atlas:p%40ss@db.example/x", "postgresql://<secret>@db.example/x"),
        ("from 203.0.113.9:5000 and 127.0.0.1", "from <address>:5000 and 127.0.0.1"),
        ("from 2001:db8:0:0:1:2:3:4 closed", "from <address> closed"),
        ("at 12:30:45 in gen-12.duckdb, 99.5%", "at 12:30:45 in gen-12.duckdb, 99.5%"),
    ],
)
def test_what_names_a_person_or_opens_a_door_is_left_out(said, told):
    assert told in without_private(said)
    assert "hunter2" not in without_private(said)


def test_a_line_of_json_holds_one_event_with_its_error():
    error = ValueError('cell of lan@hue.gov.vn\n{"level": "forged"}')
    told = ("x", logging.ERROR, "f", 1, "a page\n%s", ("failed",), (type(error), error, None))
    record = logging.getLogger("x").makeRecord(*told)
    line = Json().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["message"]) == ("error", "a page\nfailed")
    assert "<mail>" in told["error"]
    assert "hue.gov" not in Plain().format(record)


PROGRAM = """
import logging, uvicorn
from streamlit.logger import get_logger
early = get_logger("streamlit.early")
uvicorn.Config(None, access_log=False).configure_logging()
from ui.serving.logs import set_up
set_up(as_json=True)
early.warning("one")
get_logger("streamlit.late").warning("two")
logging.getLogger("uvicorn.error").error("three")
logging.getLogger("ui.shell.page").error("four")
"""


def test_all_loggers_go_out_in_one_way():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in lines] == ["one", "two", "three", "four"]
