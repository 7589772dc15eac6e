"""The base map as a document of its own, for a frame or a file."""

from __future__ import annotations

from typing import Any

import folium
from folium.template import Template

from geo.maps.choropleth import base_map


class Script(folium.MacroElement):
    """Script that is run after the map was made; nothing in it is taken for a template."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this.text }}
        {% endmacro %}
    """)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Script"
        self.text = text


def name_parts(element: Any, name: str) -> None:
    """Name an element and its parts: folium does so at random, but the same map is the same file.

    Parameters
    ----------
    element
        The element of folium; it is changed.
    name
        What the identifiers of its parts begin with.
    """
    element._id = name
    for at, child in enumerate(element._children.values()):
        name_parts(child, f"{name}_{at}")


def frame_html(zoom_in: str, zoom_out: str, script: str) -> str:
    """Write the document of a frame that lies two folders below the app, beside its static files.

    Parameters
    ----------
    zoom_in, zoom_out
        What the two zoom buttons are called.
    script
        What is run once the map is there.
    """
    base = base_map(zoom_in, zoom_out)
    base.add_child(Script(script))
    name_parts(base, "atlas")
    root: Any = base.get_root()
    root.title = None
    return str(root.render())


def base_script(zoom_in: str, zoom_out: str) -> str:
    """Write the script that makes the base map, in the element ``map_atlas`` of any page."""
    base = base_map(zoom_in, zoom_out)
    name_parts(base, "atlas")
    root: Any = base.get_root()
    root.render()
    return str(root.script.render())
