"""Tables of PxWeb, as national statistics offices run it: described, asked for in parts, joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final
from urllib.parse import quote, urlencode

from metrics.catalog import Catalog
from metrics.refresh import Ask, Gathered, Reply, Source
from metrics.refresh.adapters.cubes import (
    Cube,
    cells_by,
    cube_of,
    datasets_in,
    fault,
    gathered,
    named,
    read_json,
)
from metrics.refresh.adapters.pxweb.options import PxWebOptions
from metrics.refresh.adapters.pxweb.plan import Part, parts_of, selection
from metrics.refresh.adapters.pxweb.tables import (
    TOO_MUCH,
    Variable,
    most_cells,
    table_of,
    was_too_much,
)

TABLE, CONFIG = "table.json", "config.json"
# Longer addresses are refused by servers on the way.
LONGEST: Final = 1_800


class PxWeb:
    """Reads a table of PxWeb through version 1 or 2 of its interface."""

    Options: ClassVar = PxWebOptions

    def asks(
        self, source: Source, options: PxWebOptions, replies: Sequence[Reply]
    ) -> Sequence[Ask]:
        """Return what to ask next: what the table is made of, then its cells in parts."""
        known = {reply.ask.name: reply for reply in replies}
        if TABLE not in known:
            table, most = Ask(TABLE, _table_at(source, options)), _config_at(source, options)
            return (table,) if options.most_cells else (table, Ask(CONFIG, most))
        variables = table_of(known[TABLE], options.api)
        parts = _parts(variables, options, known)
        return [_ask(p, source, options, variables) for p in parts if f"{p.name}.json" not in known]

    def read(
        self, source: Source, options: PxWebOptions, replies: Sequence[Reply], catalog: Catalog
    ) -> Gathered:
        """Make observations of the cells of all parts."""
        known = {reply.ask.name: reply for reply in replies}
        if TABLE not in known:
            raise fault(TABLE, "", named(known), "there")
        table = table_of(known[TABLE], options.api)
        roles: dict[str, list[str]] = {}
        for one in table:
            if one.role:
                roles.setdefault(one.role, []).append(one.code)
        cells = []
        for part in _parts(table, options, known):
            file = f"{part.name}.json"
            if file not in known:
                raise fault(file, "", named(known), "there")
            found = datasets_in(read_json(known[file]), file)
            if len(found) != 1:
                raise fault(file, "dataset", len(found), "one_of", known=named(found))
            cube = cube_of(next(iter(found.values())), file)
            _check(cube, part)
            cells.append(cells_by(_with_roles(cube, roles), options))
        return gathered(cells, source, options, catalog)


def _table_at(source: Source, options: PxWebOptions) -> str:
    address = _plain(source.address)
    if options.api == 1:
        return address
    said = urlencode({"lang": options.lang, "outputFormat": "json-stat2"})
    return f"{address}/metadata?{said}"


def _config_at(source: Source, options: PxWebOptions) -> str:
    address = _plain(source.address)
    if options.api == 1:
        return f"{address}?config"
    return f"{address.rpartition('/tables/')[0]}/config"


def _plain(address: str) -> str:
    return quote(address.rstrip("/"), safe="/:%?&=@+,;~")


def _parts(table: Sequence[Variable], options: PxWebOptions, known: dict[str, Reply]) -> list[Part]:
    wanted = selection(table, options, TABLE)
    if not options.most_cells and CONFIG not in known:
        raise fault(CONFIG, "", named(known), "there")
    most = options.most_cells or most_cells(known[CONFIG])
    refused = {name.removesuffix(".json") for name, one in known.items() if was_too_much(one)}
    return parts_of(wanted, most, refused, TABLE)


def _ask(part: Part, source: Source, options: PxWebOptions, table: Sequence[Variable]) -> Ask:
    name, address = f"{part.name}.json", _plain(source.address)
    if options.api == 1:
        query = [
            {"code": code, "selection": {"filter": "item", "values": list(codes)}}
            for code, codes in part.codes.items()
        ]
        body: dict[str, Any] = {"query": query, "response": {"format": options.format}}
        return Ask(name, address, "POST", body, too_much=TOO_MUCH)
    all_of = {one.code: one.values for one in table}
    said = {"lang": options.lang, "outputFormat": "json-stat2"}
    picked = {
        f"valueCodes[{code}]": "*" if codes == all_of[code] and len(codes) > 1 else ",".join(codes)
        for code, codes in part.codes.items()
    }
    short = f"{address}/data?{urlencode(said | picked, safe='[],*')}"
    apart = all("," not in code for codes in part.codes.values() for code in codes)
    if apart and len(short) <= LONGEST:
        return Ask(name, short, too_much=TOO_MUCH)
    rows = [{"variableCode": c, "valueCodes": list(codes)} for c, codes in part.codes.items()]
    at = f"{address}/data?{urlencode(said)}"
    return Ask(name, at, "POST", {"selection": rows}, too_much=TOO_MUCH)


def _check(cube: Cube, part: Part) -> None:
    """Refuse a reply that has other cells than those that were asked for."""
    there = {d.id: set(d.codes) for d in cube.dimensions}
    for code, codes in part.codes.items():
        if code not in there:
            raise fault(cube.file, "id", named(there), "one_of", known=named(part.codes))
        if there[code] != set(codes):
            apart = sorted(there[code] ^ set(codes))
            raise fault(cube.file, f"dimension.{code}", named(apart), "as_asked", n=len(codes))
    for one in cube.dimensions:
        if one.id not in part.codes and len(one.codes) > 1:
            raise fault(cube.file, f"dimension.{one.id}", named(one.codes), "as_asked", n=1)


def _with_roles(cube: Cube, roles: dict[str, list[str]]) -> Cube:
    """Add the roles that the description of the table says, where the cells say none."""
    return replace(cube, roles={**roles, **cube.roles})
