"""Pictures: their size, read from their bytes."""

from __future__ import annotations

import struct

_INCHES_IN_A_METRE = 39.3701
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_png_size(data: bytes) -> tuple[int, int] | tuple[None, None]:
    """Width and height of a PNG in pixels; None if it isn't a PNG."""
    if not data.startswith(_SIGNATURE) or len(data) < 24:
        return None, None
    width, height = struct.unpack_from("!II", data, 16)
    return width, height


def read_png_density(data: bytes) -> int | None:
    """The pixels per inch that a PNG states; None if it states none, or different ones for width and height."""
    place = len(_SIGNATURE)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from("!I4s", data, place)
        if kind == b"IDAT":
            break
        if kind == b"pHYs" and length == 9:
            across, down, unit = struct.unpack_from("!IIB", data, place + 8)
            return round(across / _INCHES_IN_A_METRE) if unit == 1 and across == down else None
        place += 12 + length
    return None
