"""Messages: whole, in order, with their pipes, and none from where nobody is."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from octavo.renderer.messages import receive, send

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Both ends of a connection."""
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_messages_come_in_order_as_they_were_sent(pair: Pair) -> None:
    contents = [{"cells": ["print('tofu – 豆腐')", "lone \ud800"]}, 0, None, [1, ["two"]]]
    for content in contents:
        assert send(pair[0], content)
    received = [receive(pair[1]) for _ in contents]
    assert [message and message.content for message in received] == contents


def test_a_message_may_be_larger_than_what_a_connection_holds(pair: Pair) -> None:
    large = "x" * 10_000_000
    sender = Thread(target=send, args=(pair[0], large))
    sender.start()
    message = receive(pair[1])
    sender.join()
    assert message is not None
    assert message.content == large


def test_a_pipe_comes_with_its_message(pair: Pair) -> None:
    reading, writing = os.pipe()
    send(pair[0], "without")
    send(pair[0], "with", writing)
    os.close(writing)
    first, second = receive(pair[1]), receive(pair[1])
    assert first is not None
    assert second is not None
    assert first.pipes == []
    with os.fdopen(second.pipes[0], "w", encoding="utf-8") as stream:
        stream.write("through the pipe")
    with os.fdopen(reading, encoding="utf-8") as stream:
        assert stream.read() == "through the pipe"


def test_nothing_comes_from_where_nobody_is_and_nothing_can_be_sent_there(pair: Pair) -> None:
    pair[0].close()
    assert receive(pair[1]) is None
    assert not send(pair[1], "anybody?")


def test_a_message_that_breaks_off_is_none(pair: Pair) -> None:
    pair[0].sendall((100).to_bytes(8, "big") + b"[1, 2")
    pair[0].close()
    assert receive(pair[1]) is None
