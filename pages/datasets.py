"""Datasets: what users have loaded, in which versions, and who changed what."""

from ui.actor import current_actor
from ui.alias_list import alias_list
from ui.datasets import audit_trail, dataset_list
from ui.frame import text_page
from ui.state import store

lang = text_page("datasets.title", "datasets.lead")
figures = store()
dataset_list(figures, lang)
alias_list(figures, current_actor(), lang)
audit_trail(figures, lang)
