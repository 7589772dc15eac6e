"""What the tests of transcribed documents share: the text, its paragraphs, figures as printed."""

import re
from pathlib import Path

from metrics.catalog import DATA_DIR
from metrics.observations import read_observations

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
LOCATOR = re.compile(r"đoạn (\d+): “(.+)”")
NUMBER = re.compile(r"\d+(?:[./,-]\d+)*")


def transcript(doc):
    """Return the observations of a document."""
    return read_observations(DATA_DIR / "observations" / f"doc_{doc}.csv")


def text_file(doc):
    """Return the file of the document, or None where the texts are not there."""
    return next(iter(sorted(SEEDS.glob(f"{doc}_*.txt"))), None)


def paragraphs(path):
    """Return the lines that are not empty, the first one counted 1."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return dict(enumerate((line for line in lines if line), start=1))


def located(locator):
    """Return paragraph and quote of a locator."""
    number, quote = LOCATOR.fullmatch(locator).groups()
    return int(number), quote


def printed(value):
    """Return the ways Vietnamese text prints a number."""
    whole = f"{value:,.0f}".replace(",", ".") if value == int(value) else ""
    short = [
        f"{value / size:g}".replace(".", ",") + f" {word}"
        for size, word in ((1e6, "triệu"), (1e3, "nghìn"))
        if value >= size
    ]
    return {form for form in (whole, f"{value:g}".replace(".", ","), *short) if form}


def is_printed(value, text):
    """Say whether a number stands in a text, not merely as part of a longer one."""
    return any(
        re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d]|[.,]\d)", text) for form in printed(value)
    )


def one(frame, indicator, **where):
    """Return the only row of an indicator that is so."""
    rows = frame[frame["indicator"] == indicator]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, f"{indicator}: {len(rows)} rows"
    return rows.iloc[0]
