"""Local servers: one replays answers, good and bad, and records requests; another sends given bytes."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """An answer and the way it is sent."""

    body: bytes | str | dict[str, Any] | list[Any] = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    length: int | None = None
    """The `Content-Length` to claim; more than there is makes the answer truncated."""

    def encode(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


class Replay:
    """Replies by path: one after another, repeating the last."""

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
            with suppress(ConnectionError):  # the client closed the connection of a slow answer
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


@contextmanager
def serve_bytes(*pieces: bytes, pause: float = 0.05, repeat: bool = True) -> Iterator[str]:
    """The address of a server that sends these pieces with a pause after each, repeating the last forever."""
    is_over = threading.Event()

    def send(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            for piece in pieces:
                connection.sendall(piece)
                is_over.wait(pause)
            while repeat and not is_over.wait(pause):
                connection.sendall(pieces[-1])

    def accept() -> None:
        with suppress(OSError):  # the socket is closed at the end
            while True:
                threading.Thread(target=send, args=(server.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            is_over.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def make_csl(**changes: Any) -> dict[str, Any]:
    """An item as Crossref sends it."""
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


ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns="http://www.w3.org/2005/Atom"><opensearch:startIndex>0</opensearch:startIndex>{}</feed>
"""
ENTRY = """<entry>
<id>http://arxiv.org/abs/{id}v3</id><published>2024-11-13T05:37:49Z</published><updated>2025-02-12T00:00:00Z</updated>
<title>{title}</title><summary>  We show
  words. </summary>
<author><name>Emmy Noether</name></author><author><name>Jae Hyung Ju</name></author>{more}
</entry>"""


def make_atom(*identifiers: str, title: str = "Lynx: Efficient\n  MoE Inference", more: str = "") -> Reply:
    """An answer of arXiv."""
    entries = "".join(ENTRY.format(id=identifier, title=title, more=more) for identifier in identifiers)
    return Reply(ATOM.format(entries), kind="application/atom+xml")
