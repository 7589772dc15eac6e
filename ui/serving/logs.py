"""The log: lines of text, or of JSON, without what names a person."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, Final

from streamlit import logger as streamlits

# What is left out of whatever is logged: addresses of mail and of machines, what is asked for in
# an address of a page, tokens and passwords.
PRIVATE: Final = (
    (re.compile(r"://[^\s/@:]{1,200}:[^\s/@]{1,400}@"), "://<secret>@"),
    (re.compile(r"\?[\w.-]{1,60}=[^\s\"'<>]*"), "?<query>"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"']+"), r"\1 <secret>"),
    (re.compile(r"(?i)\b([\w-]*(?:token|secret|password|passwd|cookie)[\w-]*)(\s?[=:]\s?)[^\s&;,]+"),
     r"\1\2<secret>"),
    (re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "<mail>"),
    (re.compile(r"\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b"), "<address>"),
    (re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){3,7}[0-9A-Fa-f:]{1,20}(?![\w:])"), "<address>"),
)  # fmt: skip
LINE: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
LONGEST: Final = 20_000


def set_up(*, as_json: bool) -> None:
    """Let everything that is logged go out in one way, Streamlit's and the server's too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if as_json else Plain(LINE))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("atlas").setLevel(logging.INFO)
    # Loggers of Streamlit have handlers of their own, and so will those that are made later.
    streamlits.setup_formatter = _through_the_root
    for one in [*logging.Logger.manager.loggerDict.values()]:
        # One without handlers that hands nothing on has been silenced.
        if isinstance(one, logging.Logger) and one.handlers:
            _through_the_root(one)


def without_private(text: str) -> str:
    """Take out of a text what may name a person or open a door."""
    text = text[:LONGEST]
    for found, stands in PRIVATE:
        text = found.sub(stands, text)
    return text


class Plain(logging.Formatter):
    """A line of text."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        return without_private(super().format(record))


class Json(logging.Formatter):
    """A line of JSON: time, level, logger, message, and what an error left behind."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_private(record.getMessage()),
        }
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["error"] = without_private(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def _through_the_root(logger: logging.Logger) -> None:
    logger.handlers[:] = []
    logger.propagate = True
