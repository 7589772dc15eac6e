"""The rooms of the house: what a package shows of itself, and that nobody reaches past it.

Which floor may use which is checked by import-linter: see `[tool.importlinter]` in pyproject.toml.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from base.folders import ROOT

FLOORS = ("base", "geo", "metrics", "ui")
CODE = (*FLOORS, "pages", "data")
USERS = (*CODE, "benchmarks", "tests")
LONGEST_INIT = 64
# Modules of commands are named by the program that runs them, and built upon by commands that draw.
COMMANDS = "commands"


@dataclass(frozen=True)
class Import:
    """One name that a file imports: ``from module import name``, or ``import module``."""

    file: Path
    line: int
    module: str
    name: str
    called: str

    def __str__(self):
        return f"{self.file}:{self.line}: from {self.module} import {self.name}"


@cache
def files(*tops):
    found = [path for top in tops for path in sorted((ROOT / top).rglob("*.py"))]
    return tuple(path.relative_to(ROOT) for path in found)


@cache
def tree(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


@cache
def imports(path):
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found += [
                Import(path, node.lineno, node.module, one.name, one.asname or one.name)
                for one in node.names
            ]
        elif isinstance(node, ast.Import):
            found += [
                Import(path, node.lineno, one.name, "", one.asname or one.name)
                for one in node.names
            ]
    return tuple(one for one in found if one.module.split(".")[0] in FLOORS)


def package_of(path):
    return ".".join(path.parent.parts)


def is_package(module):
    return (ROOT / module.replace(".", "/") / "__init__.py").exists()


def is_file(module):
    return (ROOT / (module.replace(".", "/") + ".py")).exists()


@cache
def shown(package):
    """Return the names of its own that a package re-exports."""
    path = Path(package.replace(".", "/")) / "__init__.py"
    return {
        one.asname or one.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(package)
        for one in node.names
    }


def reached(one):
    """Return the module that an import names, and whether that is a file of a package."""
    whole = f"{one.module}.{one.name}" if one.name else one.module
    if is_package(one.module) and one.name in shown(one.module):
        return one.module, False
    if is_file(whole):
        return whole, True
    return (whole if is_package(whole) else one.module), is_file(one.module)


# Each of them brings a library that the rest of the room need not load.
APART = {f"base.reading.{name}" for name in ("layers", "parquet", "workbook")}


def allowed(one, module):
    """Tell whether an import may reach a file: of its own room, a command, a reader apart."""
    room = module.rpartition(".")[0]
    if room == package_of(one.file) or module in APART:
        return True
    program = one.file.name == "__main__.py" or package_of(one.file).endswith(COMMANDS)
    last = module.rpartition(".")[2]
    return program and (room.endswith(f".{COMMANDS}") or "cli" in last.split("_"))


def test_others_import_from_a_package_and_not_from_its_files():
    wrong = [
        str(one)
        for path in files("base", "geo", "metrics", "data")
        for one in imports(path)
        for module, file in [reached(one)]
        if file and not allowed(one, module)
    ]
    assert wrong == []


def test_a_package_is_not_imported_by_its_own_files():
    wrong = [
        str(one)
        for path in files(*FLOORS)
        if path.name not in ("__init__.py", "__main__.py")
        for one in imports(path)
        if reached(one) == (package_of(path), False)
    ]
    assert wrong == []


def test_what_is_private_stays_in_its_room():
    wrong = [
        str(one)
        for path in (*files(*USERS), Path("app.py"), Path("serve.py"))
        for one in imports(path)
        if any(
            part.startswith("_") and part != "__main__"
            for part in (one.name, *one.module.split("."))
        )
        and not reached(one)[0].startswith(package_of(path))
    ]
    assert wrong == []


INITS = [path for path in files(*FLOORS) if path.name == "__init__.py"]


@pytest.mark.parametrize("path", INITS, ids=package_of)
def test_a_package_says_what_it_is_and_defines_nothing(path):
    says, *rest = tree(path).body
    assert isinstance(says, ast.Expr)
    assert isinstance(says.value, ast.Constant)
    assert all(isinstance(node, ast.ImportFrom) for node in rest)
    shown_of = {node.module.rpartition(".")[0] for node in rest}
    assert {room for room in shown_of if room.split(".")[0] in FLOORS} <= {package_of(path)}
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_INIT


def test_what_a_package_shows_is_used_by_others():
    used = defaultdict(set)
    for path in (*files(*USERS), Path("app.py"), Path("serve.py")):
        packages = {}
        for one in imports(path):
            used[one.module].add(one.name)
            whole = f"{one.module}.{one.name}"
            if is_package(whole):
                packages[one.called] = whole
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used[packages.get(node.value.id, "")].add(node.attr)
    unused = {
        package_of(path): sorted(left)
        for path in INITS
        if (left := shown(package_of(path)) - used[package_of(path)])
    }
    assert unused == {}


def test_no_file_lies_outside_a_room():
    loose = {path.name for top in FLOORS for path in files(top) if len(path.parts) == 2}
    assert loose <= {"__init__.py", "__main__.py"}


def test_no_file_repeats_the_name_of_its_room():
    rooms = [path for path in files(*FLOORS) if len(path.parts) > 2]
    assert [path for path in rooms if path.stem.startswith(f"{path.parent.name}_")] == []


def test_what_is_worked_out_of_a_store_is_kept_in_it():
    """A cache of a function would hold every store that it was asked about until pushed out."""
    caching = ("lru_cache", "cache", "kept")
    found = [
        f"{path}:{node.lineno}: {node.name}"
        for path in files("metrics", "ui", "pages")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and {ast.unparse(one).partition("(")[0] for one in node.decorator_list} & {*caching}
        and any(one.annotation and "Store" in ast.unparse(one.annotation) for one in node.args.args)
    ]
    assert found == []
