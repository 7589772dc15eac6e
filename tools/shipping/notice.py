"""The part of NOTICE that lists packages and their licences."""

from __future__ import annotations

from typing import Final

from tools.shipping.packages import ROOT, npm_packages, python_packages

FILE: Final = ROOT / "NOTICE"
BEGIN: Final = "PACKAGES (installed from their registries, not part of this repository)"
END: Final = "END OF PACKAGES"


def written() -> str:
    """Write the part."""
    lines = [BEGIN, "Each carries the text of its licence with it.", "Python:"]
    lines += [f"- {one.name}: {one.licence}" for one in python_packages()]
    lines += ["Served to the browser (static/vendor):"]
    lines += [f"- {one.name}: {one.licence}" for one in npm_packages()]
    return "\n".join([*lines, END])


def write() -> None:
    """Put it into NOTICE, in place of what was there."""
    text = FILE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if rest else "\n"
    FILE.write_text(f"{before.rstrip()}\n\n{written()}{after}", encoding="utf-8")
