"""The sentences of themes: a rate from and to is told with its unit."""

import pytest

from base.words import LANGS, pick
from metrics.briefs import THEMES, theme
from ui.theme.words import change_text


@pytest.mark.parametrize("lang", LANGS)
def test_both_ends_of_a_change_of_a_rate_have_its_sign(shipped, lang):
    told = [change for domain in THEMES for change in theme(shipped, domain).changes]
    rates = [one for one in told if pick(one.indicator.unit, lang)[:1] in ("%", "‰")]
    assert rates
    for change in rates:
        # What stands before the date of each end is the figure.
        before = change_text(change, lang, named=False).split(" (")[:2]
        sign = pick(change.indicator.unit, lang)[:1]
        assert all(sign in end.split(", ")[-1] for end in before), before
