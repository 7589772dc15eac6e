"""Compare: two indicators on one map, or small multiples of one."""

from functools import partial

from ui.address import COMPARED
from ui.address.pair import MULTIPLES
from ui.compare import multiples_page, pair_page
from ui.explore import NAMES, panel, read_taking
from ui.shell import read_address, read_view, store, style

style()
asked, refused = read_view((*COMPARED.names, *NAMES))
settings, unread = read_address(COMPARED, store().catalog.indicators)
taking = read_taking(settings.way)
show = multiples_page if settings.way == MULTIPLES else pair_page
aside = partial(panel, taking=taking) if taking.is_open else None
show(asked, settings, [*refused, *unread, *taking.refused], aside, taking.params())
