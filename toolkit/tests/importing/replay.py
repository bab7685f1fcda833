"""A local server that replays answers, good and bad, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """An answer, and how it is sent."""

    body: bytes | str | dict[str, Any] | list[Any] = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    length: int | None = None
    """The length that it claims to have; more than there is makes it a truncated one."""

    def encode(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


class Replay:
    """Replies by path; of several, one after the other, the last one again and again."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def reply(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def find(self, path: str) -> Reply:
        known = self.replies.get(path) or self.replies.get(path.partition("?")[0])
        if not known:
            return Reply(b"nothing here", 404, "text/plain")
        return known.pop(0) if len(known) > 1 else known[0]


@contextmanager
def serve_replies() -> Iterator[Replay]:
    """The server, on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            replay.asked.append((self.path, dict(self.headers)))
            reply = replay.find(self.path)
            time.sleep(reply.delay)
            body = reply.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(body) if reply.length is None else reply.length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with suppress(ConnectionError):  # the client had enough of a slow answer
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    replay = Replay(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield replay
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_csl(**changes: Any) -> dict[str, Any]:
    """An item as Crossref answers it."""
    return {
        "source": "Crossref",
        "type": "proceedings-article",
        "title": "VTC: DNN Compilation with Virtual Tensors",
        "author": [{"given": "Muyan", "family": "Hu"}, {"given": "Emmy", "family": "Noether"}],
        "issued": {"date-parts": [[2026, 7, 7]]},
        "container-title": "Proc. of OSDI",
        "publisher": "USENIX",
        "DOI": "10.1145/1.2",
        **changes,
    }


ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{}</feed>
"""
ENTRY = """<entry>
<id>http://arxiv.org/abs/{id}v3</id><published>2024-11-13T05:37:49Z</published><updated>2025-02-12T00:00:00Z</updated>
<title>{title}</title><summary>  We show
  words. </summary>
<author><name>Emmy Noether</name></author><author><name>Jae Hyung Ju</name></author>{more}
</entry>"""


def make_atom(*identifiers: str, title: str = "Lynx: Efficient\n  MoE Inference", more: str = "") -> Reply:
    """arXiv's answer."""
    entries = "".join(ENTRY.format(id=identifier, title=title, more=more) for identifier in identifiers)
    return Reply(ATOM.format(entries), kind="application/atom+xml")
