"""Compare: two indicators on one map, or small multiples of one."""

from ui.address import COMPARED
from ui.address.pair import MULTIPLES
from ui.compare import multiples_page, pair_page
from ui.shell import read_address, read_view, store, style

style()
asked, refused = read_view(COMPARED.names)
settings, unread = read_address(COMPARED, store().catalog.indicators)
show = multiples_page if settings.way == MULTIPLES else pair_page
show(asked, settings, [*refused, *unread])
