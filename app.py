"""Atlas 06: the entry of the app. Page settings, language and navigation; nothing else."""

from functools import partial

import streamlit as st

from base.words import t
from ui.shell import (
    FIRST,
    MOVED,
    account,
    below,
    damage_notice,
    dress,
    follow,
    foot,
    header,
    known_line,
    last_resort,
    lost,
    moved,
    outage_notice,
    pages,
    plain_language,
    shut_out,
    speak,
    stay_offline,
    visit_address,
)

stay_offline()
lang = plain_language()
st.set_page_config(layout="wide", initial_sidebar_state="collapsed")


def titled(name: str) -> str:
    """Return what the browser calls a page."""
    return f"{t(f'nav.{name}', lang)} – Atlas 06"


first = f"pages/{FIRST}.py"
page = st.navigation(
    [
        st.Page(first, title=t("app.name", lang), url_path="map", default=True),
        st.Page(first, title=t("app.name", lang), url_path=FIRST),
        *(st.Page(f"pages/{n}.py", title=titled(n)) for n in pages() if n != FIRST),
        # Addresses of before.
        *(st.Page(partial(moved, n, lang), title="Atlas 06", url_path=n) for n in MOVED),
    ],
    position="hidden",
)
dress()
speak(lang, pages(), visit_address)
follow()
with last_resort(lang, page.url_path or FIRST):
    if shut_out(lang):
        account(lang)
    else:
        header(page.url_path or FIRST, lang)
        damage_notice(lang)
        known_line(page.url_path or FIRST, lang)
        lost({FIRST, "map", *pages(), *MOVED}, lang)
        page.run()
        outage_notice(lang)
        below(page.url_path or FIRST, lang)
        foot(lang)
