"""What networks are called: technologies, and operators by their country and network code.

Names only of the codes of Viet Nam that the list of ITU-T Recommendation E.212 (annexed to the
ITU Operational Bulletin) names unambiguously; any other stays a bare code such as "452-05".
"""

from __future__ import annotations

from typing import Final

import numpy as np

from geo._coverage_columns import key
from geo._coverage_geodesy import Bools
from geo._coverage_records import Texts

MCC_VIET_NAM: Final = 452
OPERATORS: Final = {1: "MobiFone", 2: "VinaPhone", 4: "Viettel"}
_TECHNOLOGIES: Final = {
    "": "",
    **dict.fromkeys(("2g", "gsm", "gprs", "edge"), "2G"),
    **dict.fromkeys(("3g", "umts", "wcdma", "hspa", "hsdpa"), "3G"),
    **dict.fromkeys(("4g", "lte", "ltea"), "4G"),
    **dict.fromkeys(("5g", "nr", "5gnr"), "5G"),
    "cdma": "CDMA",
    "nbiot": "NB-IoT",
}
TECHNOLOGIES: Final = ("2G", "3G", "4G", "5G", "CDMA", "NB-IoT", "")


def technologies(cells: Texts) -> tuple[Texts, Bools]:
    """Name the technologies of a column.

    Returns
    -------
    names
        "2G" to "5G", "CDMA", "NB-IoT"; "" where the cell is empty.
    bad
        Where a cell names none of them.
    """
    known = {cell: _TECHNOLOGIES.get(key(cell)) for cell in set(cells)}
    names = [known[cell] for cell in cells]
    bad = np.array([name is None for name in names], dtype=bool)
    return np.array([name or "" for name in names], dtype=object), bad


def operator(mcc: int, mnc: int) -> str:
    """Name an operator by its codes.

    Examples
    --------
    >>> operator(452, 4), operator(452, 5)
    ('Viettel', '452-05')
    """
    if mcc == MCC_VIET_NAM and mnc in OPERATORS:
        return OPERATORS[mnc]
    return f"{mcc}-{mnc:02d}"


def operator_name(cell: str) -> str:
    """Write the name of an operator the one way, whatever capitals a file has."""
    for name in OPERATORS.values():
        if key(cell) == key(name):
            return name
    return cell
