"""The one way in which addresses are read and written: what a page is asked, declared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

R = TypeVar("R")
LONGEST = 80  # a longer value cannot be one of ours


class Told(ValueError):
    """A parameter that cannot be followed; the message is a sentence for the reader.

    Attributes
    ----------
    kept
        What of it can be followed; None for nothing.
    """

    def __init__(self, message: str, kept: Any = None) -> None:
        super().__init__(message)
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parameter of an address that could not be followed.

    Attributes
    ----------
    param
        Its name.
    given
        What arrived, cut to a sane length. Hostile until escaped.
    reason
        Why, in a sentence in the reader's language; "" where the sentence about addresses says it.
    """

    param: str
    given: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address has been found to say so far.

    Attributes
    ----------
    found
        Name of a parameter to its value, for those before this one.
    known
        What exists, as the page knows it: the indicators, say.
    refused
        What could not be followed.
    """

    found: dict[str, Any]
    known: Any
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an address.

    Attributes
    ----------
    name
        Its name in the address.
    read
        From the text that arrived, at most `longest` characters and not empty, to the value;
        raises ValueError or LookupError for what cannot be followed.
    write
        From the value to the text; "" for what goes without saying.
    start
        The value where the address says nothing; by default that of the record.
    longest
        Characters allowed.
    field
        Name in the record where it is another.
    """

    name: str
    read: Callable[[str, Reading], Any]
    write: Callable[[Any], str] = str
    start: Callable[[Reading], Any] | None = None
    longest: int = LONGEST
    field: str = ""

    @property
    def into(self) -> str:
        """Its name in the record."""
        return self.field or self.name

    def take(self, given: str, so_far: Reading) -> Any:
        """Read what arrived.

        Raises
        ------
        ValueError, LookupError
            If it cannot be followed.
        """
        if len(given) > self.longest:
            raise ValueError(f"{self.name} has {len(given)} characters")
        return self.read(given, so_far)


@dataclass(frozen=True, slots=True)
class Address(Generic[R]):
    """What a page is asked, as its address says it.

    Attributes
    ----------
    record
        A dataclass.
    params
        In the order of the address. A parameter may look at those before it, never at those after.
    """

    record: Callable[..., R]
    params: tuple[Param, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return tuple(param.name for param in self.params)

    def read(self, given: Mapping[str, str], known: Any = None) -> tuple[R, list[Refusal]]:
        """Read what a page is asked; other parameters are left to others.

        Parameters
        ----------
        given
            The address as it arrived; anything may be in it.
        known
            What exists; see `Reading`.

        Returns
        -------
        record
            The nearest that exists.
        refusals
            What could not be followed, in the order of the parameters.
        """
        default, so_far = self.record(), Reading({}, known)
        for param in self.params:
            name, text = param.name, str(given.get(param.name) or "")
            start = param.start(so_far) if param.start else getattr(default, param.into)
            so_far.found[name] = start
            if not text:
                continue
            try:
                so_far.found[name] = param.take(text, so_far)
            except (ValueError, LookupError) as error:
                reason = str(error) if isinstance(error, Told) else ""
                if isinstance(error, Told) and error.kept is not None:
                    so_far.found[name] = error.kept
                so_far.refused.append(Refusal(name, text[:LONGEST], reason))
        found = {param.into: so_far.found[param.name] for param in self.params}
        return self.record(**found), so_far.refused

    def text(self, name: str, value: Any) -> str:
        """Write the value of one parameter."""
        return next(param.write(value) for param in self.params if param.name == name)

    def write(self, record: R) -> dict[str, str]:
        """Write what a page is asked as the parameters of an address, in their order."""
        return {param.name: param.write(getattr(record, param.into)) for param in self.params}


def one_of(allowed: Collection[str], given: str) -> str:
    """Return a choice, if it is one of those allowed.

    Raises
    ------
    ValueError
        If it is not.
    """
    if given not in allowed:
        raise ValueError(given)
    return given


@dataclass(frozen=True, slots=True)
class Choice:
    """The reader of a choice from a fixed list.

    Attributes
    ----------
    values
        What may be said, and what each stands for.
    """

    values: Mapping[str, Any]

    def __call__(self, given: str, _: Reading) -> Any:
        """Read a choice."""
        return self.values[given]


def among(*allowed: str) -> Choice:
    """Make the reader of a choice from a fixed list."""
    return Choice({one: one for one in allowed})


def among_known(name: str = "") -> Callable[[str, Reading], str]:
    """Make the reader of a choice from what exists, of that name where there are several lists."""
    return lambda given, so_far: one_of(so_far.known[name] if name else so_far.known, given)


def spelled(values: Mapping[str, Any]) -> Choice:
    """Make the reader of a choice from values, each by how it is spelled."""
    return Choice(values)


def flag(name: str, field: str = "") -> Param:
    """Make a parameter that is on or off."""
    return Param(name, spelled({"1": True, "0": False}), lambda on: "1" if on else "0", field=field)


def listed(
    allowed: Callable[[Reading], Collection[str]], most: int, none: str = ""
) -> Callable[[str, Reading], tuple[str, ...]]:
    """Make the reader of a list parted by commas, each item once; `none` stands for no item."""

    def read(given: str, so_far: Reading) -> tuple[str, ...]:
        if given == none:
            return ()
        items = tuple(dict.fromkeys(given.split(",")))
        if len(items) > most or not set(items) <= set(allowed(so_far)):
            raise ValueError(given)
        return items

    return read
