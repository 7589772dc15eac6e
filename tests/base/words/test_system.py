"""Why the system refuses a file, in the reader's language."""

import errno
import os

import pytest

from base.words import LANGS, Message, Refusal, system_reason


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EIO])
def test_what_readers_meet_is_said_in_both_languages(code):
    said = {system_reason(OSError(code, os.strerror(code), "/a")).say(lang) for lang in LANGS}
    assert len(said) == 2
    assert os.strerror(code) not in said


def test_anything_else_has_the_words_of_the_system():
    assert system_reason(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert system_reason(OSError("odd")) == "odd"


def test_it_stands_in_a_refusal_in_the_same_language():
    why = system_reason(OSError(errno.ENOSPC, "x"))
    refused = Message("commands.unwritten", {"path": "/a", "error": why})
    assert "đã đầy" in refused.say("vi")
    assert "full" in refused.say("en")
    assert isinstance(Refusal("commands.unwritten", path="/a", error=why).say("vi"), str)
