"""The figures for programs: what is asked, checked, documented and answered by one declaration."""

from ui.serving.api.beside import BESIDE, asked_beside, beside_pages
from ui.serving.api.beside_lists import LISTS, PLACES
from ui.serving.api.described import described
from ui.serving.api.direct import answered, described_as_files
from ui.serving.api.routing import OPERATIONS, api_routes
