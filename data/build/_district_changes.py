"""One misprint of the list of district changes, corrected wherever the list is read.

district_changes.csv sends Nông Sơn (519) to code 512 and calls it Huyện Quế Sơn. 512 is Hiệp Đức;
Quế Sơn, which the communes of Nông Sơn joined on 1 January 2025, is 509.
"""

MISPRINTS = {("519", "512"): "509"}


def new_code(old: str, new: str) -> str:
    """Return the code that a district of 2019 became, as it should read."""
    return MISPRINTS.get((old, new), new)
