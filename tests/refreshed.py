"""A made-up source that is asked again: one table, from a folder that stands in for the network."""

import yaml

from geo.editions import EDITION_2025, Level, areas
from metrics.people import owner
from metrics.refresh import How, refresh, sources

INDICATOR = "dvcqg-digitised-dossier-rate"
TITLE = "Nguồn thử của nhóm"
PLACES = [one.name_vi for one in areas(EDITION_2025, Level.PROVINCE)]
FIRST = {name: 20 + at for at, name in enumerate(PLACES)}
# One leaps, one is gone.
SECOND = {name: value for name, value in FIRST.items() if name != PLACES[7]} | {PLACES[0]: 97.5}
SOURCE = {
    "id": "tried",
    "adapter": "table",
    "title": {"vi": TITLE, "en": "A source of a team"},
    "address": "https://stats.example/rates.csv",
    "every": "month",
    "options": {
        "edition": EDITION_2025,
        "level": "province",
        "origin": {"producer": {"vi": "Nơi công bố thử", "en": "Made up"}},
        "period": "2026-10",
        "mapping": {
            "place": "Tỉnh",
            "measures": [{"column": "Tỷ lệ (%)", "indicator": INDICATOR}],
            "made_for": ["Tỉnh", "Tỷ lệ (%)"],
        },
    },
}


def describe(home, **more):
    """Describe the source in the home of an app."""
    folder = home / "sources"
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(SOURCE | more, allow_unicode=True)
    (folder / "tried.yaml").write_text(text, encoding="utf-8")


def ask(home, values):
    """Replay a reply with these values; the home must be that of the environment."""
    mirror = home / "mirror" / "tried"
    mirror.mkdir(parents=True, exist_ok=True)
    rows = [f"{name};{str(value).replace('.', ',')}\n" for name, value in values.items()]
    (mirror / "rates.csv").write_text("Tỉnh;Tỷ lệ (%)\n" + "".join(rows), encoding="utf-8")
    return refresh(sources()["tried"], How(owner(), mirror=mirror.parent)).result
