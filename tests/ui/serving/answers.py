"""Ask an ASGI application as a browser does."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace


def ask(app, path, query="", method="GET", **headers):
    """Return status, headers and body of an answer."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()],
    }
    said = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        said.append(message)

    asyncio.run(app(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    body = b"".join(part.get("body", b"") for part in said[1:])
    return SimpleNamespace(status=said[0]["status"], headers=told, body=body)


async def behind(scope, receive, send):
    """Stand behind a middleware, and say that it let something pass."""
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"behind"})
