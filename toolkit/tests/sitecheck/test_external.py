import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from octavo.sitecheck.check import check_site
from octavo.sitecheck.external import (
    Answer,
    RequestOptions,
    ask_all,
    find_external,
    format_answers,
    is_fresh,
    read_answers,
    write_answers,
)
from octavo.sitecheck.site import read_site
from tests.importing.replay import serve_bytes
from tests.sitecheck.example import URL, write_site

QUICK = RequestOptions(pause=0, deadline=60, retry_after=0)
IMPATIENT = RequestOptions(pause=0, deadline=0.5, retry_after=0)
NOW = datetime(2025, 11, 3, tzinfo=UTC)
ASKED = NOW.isoformat()


# Seconds before a silent host closes the connection.
SILENCE = 1


class Host(BaseHTTPRequestHandler):
    """A host that answers by path: /404 with a 404, /head-405 by refusing HEAD, and so on."""

    meeting = threading.Barrier(2, timeout=10)
    requests: list[tuple[str, str]]
    busy = 0
    most_at_once = 0
    times: list[float]

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        cls = type(self)
        cls.busy += 1
        cls.most_at_once = max(cls.most_at_once, cls.busy)
        cls.times.append(time.monotonic())
        seen = Counter(self.requests)
        self.requests.append((self.command, self.path))
        try:
            self.choose(self.path.strip("/"), seen[(self.command, self.path)])
        finally:
            cls.busy -= 1

    def choose(self, name, times_before):
        if name.startswith("head-"):
            self.reply(int(name.removeprefix("head-")) if self.command == "HEAD" else 200)
        elif name.startswith("once-"):
            self.reply(int(name.removeprefix("once-")) if times_before == 0 else 200)
        elif name.startswith(("moved-", "found-")):
            self.send_response(301 if name.startswith("moved-") else 302)
            self.send_header("Location", "/" + name.split("-", 1)[1])
            self.end_headers()
        elif name == "silent":
            time.sleep(SILENCE)
        elif name == "together":
            self.meeting.wait()
            self.reply(200)
        else:
            self.reply(int(name))

    def reply(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def serve() -> Iterator[tuple[str, type[Host]]]:
    handler = type("Handler", (Host,), {"requests": [], "times": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def host():
    with serve() as served:
        yield served


def ask(*addresses, options=QUICK):
    return asyncio.run(ask_all(addresses, options))


@pytest.mark.parametrize(
    ("path", "verdict", "detail"),
    [
        ("200", "alive", "200 OK"),
        ("404", "dead", "404 Not Found"),
        ("410", "dead", "410 Gone"),
        ("401", "refused", "401 Unauthorized"),
        ("403", "refused", "403 Forbidden"),
        ("429", "refused", "429 Too Many Requests"),
        ("999", "refused", "999"),
        ("500", "unreachable", "500 Internal Server Error"),
        ("silent", "unreachable", "no answer in time"),
        ("found-200", "alive", "200 OK"),
        ("moved-404", "dead", "404 Not Found"),
        ("moved-moved-200", "moved", "now {host}/200"),
        ("moved-found-200", "alive", "200 OK"),
        ("head-404", "alive", "200 OK"),
        ("head-405", "alive", "200 OK"),
        ("head-501", "alive", "200 OK"),
        ("once-503", "alive", "200 OK"),
    ],
)
def test_an_answer_decides_whether_an_address_is_dead(host, path, verdict, detail):
    url, _ = host
    answer = ask(f"{url}/{path}", options=IMPATIENT if path == "silent" else QUICK)[f"{url}/{path}"]
    assert (answer.verdict, answer.detail) == (verdict, detail.format(host=url))


def lose_names(monkeypatch, number):
    """Make the resolver fail for every host but this machine, for this reason."""
    find = socket.getaddrinfo

    def getaddrinfo(host, *arguments, **options):
        if host in {"127.0.0.1", b"127.0.0.1"}:
            return find(host, *arguments, **options)
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(("number", "verdict"), [(socket.EAI_NONAME, "dead"), (socket.EAI_AGAIN, "unreachable")])
def test_a_nonexistent_host_is_dead_and_one_that_fails_to_resolve_today_is_not(host, monkeypatch, number, verdict):
    lose_names(monkeypatch, number)
    assert ask(f"{host[0]}/200", "http://nowhere.invalid/")["http://nowhere.invalid/"].verdict == verdict


def test_without_a_network_nothing_is_dead(monkeypatch):
    lose_names(monkeypatch, socket.EAI_NONAME)
    answers = ask("http://one.invalid/", "http://two.invalid/", "http://localhost:1/", "http://127.0.0.1:1/")
    assert {answer.verdict for answer in answers.values()} == {"unreachable"}
    assert "is the network down?" in answers["http://one.invalid/"].detail


def test_a_host_that_refuses_connections_is_unreachable():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert ask(address)[address].verdict == "unreachable"


def test_a_head_request_that_settles_it_is_not_followed_by_a_get(host):
    url, handler = host
    ask(f"{url}/200")
    assert handler.requests == [("HEAD", "/200")]


def test_a_busy_host_is_retried_once(host):
    url, handler = host
    ask(f"{url}/503")
    assert handler.requests == [("HEAD", "/503"), ("GET", "/503"), ("GET", "/503")]


def test_requests_to_one_host_are_sequential_with_a_pause(host):
    url, handler = host
    ask(*(f"{url}/20{number}" for number in (0, 1, 2)))
    assert handler.most_at_once == 1
    handler.times.clear()
    ask(f"{url}/200", f"{url}/201", options=RequestOptions(pause=0.2))
    assert handler.times[1] - handler.times[0] >= 0.2


def test_requests_to_several_hosts_are_concurrent():
    with serve() as (one, _), serve() as (two, _):
        # Neither host answers before the other is asked.
        answers = ask(f"{one}/together", f"{two}/together")
    assert {answer.verdict for answer in answers.values()} == {"alive"}


def test_an_address_is_requested_once_without_its_anchor(tmp_path):
    twice = ("elsewhere", 'elsewhere</a>, <a href="https://example.com/#here">again')
    site = read_site(write_site(tmp_path, {"index.html": twice}), URL)
    assert find_external(site) == {"https://example.com/": ["index.html:18"]}


def test_an_absolute_link_to_another_site_on_the_same_host_is_requested_and_no_fault(tmp_path):
    others = ("https://example.org/~noether/rings-course/", "https://example.org/~artin/")
    for number, other in enumerate(others):
        folder = write_site(tmp_path / str(number), {"index.html": ("https://example.com/", other)})
        assert check_site(folder, url=URL)[1] == []
        assert other in find_external(read_site(folder, URL))


def test_good_answers_are_kept_for_a_week_bad_ones_for_a_day_and_missing_ones_not_at_all():
    assert not is_fresh(Answer("unreachable", "", ASKED), NOW)
    assert is_fresh(Answer("alive", "", ASKED), NOW + timedelta(days=6))
    assert not is_fresh(Answer("alive", "", ASKED), NOW + timedelta(days=7))
    assert is_fresh(Answer("dead", "", ASKED), NOW + timedelta(hours=23))
    assert not is_fresh(Answer("dead", "", ASKED), NOW + timedelta(days=1))
    # A clock that went backwards.
    assert not is_fresh(Answer("alive", "", ASKED), NOW - timedelta(days=1))


def test_stored_answers_are_read_back_unchanged(tmp_path):
    answers = {"https://example.com/ä": Answer("refused", "403 Forbidden", ASKED)}
    write_answers(tmp_path / "new/links.json", answers)
    assert read_answers(tmp_path / "new/links.json") == answers
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["links.json"]


def test_damaged_stored_answers_are_requested_again(tmp_path):
    file = tmp_path / "links.json"
    write_answers(file, {"https://example.com/": Answer("alive", "200 OK", ASKED)})
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole.replace(b"alive", b"moved"), bytes(len(whole))):
        file.write_bytes(damaged)
        assert read_answers(file) == {}


def test_a_check_works_if_answers_cannot_be_stored(tmp_path):
    (tmp_path / "file").touch()
    write_answers(tmp_path / "file/links.json", {"https://example.com/": Answer("alive", "200 OK", ASKED)})


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', "links x\n[]"])
def test_a_foreign_file_of_answers_is_ignored(tmp_path, text):
    (tmp_path / "links.json").write_text(text, encoding="utf-8")
    assert read_answers(tmp_path / "links.json") == {}


def test_the_table_starts_with_dead_links_and_names_their_pages():
    places = {
        "https://a/": ["index.html:1"],
        "https://b/": ["index.html:2"],
        "https://c/": [f"papers/{number}.html:3" for number in range(6)],
    }
    answers = {
        "https://a/": Answer("alive", "200 OK", ASKED),
        "https://b/": Answer("refused", "403 Forbidden", ASKED),
        "https://c/": Answer("dead", "404 Not Found", ASKED),
    }
    assert list(format_answers(places, answers)) == [
        "dead        404 Not Found (checked 2025-11-03)",
        "            https://c/",
        "            in papers/0.html:3, papers/1.html:3, papers/2.html:3, papers/3.html:3 and 2 more",
        "refused     403 Forbidden (checked 2025-11-03)",
        "            https://b/",
        "            in index.html:2",
        "3 external links: 1 dead, 1 refused, 1 alive",
    ]


def test_the_body_of_a_redirect_is_not_read(host):
    url, _ = host
    # The body is endless and in an encoding that wasn't requested; reading it would take until the deadline.
    head = f"HTTP/1.1 302 Found\r\nLocation: {url}/head-405\r\nContent-Encoding: br\r\n\r\n".encode()
    with serve_bytes(head, b"x") as other:
        assert ask(f"{other}/")[f"{other}/"].detail == "200 OK"


@pytest.mark.parametrize("pieces", [(b"HTTP/1.1 200 OK\r\nX: ", b"x"), (b"HTTP/1.1 100 Continue\r\n\r\n",)])
def test_an_endless_answer_is_given_up(pieces):
    with serve_bytes(*pieces) as url:
        answer = ask(url, options=QUICK._replace(deadline=0.2))[url]
    assert (answer.verdict, answer.detail) == ("unreachable", "no answer in time")


def test_circular_redirects_are_unreachable(host):
    url, handler = host
    handler.choose = lambda self, *_: (self.send_response(302), self.send_header("Location", "/"), self.end_headers())
    assert ask(url, options=QUICK._replace(deadline=20))[url].detail == "too many redirects"


def test_an_invalid_port_is_unreachable():
    answer = ask("http://127.0.0.1:99999/")["http://127.0.0.1:99999/"]
    assert (answer.verdict, answer.detail) == ("unreachable", "there is no port 99999")


def test_a_host_that_took_too_long_gets_no_more_requests(host):
    url, handler = host
    answers = ask(f"{url}/200", f"{url}/201", options=QUICK._replace(host_limit=0))
    assert handler.requests == [("HEAD", "/200")]
    assert [answer[:2] for answer in answers.values()] == [
        ("alive", "200 OK"),
        ("unreachable", "not asked: its host took 0 s"),
    ]
