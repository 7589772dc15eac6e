"""Chain links and turn them round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from geo.crosswalk.records import ORIGIN_SEPARATOR, Extent, Link, Method, Weight, grouped

BACK_ORIGIN = "crosswalk-back"
# Size of a unit by a weight (km², persons); None where unknown.
SizeOf = Callable[[str, Weight], float | None]


def whole(from_edition: str, from_code: str, to_edition: str, to_code: str, origin: str) -> Link:
    """Make the link of a unit that goes to another undivided."""
    return Link(
        from_edition, from_code, to_edition, to_code, Extent.WHOLE, 1.0, 1.0, 1.0, True,
        Method.WHOLE, origin,
    )  # fmt: skip


def chain(first: tuple[Link, ...], second: tuple[Link, ...]) -> tuple[Link, ...]:
    """Follow the targets of some links on to their own targets.

    Parts of a unit that meet again in one target make it whole, and exact, again: a district that
    was divided is still all in its province.

    Parameters
    ----------
    first, second
        Links; the to side of the first is the from side of the second.

    Returns
    -------
    tuple of Link
        One for each pair that any chain joins. Shares along a chain multiply, chains between the
        same pair add up; where one share of a unit is unknown, all of it are, by that weight.
    """
    onward = grouped(second, "from_code")
    found: list[Link] = []
    for links in grouped(first, "from_code").values():
        pairs: dict[str, list[tuple[Link, Link]]] = defaultdict(list)
        for link in links:
            for step in onward.get(link.to_code, ()):
                pairs[step.to_code].append((link, step))
        found += _joined(pairs)
    return tuple(found)


def back(links: tuple[Link, ...], size_of: SizeOf) -> tuple[Link, ...]:
    """Turn links round: which units of the older side does each newer one consist of.

    A newer unit that lies in one older unit goes back whole. What is known of a union is not known
    of its parts, so the shares of a union are estimates even where the sizes are published.

    Returns
    -------
    tuple of Link
        From the newer to the older side; shares by the sizes of the parts.
    """
    found: list[Link] = []
    for to_code, parts in sorted(grouped(links, "to_code").items()):
        turned = [
            replace(
                part,
                from_edition=part.to_edition,
                from_code=to_code,
                to_edition=part.from_edition,
                to_code=part.from_code,
            )
            for part in parts
        ]
        if len(parts) == 1:
            found.append(_whole_again(turned[0], parts))
            continue
        shares = [_back_shares(parts, weight, size_of) for weight in Weight]
        sized = any(column[0] is not None for column in shares[1:])
        for link, (count, area, people) in zip(turned, zip(*shares, strict=True), strict=True):
            found.append(
                replace(
                    link,
                    extent=Extent.PART,
                    share_count=count,
                    share_area=area,
                    share_population=people,
                    exact=False,
                    method=Method.SIZES if sized else Method.UNKNOWN,
                    origin=_union([link.origin, BACK_ORIGIN]),
                )
            )
    return tuple(found)


def _joined(pairs: dict[str, list[tuple[Link, Link]]]) -> Iterable[Link]:
    ordered = sorted(pairs.items())
    shares = [_settled([_chained(chains, weight) for _, chains in ordered]) for weight in Weight]
    for (to_code, chains), (count, area, people) in zip(
        ordered, zip(*shares, strict=True), strict=True
    ):
        steps = [link for pair in chains for link in pair]
        link = replace(
            chains[0][0],
            to_edition=chains[0][1].to_edition,
            to_code=to_code,
            origin=_union(step.origin for step in steps),
            effective=_newest(steps).effective,
            resolution=_newest(steps).resolution,
        )
        if len(pairs) == 1:
            yield _whole_again(link, steps)
            continue
        yield replace(
            link,
            extent=_extent(chains),
            share_count=count,
            share_area=area,
            share_population=people,
            exact=False,
            method=_union(step.method for step in steps if step.method != Method.WHOLE),
            note=" ".join(dict.fromkeys(step.note for step in steps if step.note)),
        )


def _whole_again(link: Link, steps: Sequence[Link]) -> Link:
    renamed = all(step.extent is Extent.WHOLE for step in steps)
    return replace(
        link,
        extent=Extent.WHOLE,
        share_count=1.0,
        share_area=1.0,
        share_population=1.0,
        exact=True,
        method=Method.WHOLE,
        note=link.note if renamed else "",
    )


def _chained(chains: list[tuple[Link, Link]], weight: Weight) -> float | None:
    total = 0.0
    for first, second in chains:
        one, other = first.share(weight), second.share(weight)
        if one is None or other is None:
            return None
        total += one * other
    return total


def _settled(shares: list[float | None]) -> list[float | None]:
    """Leave shares that do not cover the unit out altogether."""
    return [None] * len(shares) if None in shares else shares


def _back_shares(parts: tuple[Link, ...], weight: Weight, size_of: SizeOf) -> list[float | None]:
    if weight is Weight.COUNT:
        alike = all(part.extent is Extent.WHOLE for part in parts)
        return [1 / len(parts) if alike else None] * len(parts)
    amounts: list[float] = []
    for part in parts:
        share, size = part.share(weight), size_of(part.from_code, weight)
        if share is None or size is None:
            return [None] * len(parts)
        amounts.append(share * size)
    total = sum(amounts)
    return [amount / total for amount in amounts] if total else [None] * len(parts)


def _extent(chains: list[tuple[Link, Link]]) -> Extent:
    extents = {link.extent for pair in chains for link in pair} - {Extent.WHOLE}
    return extents.pop() if len(chains) == 1 and len(extents) == 1 else Extent.PART


def _newest(steps: Sequence[Link]) -> Link:
    return max(steps, key=lambda step: step.effective)


def _union(ids: Iterable[str]) -> str:
    parts = (one for text in ids for one in text.split(ORIGIN_SEPARATOR) if one)
    return ORIGIN_SEPARATOR.join(dict.fromkeys(parts))
