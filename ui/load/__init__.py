"""Tables of one's own."""

from ui.load.alias_list import alias_list
from ui.load.datasets import audit_trail, dataset_list
from ui.load.indicator_form import indicator_form
from ui.load.loading import given
from ui.load.loading_report import report_and_store
from ui.load.mapping_form import mapping_form
from ui.load.templates import template_form
