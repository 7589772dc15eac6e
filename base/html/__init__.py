"""HTML that escapes what it is not told to trust; on markupsafe."""

from markupsafe import Markup, escape

from base.html.build import details, el, items, join, link, paragraphs, row, table, terms
