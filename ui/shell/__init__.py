"""The frame around every page."""

from ui.shell.account import account, shut_out
from ui.shell.actor import current_actor, current_policy
from ui.shell.asking import ask, forget_natives, natives, put, select
from ui.shell.below import add_below, below
from ui.shell.blocks import (
    alert,
    mark_html,
    note_html,
    show,
    show_html,
    status,
    tally_html,
    title_block,
    title_html,
    unbroken,
    upload_words,
)
from ui.shell.components import (
    Chosen,
    combobox,
    counts_table,
    crosstable,
    early_views,
    filter_panel,
    links,
    pin_list,
    print_button,
    ranking_table,
    scatter,
    speak,
    timeline,
)
from ui.shell.doors import FIRST, MOVED, Room, pages, way
from ui.shell.frame import foot, header, text_page, top_bar
from ui.shell.framing import frame_params, framed
from ui.shell.known import LAST, as_of, known_line, led
from ui.shell.moved import moved
from ui.shell.options import by_name, place_key, place_names
from ui.shell.outage import damage_notice, outage_notice, why_not
from ui.shell.ownership import is_private, may_write, team_field
from ui.shell.page import ERRORS, dress, is_dark, last_resort, lost, refusals, stay_offline, style
from ui.shell.personal import TOKEN, cookie_name, is_token, listens_here, token
from ui.shell.searching import search_places
from ui.shell.state import (
    follow,
    go,
    go_to_level,
    open_area,
    plain_language,
    read_address,
    read_language,
    read_view,
    store,
    told,
    visit,
    visit_address,
    visit_place,
    write_address,
    write_language,
    write_view,
)
from ui.shell.taking import close_part, map_link, series_link, take_row
