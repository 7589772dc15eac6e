"""The figures for programs: what can be asked over HTTP, and how."""

from ui.serving.api import described
from ui.shell import show_html, text_page

lang = text_page("api.title", "api.lead")
show_html(described(lang))
