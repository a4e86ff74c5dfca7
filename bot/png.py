"""Pictures as PNG files, from their pixels."""

import struct
import zlib
from collections.abc import Iterable

_EIGHT_BITS, _WITH_ALPHA = 8, 6


def png(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    """Return the file of a picture; each row has red, green, blue and alpha for each pixel."""
    # Each row is stored as it is, without a filter.
    pixels = b"".join(b"\0" + row for row in rows)
    header = struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _WITH_ALPHA, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
