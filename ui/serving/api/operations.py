"""What an operation of the API is, and what it is handed and hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from base.words import Lang
from metrics.exporting import dumped, permalink, public_url
from metrics.store import Store
from ui.address import carry_href
from ui.serving.api.parameters import AS_OF, LANG, Parameter, Schema

# Of the API, below the path of the app.
ROOT: Final = "/api/v1"
JSON: Final = "application/json"
ANY: Final[Schema] = {}
BINARY: Final[Schema] = {"type": "string", "format": "binary"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked.

    Attributes
    ----------
    store
        What is published.
    lang
        Language of the answer.
    found
        Name of each parameter to its value.
    given
        The query as it arrived, each parameter once.
    root, path
        Where the API is on this server, and what of it is asked.
    as_of
        When the store was so, in the words of an address; "" for now.
    """

    store: Store
    lang: Lang
    found: Mapping[str, Any]
    given: Mapping[str, str]
    root: str
    path: str
    as_of: str = ""

    def link(self, href: str) -> str:
        """Return the address of a page of the atlas: whole where it has a public one."""
        href = carry_href(href, self.as_of)
        return permalink(href) if public_url() else f"{self.root.removesuffix(ROOT)}/{href}"

    def __getitem__(self, name: str) -> Any:
        return self.found[name]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered.

    Attributes
    ----------
    body, media
        The content and its media type.
    links
        Addresses by what they are to this one, as in a header ``Link``.
    name
        What the file is called where it is kept; "" for what has no name.
    """

    body: bytes
    media: str = JSON
    links: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that the API answers.

    Attributes
    ----------
    name
        Its id. The messages ``api.op.<name>`` and ``api.op.<name>.how`` say what it gives.
    path
        Below the root of the API; parameters in braces.
    own
        Its parameters, in the order in which they are read, besides the language.
    media
        Media type to the schema of the content.
    answer
        Works the answer out.
    example
        A path and query that can be asked.
    read
        Reads what was asked, where an address of the pages is asked; else the parameters do.
    heavy
        Whether it takes long, as drawing does: few at once.
    of_now
        Whether it is of what there is now alone, and cannot be asked as it was known on a day.
    beside
        Names what the answer depends on besides the figures and what is asked.
    """

    name: str
    path: str
    own: tuple[Parameter, ...]
    media: Mapping[str, Schema]
    answer: Callable[[Asked], Answer]
    example: str
    read: Callable[[Mapping[str, str], Store, Lang], Mapping[str, Any]] | None = None
    heavy: bool = False
    of_now: bool = False
    beside: Callable[[], str] | None = None

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All its parameters, the language first: the others may speak."""
        named = {one.name for one in self.own}
        always = (LANG,) if self.of_now else (LANG, AS_OF)
        return (*(one for one in always if one.name not in named), *self.own)

    @property
    def in_path(self) -> frozenset[str]:
        """The names of those that are part of the path."""
        return frozenset(one.name for one in self.own if f"{{{one.name}}}" in self.path)


def as_json(document: object, links: Mapping[str, str] | None = None) -> Answer:
    """Answer with a document."""
    return Answer(dumped(document).encode(), JSON, links or {})
