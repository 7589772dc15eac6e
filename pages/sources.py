"""Sources: every origin, its licence, what was taken from it, how its date is known."""

from base.html import details
from base.words import number, tn
from metrics.briefs import taken
from ui.about import origin_html
from ui.shell import show, store, text_page

# So many, those of most figures, are shown before the others are folded.
FEW = 20

lang = text_page("sources.title", "sources.lead")
found = sorted(taken(store()), key=lambda item: -item.observations)
first, rest = found[:FEW], found[FEW:]
show("div.atlas-text.atlas-sources", (origin_html(item, lang) for item in first))
if rest:
    more = tn("sources.rest", len(rest), lang, n=number(len(rest), lang))
    folded = details(more, [origin_html(item, lang) for item in rest])
    show("div.atlas-text.atlas-sources", folded)
