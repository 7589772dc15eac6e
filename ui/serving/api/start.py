"""Where the API begins, and what is embedded of an address (oEmbed 1.0)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from base.words import t
from geo.figure import pixels
from metrics.exporting import permalink, public_url
from ui.address import AS_OF, FRAME_HEIGHT, VIEW, Told, asked_as_of, iframe, live_href, parse
from ui.scene import Manner, draw
from ui.serving.api.operations import JSON, Answer, Asked, Operation, as_json
from ui.serving.api.parameters import choice, text, whole
from ui.serving.api.pictures import refuse_first
from ui.serving.api.problems import Problem, refused
from ui.serving.api.schemas import STRING, listed, members
from ui.serving.published import published

LONGEST_ADDRESS: Final = 2000
# Pages whose address a frame can show, below the public address.
FRAMED: Final = ("", "explore")
WIDTH: Final = 800
LEAST, MOST = 200, 4000
PICTURE: Final = {"size": "wide", "dpi": "150"}


def start(operations: Iterable[Operation]) -> Operation:
    """Make the operation that lists the others."""

    def answer(asked: Asked) -> Answer:
        told = [
            {
                "name": one.name,
                "path": f"{asked.root}{one.path}",
                "about": t(f"api.op.{one.name}", asked.lang),
                "example": f"{asked.root}{one.example}",
            }
            for one in operations
        ]
        links = {"service-desc": f"{asked.root}/openapi.json", "service-doc": asked.link("api")}
        return as_json(
            {"title": t("api.title", asked.lang), "operations": told, "links": links}, links
        )

    schema = members({"title": STRING, "operations": listed({"type": "object"})})
    return Operation(
        name="start",
        path="/",
        own=(),
        media={JSON: schema},
        answer=answer,
        example="/",
        of_now=True,
    )


def _oembed(asked: Asked) -> Answer:
    if not public_url():
        raise Problem("nothing", t("api.oembed.public", asked.lang))
    address: str = asked["url"]
    root, given = urlsplit(public_url()), urlsplit(address)
    page = given.path.removeprefix(root.path).rstrip("/")
    if given.netloc != root.netloc or page not in FRAMED or not given.path.startswith(root.path):
        allowed = [permalink(f"{one}?…") for one in FRAMED]
        raise refused("url", address, allowed, asked.lang)
    pairs = dict(parse_qsl(given.query))
    own = {name: value for name, value in pairs.items() if name in VIEW.names}
    try:
        store = published(asked_as_of(own, asked.lang))
    except Told as told:
        raise refused(AS_OF, own[AS_OF], [], asked.lang, reason=str(told)) from told
    view, unread = parse(own, store.catalog.indicators)
    drawn = draw(store, view)
    refuse_first([*unread, *drawn.refused], asked.lang)
    title, scene = drawn.scene.words.title, drawn.scene
    frame = iframe(permalink(live_href(scene.view, locked=False, ranking=True)), title)
    document: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Atlas 06",
        "provider_url": public_url(),
        "html": str(frame),
        "width": min(WIDTH, asked["maxwidth"]),
        "height": min(FRAME_HEIGHT, asked["maxheight"]),
    }
    if scene.manner is not Manner.EMPTY:
        wide, high = pixels(PICTURE["size"], int(PICTURE["dpi"]))
        document |= {
            "thumbnail_url": permalink(f"explore.png?{urlencode(scene.view.params() | PICTURE)}"),
            "thumbnail_width": wide,
            "thumbnail_height": high,
        }
    return as_json(document)


OPERATIONS: Final = (
    Operation(
        name="oembed",
        path="/oembed",
        own=(
            text("url", LONGEST_ADDRESS),
            whole("maxwidth", LEAST, MOST, MOST),
            whole("maxheight", LEAST, MOST, MOST),
            choice("format", ("json",), "json", said="data.format"),
        ),
        media={JSON: members({"version": STRING, "type": STRING, "html": STRING})},
        answer=_oembed,
        example="/oembed?url=https%3A%2F%2Fatlas.test%2F%3Flang%3Dvi",
        of_now=True,
    ),
)
