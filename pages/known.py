"""What is known: by domain and family, how many areas, which dates, which sources."""

from base.html import el
from base.words import pick
from metrics.briefs import coverage
from ui.about import coverage_html, summary
from ui.shell import show, store, text_page

lang = text_page("known.title", "known.lead")
figures = store()
found = coverage(figures)
show("p.atlas-text", summary(figures, found, lang))
for domain in figures.catalog.domains.values():
    rows = [row for row in found if row.indicator.domain == domain.id]
    if rows:
        name = el("h2", pick(domain.title, lang))
        show("div.atlas-text", name, coverage_html(figures, rows, lang))
