"""Open pages of a checkout without a browser and write down all that they show.

A script on its own, run by path in the folder of the checkout: a JSON object with the cases comes
in, a file for each is written.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

FIRST = "overview"
SLOWEST = 180
LONG = 200  # a longer text is broken where a tag or a record begins
STYLE = "<style"
STYLES = "styles.txt"


def broken(text: str) -> list[str]:
    """Part a text into lines that can be compared."""
    if len(text) > LONG:
        text = re.sub(r"(?<=[^\n<])(?=<[a-z])|(?<=[\]}],)(?=\S)", "\n", text)
    return text.splitlines()


def parsed(text: str) -> Any:
    """Read a text that is JSON; else return it as it is."""
    if text[:1] not in "{[":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def lines_of(data: Any, name: str = "") -> Iterator[str]:
    """Yield what is in a message, a line for each value, named by the way to it."""
    data = parsed(data) if isinstance(data, str) else data
    if isinstance(data, dict):
        for key, item in data.items():
            yield from lines_of(item, f"{name}.{key}")
    elif isinstance(data, list) and any(isinstance(item, dict | list) for item in data):
        for n, item in enumerate(data):
            yield from lines_of(item, f"{name}[{n}]")
    elif isinstance(data, str):
        lines = broken(data)
        yield f"{name} = {lines[0] if lines else ''}"
        yield from (f"    {line}" for line in lines[1:])
    else:
        yield f"{name} = {json.dumps(data, ensure_ascii=False)}"


def element_lines(element: Any, styles: set[str]) -> Iterator[str]:
    """Yield what an element shows."""
    kind = getattr(element, "type", type(element).__name__)
    proto = getattr(element, "proto", None)
    body = getattr(proto, "body", "")
    if isinstance(body, str) and body.startswith(STYLE):
        styles.add(body)
        return
    yield f"- {kind}"
    if kind in ("arrow_data_frame", "arrow_table", "dataframe", "table"):
        yield from element.value.to_csv().splitlines()
    elif isinstance(proto, Message):
        yield from lines_of(MessageToDict(proto))


def block_lines(block: Any, styles: set[str]) -> Iterator[str]:
    """Yield what a block holds, with the blocks in it."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield f"[ {child.type}"
            proto = getattr(child, "proto", None)
            if isinstance(proto, Message):
                yield from lines_of(MessageToDict(proto))
            yield from block_lines(child, styles)
            yield "]"
        else:
            yield from element_lines(child, styles)


def take_step(app: AppTest, step: list[str], inputs: Path) -> None:
    """Do with a page what a reader does."""
    verb, number, *names = step
    if verb == "write":
        app.text_area[int(number)].set_value((inputs / names[0]).read_text("utf-8")).run()
    elif verb == "upload":
        files = [(name, (inputs / name).read_bytes(), "") for name in names]
        box = app.file_uploader[int(number)]
        box.set_value(files if box.accept_multiple_files else files[0]).run()
    elif verb == "press":
        app.button[int(number)].click().run()
    else:
        raise ValueError(f"{verb!r} is no step; write, upload or press")


def shown(case: dict[str, Any], lang: str, inputs: Path, styles: set[str]) -> Iterator[str]:
    """Open a page and yield all that it shows."""
    app = AppTest.from_file(Path("app.py").resolve(), default_timeout=SLOWEST)
    app.query_params.update({"lang": lang, **case["params"]})
    if case["page"] != FIRST:
        app.switch_page(f"pages/{case['page']}.py")
    app.run()
    for step in case["steps"]:
        take_step(app, step, inputs)
    yield from lines_of(dict(app.query_params), "address")
    for problem in app.exception:
        yield f"exception = {problem.message}"
    yield from block_lines(app._tree, styles)


def main() -> None:
    """Open every page that is asked for."""
    sys.path.insert(0, os.environ["PYTHONPATH"])
    plan = json.load(sys.stdin)
    out, styles = Path(plan["out"]), set[str]()
    for case in plan["cases"]:
        try:
            lines = list(shown(case, plan["lang"], Path(plan["inputs"]), styles))
        except Exception:  # a page that cannot be opened is what is to be told
            lines = ["could not be opened", *traceback.format_exc().splitlines()[-3:]]
        (out / f"{case['name']}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (out / STYLES).write_text("\n\n".join(sorted(styles)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
