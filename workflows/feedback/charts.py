"""The spread of each criterion as a picture; its words, which say all of it, are in views."""

from collections.abc import Sequence
from fractions import Fraction

from bot.png import png
from workflows.feedback.rules import Rating
from workflows.feedback.scores import Spread

Colour = bytes
WIDTH, ROW, MARGIN = 480, 32, 24
LEFT = 56  #: where the numbers of the rows end
PIXEL = 3  #: how large a point of a digit is drawn
BAR, TICK = 12, 6
_BYTES = 4

PAPER, GRID = b"\xff\xff\xff\xff", b"\xd5\xd9\xde\xff"
INK, RANGE, MEDIAN = b"\x1d\x1c\x1d\xff", b"\x9d\xc8\xe8\xff", b"\x1f\x4e\x79\xff"

#: Each digit in three columns and five rows, as bits from its top left corner.
_DIGITS = (
    *("111101101101111", "010110010010111", "111001111100111", "111001111001111"),
    *("101101111001001", "111100111001111", "111100111101111", "111001001001001"),
    *("111101111101111", "111101111001111"),
)
_DIGIT_WIDTH = 3


class Canvas:
    """A picture that is painted with rectangles."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(PAPER * width) for _ in range(height)]

    def fill(self, left: int, top: int, size: tuple[int, int], colour: Colour) -> None:
        """Paint a rectangle; *size* is its width and height in pixels."""
        wide, high = size
        for row in self._rows[top : top + high]:
            row[left * _BYTES : (left + wide) * _BYTES] = colour * wide

    def number(self, right: int, middle: int, value: int) -> None:
        """Write a number that ends at *right*, its digits around the height of *middle*."""
        left = right
        for digit in reversed(str(value)):
            left -= (_DIGIT_WIDTH + 1) * PIXEL
            for place, bit in enumerate(_DIGITS[int(digit)]):
                down, across = divmod(place, _DIGIT_WIDTH)
                if bit == "1":
                    at = left + across * PIXEL, middle + (down - 2) * PIXEL
                    self.fill(*at, (PIXEL, PIXEL), INK)

    def png(self) -> bytes:
        """Return the picture as a file."""
        return png(self.width, self.height, map(bytes, self._rows))


def spread_chart(rows: Sequence[Spread]) -> bytes:
    """Return a bar for each row, from its lowest rating to its highest, marked at the median.

    The rows are numbered from 1, in the order of the table that stands beside the picture.
    """
    canvas = Canvas(WIDTH, 2 * MARGIN + ROW * len(rows))
    for rating in Rating:
        canvas.fill(_across(rating), MARGIN, (1, ROW * len(rows)), GRID)
        canvas.number(_across(rating) + 2 * PIXEL, MARGIN // 2, rating)
    for number, row in enumerate(rows, start=1):
        middle = MARGIN + ROW * number - ROW // 2
        canvas.number(LEFT - MARGIN // 2, middle, number)
        _bar(canvas, middle, row)
    return canvas.png()


def _bar(canvas: Canvas, middle: int, row: Spread) -> None:
    low, high, half = _across(row.low), _across(row.high), BAR // 2
    canvas.fill(low - half, middle - half, (high - low + BAR, BAR), RANGE)
    median = _across(row.median)
    canvas.fill(median - TICK // 2, middle - BAR, (TICK, 2 * BAR), MEDIAN)


def _across(rating: float | Fraction) -> int:
    """Return where a rating stands, in pixels from the left."""
    room = WIDTH - LEFT - MARGIN
    steps = float(rating) - Rating.WELL_BELOW
    return LEFT + round(steps * room / (Rating.EXCEEDS - Rating.WELL_BELOW))
