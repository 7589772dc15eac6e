"""What is shipped: all of it pinned, with hashes, and its licences told."""

from __future__ import annotations

import re

import pytest

from tools.shipping import lock, notice, sbom
from tools.shipping.packages import ROOT, lines_of, normal, npm_packages, python_packages

AGAIN = "requirements, constraints or package.json have changed: run `python -m tools.shipping {}`"


@pytest.fixture(scope="module")
def packages():
    return python_packages()


def locked(file):
    """Return the packages of a file with their hashes."""
    text = file.read_text(encoding="utf-8").replace(" \\\n", " ")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {line[0]: line[1:] for line in lines}


def test_every_package_is_locked_in_its_version_with_hashes(packages):
    found = locked(lock.APP_FILE)
    assert set(found) == {f"{one.name}=={one.version}" for one in packages}, AGAIN.format("lock")
    for hashes in (*found.values(), *locked(lock.BUILD_FILE).values()):
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes)
    # Compiled ones have a file for each machine and Python.
    assert len(found[next(name for name in found if name.startswith("numpy=="))]) == 4


def test_the_versions_locked_are_those_that_everybody_has(packages):
    pinned = {}
    for line in lines_of(ROOT / "constraints.txt"):
        name, version = line.split("==")
        pinned[normal(name)] = version
    assert {one.name: one.version for one in packages}.items() <= pinned.items()
    assert lock.BUILD[0] in (ROOT / "tools" / "npm.sh").read_text(encoding="utf-8")


def test_the_licence_of_everything_shipped_is_in_the_notice(packages):
    text = notice.FILE.read_text(encoding="utf-8")
    assert notice.written() in text, AGAIN.format("notice")
    assert [one.name for one in packages if not one.licence] == []
    vendored = (ROOT / "tools" / "vendor.sh").read_text(encoding="utf-8")
    copied = {
        "/".join(path.split("/")[: 2 if path.startswith("@") else 1])
        for path in re.findall(r'cp "?node_modules/([\w@./-]+)', vendored)
    }
    assert {one.name for one in npm_packages()} == copied


def test_the_bill_of_materials_lists_each_once_with_licence_and_address(packages):
    found = sbom.bill()
    refs = [one["bom-ref"] for one in found["components"]]
    assert len(refs) == len(set(refs)) == len(packages) + len(npm_packages())
    assert found["dependencies"][0]["dependsOn"] == refs
    for one in found["components"]:
        assert re.fullmatch(r"pkg:(pypi|npm)/[\w.%/-]+@[\w.]+", one["purl"])
        [licence] = one["licenses"]
        told = licence.get("expression") or next(iter(licence["license"].values()))
        assert re.fullmatch(r"[\w.()+ -]+", told)
