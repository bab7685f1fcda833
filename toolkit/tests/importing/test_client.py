from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from octavo.importing import client as module
from octavo.importing.answers import AnswerStore
from octavo.importing.client import Client, Question, SourceError
from tests.importing.replay import Replay, Reply


@pytest.fixture
def client(tmp_path: Path, replay: Replay) -> Iterator[Client]:
    with Client(AnswerStore(tmp_path), mail="v@example.org") as made:
        yield made


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it would have slept."""
    slept: list[float] = []
    monkeypatch.setattr(module.time, "sleep", slept.append)
    return slept


def fail(client: Client, replay: Replay, *replies: Reply) -> str:
    replay.reply("/x", *replies)
    with pytest.raises(SourceError) as error:
        client.ask(Question(f"{replay.base}/x", "application/json"))
    return str(error.value)


def test_it_says_who_asks_and_what_for(client: Client, replay: Replay) -> None:
    replay.reply("/x", Reply("{}"))
    assert client.ask(Question(f"{replay.base}/x", "application/json")).body == "{}"
    headers = replay.asked[0][1]
    assert headers["User-Agent"] == "octavo/1.0 (mailto:v@example.org)"
    assert headers["Accept"] == "application/json"


@pytest.mark.parametrize("status", [400, 403, 404, 406, 410])
def test_a_refusal_is_final(client: Client, replay: Replay, status: int) -> None:
    assert f"127.0.0.1 answered {status}: it " in fail(client, replay, Reply("no", status))
    assert len(replay.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_may_pass_is_tried_again(client: Client, replay: Replay, status: int) -> None:
    replay.reply("/x", Reply("no", status), Reply("no", status), Reply('"yes"'))
    assert client.ask(Question(f"{replay.base}/x", "application/json")).body == '"yes"'


def test_after_four_attempts_it_gives_up(client: Client, replay: Replay) -> None:
    assert fail(client, replay, Reply("no", 500)) == "127.0.0.1 answered 500: it is in trouble (4 attempts)"
    assert len(replay.asked) == 4


def test_it_waits_twice_as_long_each_time(
    client: Client, replay: Replay, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_pause", 1.0)
    fail(client, replay, Reply("no", 500))
    assert [wait for wait in waits if wait >= 1] == [1.0, 2.0, 4.0]


def test_it_waits_as_long_as_retry_after_says(client: Client, replay: Replay, waits: list[float]) -> None:
    replay.reply("/x", Reply("no", 429, headers={"Retry-After": "7"}), Reply("{}"))
    client.ask(Question(f"{replay.base}/x", "application/json"))
    assert 7.0 in waits


def test_retry_after_may_be_a_date(client: Client, replay: Replay, waits: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    replay.reply("/x", Reply("no", 503, headers={"Retry-After": later}), Reply("{}"))
    client.ask(Question(f"{replay.base}/x", "application/json"))
    assert any(20 < wait <= 30 for wait in waits)


def test_a_wait_that_nobody_has_is_told(client: Client, replay: Replay) -> None:
    told = fail(client, replay, Reply("no", 429, headers={"Retry-After": "3600"}))
    assert told == "127.0.0.1 answered 429: it is asked too often; it asks to come back in 3600 s"


def test_an_empty_answer_is_none(client: Client, replay: Replay) -> None:
    assert fail(client, replay, Reply(" \n")) == "127.0.0.1 sent an empty answer (4 attempts)"


def test_a_truncated_answer_is_none(client: Client, replay: Replay) -> None:
    assert "broke off" in fail(client, replay, Reply('{"title": "VT', length=1000))


def test_a_slow_answer_is_given_up(client: Client, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    client._http.timeout = module.httpx.Timeout(0.2)
    assert "didn't answer in time" in fail(client, replay, Reply("{}", delay=0.5))


def test_an_answer_that_trickles_is_given_up(client: Client, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_ANSWER", -1.0)
    assert "didn't finish its answer" in fail(client, replay, Reply("{}"))


def test_an_answer_without_end_is_given_up(client: Client, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_ANSWER", 10)
    assert "sends more than" in fail(client, replay, Reply("x" * 1000))


def test_a_host_that_is_not_there_is_told(client: Client) -> None:
    with pytest.raises(SourceError, match="can't be reached"):
        client.ask(Question("http://127.0.0.1:9/x", "application/json"))


def test_a_redirect_on_the_same_host_is_followed(client: Client, replay: Replay) -> None:
    replay.reply("/x", Reply(status=302, headers={"Location": "/y"}))
    replay.reply("/y", Reply("{}"))
    assert client.ask(Question(f"{replay.base}/x", "application/json")).address.endswith("/y")


def test_a_redirect_to_another_host_is_not_followed(client: Client, replay: Replay) -> None:
    reply = Reply(status=302, headers={"Location": replay.base.replace("127.0.0.1", "localhost") + "/y"})
    assert fail(client, replay, reply) == "127.0.0.1 sends to another host, localhost: not followed"
    assert len(replay.asked) == 1


def test_a_redirect_to_a_host_that_may_answer_is_followed(client: Client, replay: Replay) -> None:
    replay.reply("/x", Reply(status=302, headers={"Location": replay.base.replace("127.0.0.1", "localhost") + "/y"}))
    replay.reply("/y", Reply("{}"))
    question = Question(f"{replay.base}/x", "application/json", frozenset({"localhost"}))
    assert client.ask(question).body == "{}"


def test_redirects_in_a_circle_end(client: Client, replay: Replay) -> None:
    assert "from address to address" in fail(client, replay, Reply(status=302, headers={"Location": "/x"}))


def test_a_stored_answer_is_used_as_long_as_it_is_young_enough(tmp_path: Path, replay: Replay) -> None:
    replay.reply("/x", Reply('"old"'), Reply('"new"'))
    question = Question(f"{replay.base}/x", "application/json")
    answers = []
    for hours in (0, 24, 0):
        with Client(AnswerStore(tmp_path), max_age=timedelta(hours=hours)) as client:
            answers.append(client.ask(question))
    assert [answer.body for answer in answers] == ['"old"', '"old"', '"new"']
    assert answers[0].date == answers[1].date
    assert len(replay.asked) == 2


def test_a_server_may_say_that_nothing_has_changed(client: Client, replay: Replay) -> None:
    replay.reply("/x", Reply('"old"', headers={"ETag": '"1"'}), Reply(status=304))
    question = Question(f"{replay.base}/x", "application/json")
    assert [client.ask(question).body, client.ask(question).body] == ['"old"', '"old"']
    assert replay.asked[1][1]["If-None-Match"] == '"1"'


def test_where_the_network_fails_the_stored_answer_is_offered_and_not_taken(client: Client, replay: Replay) -> None:
    replay.reply("/x", Reply('"old"'))
    client.ask(Question(f"{replay.base}/x", "application/json"))
    assert "is kept: --max-age takes it" in fail(client, replay, Reply("no", 403))


def test_a_damaged_store_is_as_if_it_were_empty(tmp_path: Path, client: Client, replay: Replay) -> None:
    replay.reply("/x", Reply('"new"'))
    question = Question(f"{replay.base}/x", "application/json")
    client.ask(question)
    for file in tmp_path.iterdir():
        file.write_text("{")
    assert client.ask(question).body == '"new"'


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1], lambda whole: whole.replace(b"yes", b"yea")])
def test_an_answer_that_was_damaged_on_the_disk_is_asked_for_again(
    replay: Replay, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    replay.reply("/x", Reply('"yes"'), Reply('"yes"'))
    question = Question(f"{replay.base}/x", "application/json")
    with Client(AnswerStore(tmp_path), max_age=timedelta(hours=1)) as client:
        client.ask(question)
        (file,) = tmp_path.iterdir()
        file.write_bytes(damage(file.read_bytes()))
        assert client.ask(question).body == '"yes"'
    assert len(replay.asked) == 2
