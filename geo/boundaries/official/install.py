"""Put what is prepared in force as a generation, take it back, say what is in force."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo import boundaries
from geo.boundaries import BoundaryLayer, parquet_path, web_layers
from geo.boundaries.official.records import (
    FINEST,
    EditionRefused,
    Finding,
    Prepared,
    Refused,
    Shapes,
    Status,
    Weight,
    codes_of,
    is_island,
    province_of,
)
from geo.boundaries.official.sound import polygons_only
from geo.boundaries.replaced import (
    BUNDLED,
    MANIFEST,
    WEB,
    BoundaryStoreError,
    Generation,
    before,
    current,
    point_at,
    publish,
    served_dir,
    trouble,
    writing,
)
from geo.editions import Level, area

BUNDLED_ORIGIN = "boundaries-approximate"


@dataclass(frozen=True, slots=True)
class LayerState:
    """What is in force for one layer.

    Attributes
    ----------
    layer
        Its overview file, with kind and origin.
    counts
        How many units are official, carried, split and kept; empty of bundled layers.
    made, actor
        When it was replaced (ISO 8601, UTC), and by whom; "" of bundled layers.
    findings
        What was found out when it was replaced.
    """

    layer: BoundaryLayer
    counts: Mapping[str, int]
    made: str
    actor: str
    findings: tuple[Finding, ...]


def install(prepared: list[Prepared], *, actor: str = "") -> Generation:
    """Put boundaries in force, all of them or nothing.

    Raises
    ------
    Refused
        If the folder cannot be written or another process is at it.
    """
    try:
        with writing() as home:
            now = current()
            return publish(home, lambda folder: _write(folder, prepared, now, actor))
    except BoundaryStoreError as error:
        raise _refused(error) from error
    except OSError as error:
        raise Refused([Finding("disk", Weight.REFUSED, {"error": str(error)})]) from error
    except ValueError as error:
        raise Refused([Finding("uncovered", Weight.REFUSED)]) from error


def install_each(prepared: Sequence[Prepared], *, actor: str = "") -> list[EditionRefused]:
    """Put boundaries in force; where that cannot be done with all, those editions that can.

    Returns
    -------
    list
        The editions that could not be, and why.

    Raises
    ------
    Refused
        If none can.
    """
    try:
        install(list(prepared), actor=actor)
    except Refused:
        if len(prepared) < 2:
            raise
    else:
        return []
    refused = []
    for one in prepared:
        try:
            install([one], actor=actor)
        except Refused as error:
            refused.append(EditionRefused(one.edition, error.findings))
    if len(refused) == len(prepared):
        raise Refused([finding for one in refused for finding in one.findings])
    return refused


def _refused(error: BoundaryStoreError) -> Refused:
    values = {name: str(value) for name, value in error.values.items()}
    return Refused([Finding(error.key, Weight.REFUSED, values)])


def undo(*, everything: bool = False) -> str | None:
    """Put in force what was before, or the bundled layers.

    Returns
    -------
    str or None
        Name of what is in force now; None where nothing had been replaced.

    Raises
    ------
    Refused
        If the folder cannot be written or another process is at it.
    """
    try:
        with writing() as home:
            now = current()
            if now is None and not trouble():
                return None
            name = BUNDLED if everything or now is None else before(home, now)
            point_at(home, name)
            return name
    except BoundaryStoreError as error:
        raise _refused(error) from error


def status() -> list[LayerState]:
    """Say what is in force, layer by layer."""
    generation = current()
    held = generation.manifest["editions"] if generation else {}
    states = []
    for layer in web_layers():
        if layer.detail:
            continue
        about = held.get(layer.edition)
        if about is None:
            states.append(LayerState(layer, {}, "", "", ()))
            continue
        findings = tuple(Finding.read(record) for record in about["findings"])
        counts = dict(Counter(about["status"][str(layer.level)].values()))
        states.append(LayerState(layer, counts, about["made"], about["actor"], findings))
    return states


def _write(folder: Path, prepared: list[Prepared], now: Generation | None, actor: str) -> None:
    # Imported here: it brings the libraries that only building needs.
    from geo.boundaries.official.web import write_edition  # noqa: PLC0415
    from geo.boundaries.web import write_bounds  # noqa: PLC0415

    web = folder / WEB
    web.mkdir()
    made = datetime.now(UTC).isoformat(timespec="seconds")
    new = {one.edition for one in prepared}
    records, rows, editions = _carried_over(folder, now, new)
    for one in prepared:
        _write_layers(folder, one)
        written, boxes = write_edition(folder, web, one.edition)
        about = _about(one, made, actor)
        records += [{**record, **_marks(about, record)} for record in written]
        rows += boxes
        editions[one.edition] = about
    write_bounds(folder / boundaries.BOUNDS_NAME, rows)
    files = {file.name: file.stat().st_size for file in sorted(folder.iterdir()) if file.is_file()}
    manifest = {
        "made": made,
        "before": now.name if now else BUNDLED,
        "files": files,
        "layers": records,
        "editions": editions,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _carried_over(
    folder: Path, now: Generation | None, new: set[str]
) -> tuple[list[dict[str, Any]], list[Any], dict[str, Any]]:
    """Take over the editions that are not replaced now."""
    if now is None:
        return [], [], {}
    old = now.manifest
    records = [record for record in old["layers"] if record["edition"] not in new]
    for record in records:
        name = Path(record["url"]).name
        shutil.copyfile(now.folder / WEB / name, folder / WEB / name)
        source = parquet_path(record["edition"], Level(record["level"]), directory=now.folder)
        shutil.copyfile(source, folder / source.name)
    with (now.folder / boundaries.BOUNDS_NAME).open(encoding="utf-8", newline="") as file:
        rows = [row for row in list(csv.reader(file))[1:] if row[0] not in new]
    return records, rows, {k: v for k, v in old["editions"].items() if k not in new}


def _write_layers(folder: Path, one: Prepared) -> None:
    level = FINEST[one.edition]
    _write_parquet(folder, one.edition, level, one.shapes)
    provinces: Shapes = {}
    for province in codes_of(one.edition, Level.PROVINCE):
        own = [s for code, s in one.shapes.items() if province_of(one.edition, code) == province]
        provinces[province] = polygons_only(shapely.coverage_union_all(np.array(own, dtype=object)))
    _write_parquet(folder, one.edition, Level.PROVINCE, provinces)


def _write_parquet(folder: Path, edition: str, level: Level, shapes: Shapes) -> None:
    import geopandas as gpd  # noqa: PLC0415

    codes = codes_of(edition, level)
    columns = {
        "code": codes,
        "name": [area(edition, code).name_vi for code in codes],
        "province_code": [province_of(edition, code) for code in codes],
    }
    drawn = [shapes[code] for code in codes]
    frame = gpd.GeoDataFrame(columns, geometry=drawn, crs=boundaries.CRS)
    frame.to_parquet(parquet_path(edition, level, directory=folder), compression="zstd")


def _about(one: Prepared, made: str, actor: str) -> dict[str, Any]:
    fine = FINEST[one.edition]
    states: dict[str, dict[str, str]] = {}
    if one.level is Level.PROVINCE:
        states[str(Level.PROVINCE)] = {code: str(state) for code, state in one.status.items()}
        states[str(fine)] = dict.fromkeys(one.shapes, str(Status.KEPT))
    else:
        states[str(fine)] = {code: str(state) for code, state in one.status.items()}
        states[str(Level.PROVINCE)] = _of_provinces(one)
    return {
        "made": made,
        "actor": actor,
        "source": {
            "origin_id": one.source.origin_id,
            "name": one.source.name,
            "date": one.source.date,
            "sha256": one.source.sha256,
        },
        "status": states,
        "findings": [finding.record() for finding in one.findings],
    }


def _of_provinces(one: Prepared) -> dict[str, str]:
    """Call a province official where all its units are; lines inside it do not matter."""
    states = {code: str(Status.OFFICIAL) for code in codes_of(one.edition, Level.PROVINCE)}
    for code, state in one.status.items():
        if state is Status.KEPT and not is_island(one.edition, code):
            states[province_of(one.edition, code)] = str(Status.KEPT)
    return states


def _marks(about: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """Say in the manifest how far a layer is official, and where it comes from."""
    states = about["status"][record["level"]]
    apart = [code for code, state in states.items() if state in (Status.KEPT, Status.SPLIT)]
    official = len(states) - len(apart)
    if not official:
        kind = boundaries.KIND_APPROXIMATE
    elif all(is_island(record["edition"], code) for code in apart):
        kind = boundaries.KIND_OFFICIAL
    else:
        kind = boundaries.KIND_PARTLY
    source = about["source"]
    name = Path(record["url"]).name
    return {
        "url": f"{served_dir().name}/{name}",
        "kind": kind,
        "n_official": official,
        "origin_id": source["origin_id"] or BUNDLED_ORIGIN,
        "origin_name": source["name"],
        "origin_date": source["date"],
    }
