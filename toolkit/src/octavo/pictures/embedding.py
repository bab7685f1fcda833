"""Embedding: small pictures inside the file that shows them, which saves a request for each."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import quote, unquote

from octavo.files import write_file

MOST_BYTES = 30_000
"""The maximum total size of the pictures embedded in one file. Others are loaded as usual."""

_KINDS = {
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
# A picture below the first screen: the candidates in AVIF, if there are any, and the fallback.
_PICTURE = re.compile(r'(?:<source [^>]*srcset="([^"]*)"[^>]*>)?<img [^>]*src="([^"]*)"[^>]*\bloading="lazy"[^>]*>')


def embed_pictures(page: Path) -> None:
    """Write small pictures below the first screen into the built page: browsers fetch them long before they are seen.

    Of several candidates, the largest is taken; a browser that can't read it still loads the fallback.
    """
    html = page.read_text(encoding="utf-8")
    room = MOST_BYTES

    def embed(match: re.Match[str]) -> str:
        nonlocal room
        *_, candidate = (match[1] or match[2]).split(", ")
        path, _, density = candidate.partition(" ")
        file = page.parent / unquote(path)
        # A page that a preview didn't render again has them already.
        if (
            path.startswith("data:")
            or file.suffix.lower() not in _KINDS
            or not file.is_file()
            or file.stat().st_size > room
        ):
            return match[0]
        room -= file.stat().st_size
        address = " ".join([make_data_address(file.name, file.read_bytes()), density]).strip()
        return match[0].replace(match[1] or match[2], address, 1)

    write_file(page, _PICTURE.sub(embed, html))


def make_data_address(name: str, content: bytes) -> str:
    """A `data:` address that holds the picture; `name` says of what kind it is."""
    kind = _KINDS[Path(name).suffix.lower()]
    if kind == "image/svg+xml":
        # As text, which hosts compress.
        return f"data:{kind},{quote(content, safe='/:;=,')}"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
