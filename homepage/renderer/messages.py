"""Messages: JSON, and pipes beside it, that one process of a build sends another through a socket."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, NamedTuple

_LENGTH = struct.Struct("!Q")


class Message(NamedTuple):
    """What came, and the pipes that came with it."""

    content: Any
    pipes: list[int]


def send(connection: socket.socket, content: Any, *pipes: int) -> bool:
    """Send plain data, and copies of pipes; False if nobody is there any more."""
    body = json.dumps(content).encode()
    try:
        socket.send_fds(connection, [_LENGTH.pack(len(body))], pipes)
        connection.sendall(body)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def receive(connection: socket.socket) -> Message | None:
    """Wait for a message with at most one pipe; None if nobody is there any more."""
    try:
        head, pipes, _, _ = socket.recv_fds(connection, _LENGTH.size, 1, socket.MSG_WAITALL)
        length = _LENGTH.unpack(head)[0] if head else 0
        body = connection.recv(length, socket.MSG_WAITALL)
    except ConnectionResetError:
        return None
    return Message(json.loads(body), pipes) if body else None
