"""The other figures known about a place, as the first page lists them."""

import re

import pytest

from metrics.store import current_store
from ui.address import parse
from ui.parts import facts


@pytest.fixture(scope="module")
def told():
    """Return what the list says of the country, in English, a line each."""
    store = current_store()
    view, _ = parse({"lang": "en"}, store.catalog.indicators)
    with pytest.MonkeyPatch.context() as patch:
        shown = []
        patch.setattr(facts.st, "popover", _Opened)
        patch.setattr(facts.st, "html", shown.append)
        facts.place_facts(store, view)
    rows = re.findall("<tr>(<td.*?)</tr>", shown[0])
    return [tuple(re.sub("<[^>]+>", "", cell) for cell in row.split("</td>")[:3]) for row in rows]


class _Opened:
    def __init__(self, *_args, **_options):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        return None


def test_what_sources_dispute_is_told_with_each_of_their_figures(told):
    assert ("Gaps counted before 2021", "2,418 villages; 2,148 villages (sources disagree)") in {
        line[:2] for line in told
    }


def test_a_target_is_told_by_its_due_date_and_not_by_that_of_the_article(told):
    aims = [line for line in told if line[1].startswith("Target")]
    assert ("New coverage gaps", "Target: No new ones", "Q1 2024") in aims
    assert {"none stated"} < {when for _, _, when in aims}
    assert not [when for _, _, when in aims if "article" in when]
