"""Coverage gaps in the reader's own files."""

from ui.gaps.known import show_known
from ui.gaps.page import choose_part, evidence_part, ledger_part, search_part
from ui.gaps.settings import GAPS
