"""Datasets: what users have loaded, in which versions, and who changed what."""

from ui.datasets import audit_trail, dataset_list
from ui.frame import text_page
from ui.state import store

lang = text_page("datasets.title", "datasets.lead")
figures = store()
dataset_list(figures, lang)
audit_trail(figures, lang)
