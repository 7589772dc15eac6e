"""A small adapter for tests: pages of rows as JSON, `{"page", "pages", "day", "rows"}`."""

import json

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS
from metrics.refresh import Ask, Gathered, unknown_shape


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    value: float | None


class Page(BaseModel):
    model_config = ConfigDict(extra="forbid")

    page: int
    pages: int
    day: str
    rows: list[Row]


class Tiny:
    """Asks page after page until the first says that there are no more."""

    class Options(BaseModel):
        indicator: str = "rate"
        origin: str = "ministry"
        edition: str = "2024"
        whole: bool = False

    def asks(self, source, options, replies):
        done = len(replies)
        if done and done >= _page(replies[0]).pages:
            return []
        return [Ask(f"page-{done + 1}.json", f"{source.address}/page-{done + 1}.json")]

    def read(self, source, options, replies, catalog):
        pages = [_page(reply) for reply in replies]
        if [page.page for page in pages] != list(range(1, pages[0].pages + 1)):
            raise unknown_shape(replies[-1], "pages are missing or come twice")
        rows = [(page.day, row) for page in pages for row in page.rows]
        frame = pd.DataFrame(
            [
                dict.fromkeys(OBSERVATION_COLUMNS, "")
                | dict.fromkeys(NUMBER_COLUMNS)
                | {
                    "indicator": options.indicator,
                    "role": "result",
                    "edition": options.edition,
                    "area": row.code,
                    "period_start": day,
                    "period_end": day,
                    "grain": "instant",
                    "value": row.value,
                    "state": "reported",
                    "qualifier": "exact",
                    "origin": options.origin,
                    "locator": f"{day} {row.code}",
                }
                for day, row in rows
            ],
            columns=list(OBSERVATION_COLUMNS),
        ).astype(dict.fromkeys(NUMBER_COLUMNS, float))
        return Gathered(frame, whole=options.whole)


def _page(reply):
    try:
        return Page.model_validate(json.loads(reply.path.read_bytes()))
    except (ValueError, ValidationError) as error:
        raise unknown_shape(reply, error) from error


ADAPTERS = {"tiny": f"{__name__}:Tiny"}
