"""The HTTP client that every request goes through, and a reader of bodies within limits.

It is asynchronous so that one `asyncio.timeout` bounds a whole exchange: name lookup, connection, TLS, headers, 1xx
responses and body. httpx's own timeouts apply to each read, and a server that sends a byte a second never reaches them.
An abandoned name lookup keeps its thread until the resolver's own timeout.
"""

from __future__ import annotations

import zlib

import httpx

# Bytes, both as received and after decompression. ORCID's list of a physicist's 3,000 works is about 15 MB.
LARGEST_BODY = 30_000_000
# Another attempt may succeed.
TRANSIENT_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_GZIP = 16 + zlib.MAX_WBITS


class BodyError(Exception):
    """A body that exceeds a limit or uses an encoding that wasn't requested."""


class IncompleteBodyError(Exception):
    """A body that was damaged or truncated in transit; another attempt may succeed."""


def open_client(user_agent: str, timeout: float) -> httpx.AsyncClient:
    """A client that accepts gzip only and doesn't follow redirects.

    If httpx followed them, it would read and decompress the body of each redirect, however large.

    Args:
        user_agent: The User-Agent header.
        timeout: Seconds to wait for a connection or for the next bytes.
    """
    headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
    hooks = {"request": [_check_port]}
    return httpx.AsyncClient(timeout=timeout, headers=headers, follow_redirects=False, event_hooks=hooks)


async def _check_port(request: httpx.Request) -> None:
    # For such a port, the event loop raises an error that isn't one of httpx's.
    if request.url.port and request.url.port > 65535:
        raise httpx.InvalidURL(f"there is no port {request.url.port}")


async def read_body(response: httpx.Response, most: int | None = None) -> bytes:
    """The decompressed body of a streamed response.

    Raises:
        BodyError: If the body is larger than `most`, or else `LARGEST_BODY`, or its encoding isn't gzip.
        IncompleteBodyError: If its gzip data is damaged or incomplete.
    """
    most = most or LARGEST_BODY
    inflater = _make_inflater(response.headers.get("content-encoding", ""))
    body = bytearray()
    async for piece in response.aiter_raw():
        body += _inflate(inflater, piece, most + 1 - len(body)) if inflater else piece
        if max(len(body), response.num_bytes_downloaded) > most:
            raise BodyError(f"the answer is larger than {most / 1_000_000:g} MB")
    if inflater and not inflater.eof:
        raise IncompleteBodyError("the gzip data ends too early")
    return bytes(body)


def _make_inflater(encoding: str) -> zlib._Decompress | None:
    """The decoder; None for a body that isn't encoded."""
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(_GZIP)
    raise BodyError(f"unsupported Content-Encoding {encoding[:40]!r}; only gzip is accepted")


def _inflate(inflater: zlib._Decompress, piece: bytes, most: int) -> bytes:
    try:
        inflated = inflater.decompress(piece, most)
    except zlib.error as error:
        raise IncompleteBodyError(f"damaged gzip data ({error})") from error
    if inflater.unused_data:
        raise BodyError("data follows the end of the gzip stream")
    return inflated
