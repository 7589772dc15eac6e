"""What is new and what is expected: as sentences, as feeds, as a calendar, on a page."""

from ui.updates.asked import UPDATES, read_bound
from ui.updates.calendar import CALENDAR_MEDIA, calendar_bytes
from ui.updates.feed import FEED_MEDIA, MOST_ENTRIES, feed_bytes, feed_href, feed_name
from ui.updates.page import updates_html, updates_page
from ui.updates.words import change_text, update_title
