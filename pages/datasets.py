"""Datasets: what users have loaded, in which versions, and who changed what."""

from ui.load import alias_list, audit_trail, dataset_list
from ui.shell import current_actor, store, text_page

lang = text_page("datasets.title", "datasets.lead")
figures = store(now=True)
dataset_list(figures, lang)
alias_list(figures, current_actor(), lang)
audit_trail(figures, lang)
