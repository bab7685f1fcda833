"""The server of a preview."""

from __future__ import annotations

import http.client
import socket
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.preview.server import HOST, PreviewServer, open_server
from octavo.preview.status import Status

PAGE = "<html><head></head><body>{}</body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text(PAGE.format("home"))
    (tmp_path / "site/404.html").write_text(PAGE.format("nothing here"))
    (tmp_path / "site/data.json").write_text("{}")
    server = open_server(0, tmp_path, tmp_path / "site", Status())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.status.close()
    server.shutdown()
    server.server_close()
    thread.join()


def ask(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_it_listens_only_on_this_machine(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_page_is_served_uncached_with_the_script(server: PreviewServer) -> None:
    answer, text = ask(server, "/")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "home" in text
    assert f'data-version="{server.status.state.version}"' in text


def test_other_files_are_served_unchanged(server: PreviewServer) -> None:
    assert ask(server, "/data.json")[1] == "{}"


def test_slow_clients_of_a_large_file_use_little_memory(server: PreviewServer) -> None:
    size = 40_000_000
    with (server.site / "film.mp4").open("wb") as film:
        film.truncate(size)
    tracemalloc.start()
    readers = [http.client.HTTPConnection(HOST, server.server_port, timeout=10) for _ in range(5)]
    for reader in readers:
        reader.request("GET", "/film.mp4")
        assert reader.getresponse().headers["Content-Length"] == str(size)
    assert tracemalloc.get_traced_memory()[1] < size / 2
    tracemalloc.stop()
    for reader in readers:
        reader.close()


def test_a_head_request_gets_the_same_headers_without_a_body(server: PreviewServer) -> None:
    full, _ = ask(server, "/")
    head, text = ask(server, "/", "HEAD")
    assert text == ""
    assert head.headers["Content-Length"] == full.headers["Content-Length"]


def test_a_missing_page_gets_the_404_page_of_the_site(server: PreviewServer) -> None:
    answer, text = ask(server, "/nothing.html")
    assert answer.status == 404
    assert "nothing here" in text


def test_the_published_headers_are_sent(server: PreviewServer) -> None:
    (server.root / "netlify.toml").write_text('[[headers]]\nfor = "/*"\n[headers.values]\nX-Frame-Options = "DENY"\n')
    assert ask(server, "/")[0].headers["X-Frame-Options"] == "DENY"


def test_a_failure_is_on_every_page_until_it_is_fixed(server: PreviewServer) -> None:
    server.status.set_failed("data/news.yml:3:1: wrong")
    for path in ("/", "/nothing.html"):
        assert "data/news.yml:3:1: wrong" in ask(server, path)[1]
    server.status.set_built("/", renewed=False)
    assert "wrong" not in ask(server, "/")[1]


def test_a_failure_is_shown_while_there_is_no_site(server: PreviewServer) -> None:
    server.site.rename(server.site.with_name("away"))
    server.status.set_failed("_quarto.yml:1: wrong")
    answer, text = ask(server, "/")
    assert answer.status == 503
    assert "_quarto.yml:1: wrong" in text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_requests_for_another_host_name_are_refused(server: PreviewServer, host: str) -> None:
    answer, text = ask(server, "/", Host=host)
    assert answer.status == 421
    assert "home" not in text


@pytest.mark.parametrize("path", ["/__preview__/nothing", "/__preview__/../server.py", "/__preview__/"])
def test_no_other_files_of_the_package_are_served(server: PreviewServer, path: str) -> None:
    answer, text = ask(server, path)
    assert (answer.status, text) == (404, "")


@pytest.mark.parametrize("name", ["preview.js", "preview.css"])
def test_the_previews_own_parts_are_served(server: PreviewServer, name: str) -> None:
    answer, text = ask(server, "/__preview__/" + name)
    assert answer.status == 200
    assert text


def test_the_event_stream_sends_the_version_and_each_new_one(server: PreviewServer) -> None:
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=10)
    connection.request("GET", "/__preview__/events")
    stream = connection.getresponse()
    assert stream.headers["Content-Type"] == "text/event-stream"
    versions = []
    for number in range(3):
        if number:
            server.status.set_failed(f"wrong {number}")
        while not (line := stream.readline().decode()).startswith("data: "):
            assert line
        versions.append(line.removeprefix("data: ").strip())
        assert versions[-1] == server.status.state.version
    connection.close()
    assert len(set(versions)) == 3


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OctavoError, match=f"can't listen at port {port}: .*--port"):
            open_server(port, tmp_path, tmp_path, Status())


def test_an_invalid_port_is_named(tmp_path: Path) -> None:
    with pytest.raises(OctavoError, match="port 99999"):
        open_server(99999, tmp_path, tmp_path, Status())


def test_without_a_port_the_next_free_one_is_used(tmp_path: Path) -> None:
    servers = [open_server(None, tmp_path, tmp_path, Status()) for _ in range(2)]
    ports = {server.server_port for server in servers}
    for server in servers:
        server.server_close()
    assert len(ports) == 2
