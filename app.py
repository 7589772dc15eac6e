"""Atlas 06: the entry of the app. Page settings, language and navigation; nothing else."""

import streamlit as st

from base.words import t
from ui.shell import (
    account,
    last_resort,
    outage_notice,
    plain_language,
    shut_out,
    speak,
    stay_offline,
)

# The pages of each section of the menu; those of the first stand in the menu itself.
SECTIONS = {
    "": ("overview", "explore", "digitization", "cashless", "coverage", "profile"),
    "analysis": ("compare", "clusters", "targets", "gaps"),
    "take": ("figure", "download", "tables"),
    "own": ("load", "datasets", "indicators"),
    "places": ("where", "convert"),
    "about": ("known", "quality", "sources", "methods", "boundaries"),
}
FIRST = "overview"

stay_offline()
lang = plain_language()
st.set_page_config(page_title=t("app.name", lang), layout="wide", initial_sidebar_state="collapsed")
page = st.navigation(
    {
        t(f"section.{section}", lang) if section else "": [
            st.Page(f"pages/{name}.py", title=t(f"nav.{name}", lang), default=name == FIRST)
            for name in names
        ]
        for section, names in SECTIONS.items()
    },
    position="top",
)
speak(lang)
account(lang)
with last_resort(lang):
    if not shut_out(lang):
        page.run()
        outage_notice(lang)
