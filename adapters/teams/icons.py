"""Parley's two icons, drawn here: two bubbles of speech, one from each side of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from math import hypot

from bot.png import png

COLOR_SIDE = 192
OUTLINE_SIDE = 32
BLUE = (31, 78, 121)
SKY = (157, 200, 232)
WHITE = (255, 255, 255)
STROKE = 2.0  #: how thick the outline's lines are

Paint = tuple[int, int, int]
Pixel = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Bubble:
    """A bubble with rounded corners; *tail* is the sideways direction of its tip, -1 or 1."""

    left: float
    top: float
    width: float
    height: float
    tail: int

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the edge; inside it is below zero."""
        return min(self._body(x, y), self._tip(x, y))

    def _body(self, x: float, y: float) -> float:
        radius = self.height / 3
        beside = abs(x - self.left - self.width / 2) - self.width / 2 + radius
        above = abs(y - self.top - self.height / 2) - self.height / 2 + radius
        outside = hypot(max(beside, 0.0), max(above, 0.0))
        return outside + min(max(beside, above), 0.0) - radius

    def _tip(self, x: float, y: float) -> float:
        """Measure to a triangle that hangs below the body and points outwards."""
        size = self.height / 3
        inwards = self.width * 3 / 8 - (x - self.left - self.width / 2) * self.tail
        below = y - self.top - self.height
        return max(-below - size / 2, -inwards, (inwards + below - size) / hypot(1, 1))


#: In parts of an icon's side: both keep inside the middle that Teams never cuts off.
BEHIND = Bubble(0.20, 0.21, 0.44, 0.30, tail=-1)
BEFORE = Bubble(0.36, 0.39, 0.44, 0.30, tail=1)


def color() -> bytes:
    """Return the icon in colour, 192 pixels wide and high."""
    behind, before = (_scaled(bubble, COLOR_SIDE) for bubble in (BEHIND, BEFORE))

    def paint(x: float, y: float) -> Pixel:
        at = before.distance(x, y)
        shade = _mixed(BLUE, SKY, _cover(behind.distance(x, y)))
        # A rim keeps the two apart where they overlap.
        shade = _mixed(shade, BLUE, _cover(at - COLOR_SIDE / 32))
        return (*_mixed(shade, WHITE, _cover(at)), 255)

    return _png(COLOR_SIDE, paint)


def outline() -> bytes:
    """Return the icon in white lines on nothing, 32 pixels wide and high."""
    behind, before = (_scaled(bubble, OUTLINE_SIDE, zoom=1.5) for bubble in (BEHIND, BEFORE))

    def paint(x: float, y: float) -> Pixel:
        at = before.distance(x, y)
        hidden = _cover(at - STROKE)
        line = max(_line(at), _line(behind.distance(x, y)) * (1 - hidden))
        return (*WHITE, round(255 * line))

    return _png(OUTLINE_SIDE, paint)


def _scaled(bubble: Bubble, side: int, zoom: float = 1.0) -> Bubble:
    return Bubble(
        left=((bubble.left - 0.5) * zoom + 0.5) * side,
        top=((bubble.top - 0.5) * zoom + 0.5) * side,
        width=bubble.width * zoom * side,
        height=bubble.height * zoom * side,
        tail=bubble.tail,
    )


def _cover(distance: float) -> float:
    """Return how much of a pixel is covered whose middle is that far from an edge."""
    return min(max(0.5 - distance, 0.0), 1.0)


def _line(distance: float) -> float:
    """Return how much of a pixel a line covers that runs inside an edge."""
    return _cover(distance) - _cover(distance + STROKE)


def _mixed(under: Paint, over: Paint, share: float) -> Paint:
    red, green, blue = (
        round(low + (high - low) * share) for low, high in zip(under, over, strict=True)
    )
    return red, green, blue


def _png(side: int, paint: Callable[[float, float], Pixel]) -> bytes:
    middles = [place + 0.5 for place in range(side)]
    return png(
        side, side, (bytes(chain.from_iterable(paint(x, y) for x in middles)) for y in middles)
    )
