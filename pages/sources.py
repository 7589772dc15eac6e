"""Sources: every origin, its licence, what was taken from it, how its date is known."""

from metrics.briefs import taken
from ui.about import origin_html
from ui.shell import show, store, text_page

lang = text_page("sources.title", "sources.lead")
found = sorted(taken(store()), key=lambda item: item.observations == 0)
show("div.atlas-text.atlas-sources", (origin_html(item, lang) for item in found))
