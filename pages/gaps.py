"""Coverage gaps: what is known, a search in the reader's own files, and the ledger."""

from base.words import t
from ui.gaps import GAPS, choose_part, evidence_part, ledger_part, search_part, show_known
from ui.shell import Room, read_address, refusals, store, text_page, way, write_address

lang = text_page("gaps.title", "gaps.lead", extra=GAPS.names)
settings, refused = read_address(GAPS)
write_address(GAPS, settings)
refusals(refused, lang)
way(Room("coverage"), t("gaps.theme", lang), lang)
choose_part(settings, lang)
if settings.part == "known":
    show_known(store(), lang)
elif settings.part == "search":
    search_part(settings, lang)
elif settings.part == "evidence":
    evidence_part(settings, lang)
else:
    ledger_part(settings, lang)
