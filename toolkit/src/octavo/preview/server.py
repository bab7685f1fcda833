"""The server of a preview: for this machine only, without caching, with an event stream that says when to reload."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from octavo.errors import OctavoError
from octavo.preview.served_pages import ASSETS, EMPTY_PAGE, OWN, content_type, open_file, put_in, read_headers
from octavo.preview.status import Status

HOST = "127.0.0.1"
DEFAULT_PORT = 4848
# How many ports to try, from the default one.
PORTS = 20
# How often to write to a stream; it fails once the browser is gone.
HEARTBEAT_SECONDS = 5.0
NAMES = frozenset({"127.0.0.1", "localhost"})


class PreviewServer(ThreadingHTTPServer):
    """Serves the site in `site`, made from the project at `root`, as `status` says."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port: int, root: Path, site: Path, status: Status) -> None:
        super().__init__((HOST, port), Handler)
        self.root = root
        self.site = site
        self.status = status

    @property
    def address(self) -> str:
        """The address for a browser."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore browsers that disconnect during a response."""


def open_server(port: int | None, root: Path, site: Path, status: Status) -> PreviewServer:
    """A server that listens at `port`, or at the first free one from DEFAULT_PORT; OctavoError if it can't."""
    ports = range(DEFAULT_PORT, DEFAULT_PORT + PORTS) if port is None else [port]
    for number in ports:
        try:
            return PreviewServer(number, root, site, status)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
    raise OctavoError(f"the preview can't listen at port {ports[0]}: {reason}; choose another one with --port")


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "preview"
    sys_version = ""

    @property
    def _preview(self) -> PreviewServer:
        return cast(PreviewServer, self.server)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep requests off the terminal."""

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer with the body."""
        self._answer()

    def _answer(self) -> None:
        # Another site must not read this one through its own host name that resolves here (DNS rebinding).
        if urlsplit("//" + self.headers.get("Host", "")).hostname not in NAMES:
            text = b"This preview answers to 127.0.0.1 and localhost only.\n"
            self._send(HTTPStatus.MISDIRECTED_REQUEST, {"Content-Type": "text/plain; charset=utf-8"}, text)
        elif self.path == OWN + "events":
            self._stream()
        elif self.path.startswith(OWN):
            self._send_own(ASSETS / PurePosixPath(self.path).name)
        else:
            self._send_file()

    def _send_own(self, file: Path) -> None:
        if file.is_file():
            self._send(HTTPStatus.OK, {"Content-Type": content_type(file)}, file.read_bytes())
        else:
            self._send(HTTPStatus.NOT_FOUND, {}, b"")

    def _send_file(self) -> None:
        """Send the site's file, or its 404 page, or the error while there is no site."""
        preview, status = self._preview, HTTPStatus.OK
        state = preview.status.state
        found = open_file(preview.site, self.path, state.base)
        if found is None:
            status = HTTPStatus.NOT_FOUND if preview.site.is_dir() else HTTPStatus.SERVICE_UNAVAILABLE
            found = open_file(preview.site, "/404.html", "/")
        headers = read_headers(preview.root, self.path.partition("?")[0])
        with found or BytesIO(EMPTY_PAGE) as content:
            file = Path(found.name if found else "404.html")
            headers["Content-Type"] = content_type(file)
            if file.suffix == ".html":
                self._send(status, headers, put_in(content.read(), state))
            else:
                self._send_head(status, headers, os.fstat(content.fileno()).st_size)
                self._send_body(content)

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], content: bytes) -> None:
        self._send_head(status, headers, len(content))
        self._send_body(BytesIO(content))

    def _send_head(self, status: HTTPStatus, headers: Mapping[str, str], size: int) -> None:
        self.send_response(status)
        for name, value in {**headers, "Cache-Control": "no-store", "Content-Length": str(size)}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_body(self, content: BinaryIO) -> None:
        """In pieces, so that many slow readers of a long film don't each hold a copy in memory."""
        if self.command != "HEAD":
            shutil.copyfileobj(content, self.wfile)

    def _stream(self) -> None:
        """Send the version now and each time it changes, until the browser or the preview is gone."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(b"retry: 500\n\n")
        status, version = self._preview.status, None
        while self.command != "HEAD" and not status.closed:
            state = status.wait(version, HEARTBEAT_SECONDS)
            version = state.version if state else version
            self.wfile.write(f"event: version\ndata: {version}\n\n".encode() if state else b": still here\n\n")
            self.wfile.flush()
