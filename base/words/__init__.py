"""Messages, numbers and dates in the reader's language, and the one way to refuse."""

from base.words.formats import (
    OF_DOCUMENT,
    UNDATED,
    date_range,
    day,
    day_of_year,
    decimals_of,
    number,
    numbers,
    partial_day,
    period,
)
from base.words.messages import DEFAULT_LANG, LANGS, Lang, pick, t, tn
from base.words.option import add_lang, spoken, written_in
from base.words.refusal import Message, Refusal
from base.words.system import system_reason
from base.words.wording import wording
