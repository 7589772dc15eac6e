"""Which adapters there are, by the name that the YAML of a source has."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from base.words import Refusal

if TYPE_CHECKING:
    from metrics.refresh import Adapter

# Module and class; a module is loaded when a source asks for it.
ADAPTERS: Final[Mapping[str, str]] = {
    "portal": "metrics.refresh.adapters.portal:PortalAdapter",
    "jsonstat": "metrics.refresh.adapters.jsonstat:JsonStat",
    "pxweb": "metrics.refresh.adapters.pxweb:PxWeb",
    "sdmx": "metrics.refresh.adapters.sdmx:Sdmx",
    "table": "metrics.refresh.adapters.table:Table",
}


class NoAdapter(Refusal, LookupError):
    """No adapter has this name."""

    prefix = "refresh."


def adapter_of(name: str, adapters: Mapping[str, str] = ADAPTERS) -> Adapter:
    """Make the adapter of a name.

    Parameters
    ----------
    adapters
        Name to ``module:Class``.

    Raises
    ------
    NoAdapter
        If there is none of this name.
    """
    if name not in adapters:
        raise NoAdapter("no_adapter", name=name[:80], known=", ".join(sorted(adapters)) or "–")
    module, _, class_ = adapters[name].partition(":")
    made: Adapter = getattr(import_module(module), class_)()
    return made
