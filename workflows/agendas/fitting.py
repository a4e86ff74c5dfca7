"""Lists as long as every platform has room for: long lines are cut short, and the rest counted."""

from collections.abc import Sequence

from bot.shown import shortened, words
from bot.ui import Line
from workflows.agendas import copies_texts as texts

#: Bytes: so much all lines may take, and all of it as words, where a whole card has 26 KB.
_LISTED, _SPOKEN = 11_000, 4_000
#: Lines of one list.
_MOST = 40


def fitted(lists: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], bool]:
    """Return lists of lines that fit on one card, and whether lines had to be cut short."""
    kept = [_counted(lines) for lines in lists]
    room = _room(kept)
    return [[_cut(line, room) for line in lines] for lines in kept], room > 0


def spoken(lines: Sequence[str]) -> str:
    """Return lines as the words of a message, for who reads no card."""
    text = "\n".join(lines)
    return shortened(text, _share(text, _SPOKEN))


def _counted(lines: Sequence[Line]) -> list[Line]:
    more = len(lines) - _MOST
    return [*lines[:_MOST], texts.more(more)] if more > 0 else list(lines)


def _room(lines: Sequence[Sequence[Line]]) -> int:
    """Return how many letters each line may have so that all fit; 0 where they do anyway."""
    listed = [words(line) for own in lines for line in own]
    everything = "".join(listed)
    room = _share(everything, _LISTED)
    return room // len(listed) if room < len(everything) else 0


def _share(text: str, most: int) -> int:
    """Return how many letters of *text* take at most so many bytes, all being about as wide."""
    size = len(text.encode())
    return len(text) * most // size if size > most else max(len(text), 1)


def _cut(line: Line, room: int) -> Line:
    return shortened(words(line), room) if room and len(words(line)) > room else line
