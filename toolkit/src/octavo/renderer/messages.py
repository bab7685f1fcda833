"""Messages: JSON, and pipes beside it, that one process of a build sends another through a socket."""

from __future__ import annotations

import json
import os
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
        head, pipes, _, _ = socket.recv_fds(connection, _LENGTH.size, 1)
        for pipe in pipes:
            os.set_inheritable(pipe, False)  # or what a page leaves running would hold it
        (length,) = _LENGTH.unpack(head + _read(connection, _LENGTH.size - len(head)))
        return Message(json.loads(_read(connection, length)), pipes)
    except (EOFError, ConnectionResetError):
        return None


def _read(connection: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        chunk = connection.recv(length - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)
