"""The icons: the sizes and colours that Teams asks for, drawn alike each time."""

import struct
import zlib

import pytest

from adapters.teams import icons
from bot import manifest

pytestmark = pytest.mark.repeats

Pixel = tuple[int, ...]


def pixels(png: bytes) -> list[list[Pixel]]:
    """Return the pixels of a picture with colours of eight bits, an opacity and no filters."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks = dict(_chunks(png[8:]))
    width, height, bits, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (bits, kind) == (8, 6)
    rows = zlib.decompress(chunks[b"IDAT"])
    assert len(rows) == height * (1 + 4 * width)
    return [_row(rows[y * (1 + 4 * width) :][: 1 + 4 * width]) for y in range(height)]


def _chunks(rest: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    while rest:
        (length,) = struct.unpack(">I", rest[:4])
        kind, content = rest[4:8], rest[8 : 8 + length]
        assert rest[8 + length : 12 + length] == struct.pack(">I", zlib.crc32(kind + content))
        found.append((kind, content))
        rest = rest[12 + length :]
    return found


def _row(row: bytes) -> list[Pixel]:
    assert row[0] == 0
    return [tuple(row[x : x + 4]) for x in range(1, len(row), 4)]


def test_the_icon_in_colour_has_192_pixels_each_way_and_no_hole() -> None:
    drawn = pixels(icons.color())

    assert len(drawn) == len(drawn[0]) == 192
    assert {alpha for row in drawn for *_, alpha in row} == {255}


def test_the_icon_in_colour_shows_white_on_the_accent_colour() -> None:
    drawn = pixels(icons.color())
    red, green, blue, _ = drawn[0][0]

    assert f"#{red:02X}{green:02X}{blue:02X}" == manifest.COLOR
    assert {(255, 255, 255, 255), (*icons.SKY, 255)} <= {pixel for row in drawn for pixel in row}


def test_what_is_drawn_keeps_inside_the_middle_that_is_never_cut_off() -> None:
    drawn = pixels(icons.color())
    ground = drawn[0][0]

    edge = [row[x] for row in drawn for x in (*range(36), *range(156, 192))]
    edge += [pixel for y in (*range(36), *range(156, 192)) for pixel in drawn[y]]
    assert set(edge) == {ground}


def test_the_outline_has_32_pixels_each_way_in_white_on_nothing() -> None:
    drawn = pixels(icons.outline())

    assert len(drawn) == len(drawn[0]) == 32
    assert {pixel[:3] for row in drawn for pixel in row} == {(255, 255, 255)}
    assert {drawn[0][0][3], max(pixel[3] for row in drawn for pixel in row)} == {0, 255}


def test_the_same_icon_is_drawn_each_time() -> None:
    assert icons.color() == icons.color()
    assert icons.outline() == icons.outline()
