"""A server for a built site: static files on this machine, with the headers that the site is published with."""

from __future__ import annotations

import gzip
import io
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from octavo import policy

# The policy for every page, whoever publishes it.
STRICTEST = {policy.NAME: policy.STRICTEST.write_header(), "X-Content-Type-Options": "nosniff"}


def read_headers(configuration: Path) -> dict[str, str]:
    """The headers that `netlify.toml` sets on every page."""
    rules = tomllib.loads(configuration.read_text(encoding="utf-8")).get("headers", [])
    return {name: value for rule in rules if rule["for"] == "/*" for name, value in rule["values"].items()}


@contextmanager
def serve_site(
    folder: Path, headers: Mapping[str, str] = STRICTEST, path: str = "", *, compressed: bool = False
) -> Iterator[str]:
    """Serve the folder under the path (`/~emmy`) while the context lasts; its address, without a slash at its end.

    `compressed` sends text by gzip, as hosts do, whatever the browser says that it takes.
    """
    handler = partial(_Compressing if compressed else _Handler, folder, headers, path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, headers: Mapping[str, str], path: str, *arguments: Any) -> None:
        self.site_headers = headers
        self.site_path = path
        super().__init__(*arguments, directory=str(folder))

    def translate_path(self, path: str) -> str:
        within = path.startswith(f"{self.site_path}/")
        return super().translate_path(path.removeprefix(self.site_path) if within else "/nowhere")

    def end_headers(self) -> None:
        for name, value in self.site_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own 404 page, as a host does."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


class _Compressing(_Handler):
    def send_head(self) -> BinaryIO | None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        kind = self.guess_type(str(file))
        if not file.is_file() or not (kind.startswith("text/") or kind.endswith(("javascript", "xml", "json"))):
            return super().send_head()
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        return io.BytesIO(body)
