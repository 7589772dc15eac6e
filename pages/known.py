"""What is known: by domain and family, how many areas, which dates, which sources."""

from base.html import details, el
from base.words import number, pick
from metrics.briefs import coverage
from ui.about import coverage_html, summary
from ui.shell import show, store, text_page

lang = text_page("known.title", "known.lead")
figures = store()
found = coverage(figures)
show("p.atlas-text", summary(figures, found, lang))
first = next(iter(figures.catalog.domains.values()))
for domain in figures.catalog.domains.values():
    rows = [row for row in found if row.indicator.domain == domain.id]
    if rows:
        n = len({row.indicator.id for row in rows})
        name = el("h2", pick(domain.title, lang), f" ({number(n, lang)})")
        table = coverage_html(figures, rows, lang)
        show("div.atlas-text", details(name, table, open_=domain is first))
