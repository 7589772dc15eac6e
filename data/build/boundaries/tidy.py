"""Make a painting fit to be drawn: no cell of land undecided, no specks, no frayed borders."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from data.build.boundaries.paint import OUTSIDE

# Width of the vote on the outline and on borders, in cells.
SIGMA = 2.0
REACH = 8
# Smaller bits of land or water than this, in cells, are specks unless the outline has them.
SPECK = 40
# Islands smaller than this, in cells, are left out: nobody sees them, and there are hundreds.
CRUMB = 40


def settled_land(labels: np.ndarray, land: np.ndarray, outside: np.ndarray) -> np.ndarray:
    """Decide which cells are land.

    Parameters
    ----------
    outside
        What it cost to leave a cell outside; where that is infinite, land stays.

    Returns
    -------
    ndarray of bool
        The painted cells and the land that nothing claimed, the line between them and the outside
        smoothed where it is not the original one, without new specks.
    """
    painted = (labels != OUTSIDE) | (land & np.isposinf(outside))
    smooth = ndimage.gaussian_filter(painted.astype(np.float32), SIGMA) > 0.5
    settled = np.where(painted == land, painted, smooth)
    for value in (True, False):
        parts, count = ndimage.label(settled == value)
        sizes = np.bincount(parts.ravel(), minlength=count + 1)
        kept = np.zeros(count + 1, bool)
        kept[np.unique(parts[land == value])] = True
        settled[(sizes < SPECK)[parts] & ~kept[parts] & (parts > 0)] = not value
    return np.asarray(settled, dtype=bool)


def filled(labels: np.ndarray, land: np.ndarray) -> np.ndarray:
    """Give undecided land the label of the nearest decided cell, and water none."""
    nearest = ndimage.distance_transform_edt(
        labels == OUTSIDE, return_distances=False, return_indices=True
    )
    found = labels[tuple(nearest)]
    found[~land] = OUTSIDE
    return np.asarray(found)


def smoothed(labels: np.ndarray, within: np.ndarray | None = None) -> np.ndarray:
    """Let each cell take the label that is commonest around it.

    Parameters
    ----------
    within
        Another painting whose borders are kept: only cells of one label of it vote together, and
        every label of `labels` lies in one label of `within`.
    """
    most = np.zeros(labels.shape, np.float32)
    found = labels.copy()
    for number, box in enumerate(ndimage.find_objects(labels + 1)):
        if box is None:
            continue
        window = tuple(slice(max(s.start - REACH, 0), s.stop + REACH) for s in box)
        mine = labels[window] == number
        votes = ndimage.gaussian_filter(mine.astype(np.float32), SIGMA)
        if within is not None:
            votes[within[window] != within[window][mine][0]] = 0
        won = votes > most[window]
        most[window][won] = votes[won]
        found[window][won] = number
    found[labels == OUTSIDE] = OUTSIDE
    return found


def regrouped(atoms: np.ndarray, groups: np.ndarray, group_of: np.ndarray) -> np.ndarray:
    """Bring atoms into line with a painting of groups.

    Returns
    -------
    ndarray of int32
        Cells whose atom is not of their group take the nearest atom that is.
    """
    owner = np.append(group_of, OUTSIDE)[atoms]
    found = atoms.copy()
    for number, box in enumerate(ndimage.find_objects(groups + 1)):
        if box is None:
            continue
        window = tuple(slice(max(s.start - REACH, 0), s.stop + REACH) for s in box)
        right = (owner[window] == number) & (groups[window] == number)
        wrong = (groups[window] == number) & ~right
        if not wrong.any() or not right.any():
            continue
        nearest = ndimage.distance_transform_edt(
            ~right, return_distances=False, return_indices=True
        )
        found[window][wrong] = atoms[window][tuple(nearest)][wrong]
    return found


def without_crumbs(labels: np.ndarray) -> np.ndarray:
    """Leave out islands too small to be seen, whatever their label."""
    parts, count = ndimage.label(labels != OUTSIDE)
    small = np.bincount(parts.ravel(), minlength=count + 1) < CRUMB
    return np.where(small[parts], OUTSIDE, labels).astype(np.int32)


def without_small(land: np.ndarray) -> np.ndarray:
    """Leave out islands of an outline that are too small to be painted."""
    parts, count = ndimage.label(land)
    small = np.bincount(parts.ravel(), minlength=count + 1) < CRUMB
    return np.asarray(land & ~small[parts], dtype=bool)


def joined(labels: np.ndarray) -> np.ndarray:
    """Give bits of an area that lie apart from its largest part, touching others, to those.

    Parts that touch no other area are islands and stay.
    """
    found = labels.copy()
    undecided = np.zeros(labels.shape, bool)
    for number, box in enumerate(ndimage.find_objects(labels + 1)):
        if box is None:
            continue
        window = tuple(slice(max(s.start - 1, 0), s.stop + 1) for s in box)
        parts, count = ndimage.label(labels[window] == number)
        if count < 2:
            continue
        sizes = np.bincount(parts.ravel())[1:]
        for part in np.flatnonzero(np.arange(count) != np.argmax(sizes)) + 1:
            mine = parts == part
            rim = ndimage.binary_dilation(mine) & ~mine
            if (labels[window][rim] != OUTSIDE).any():
                undecided[window] |= mine
    found[undecided] = OUTSIDE
    return filled(found, labels != OUTSIDE)
