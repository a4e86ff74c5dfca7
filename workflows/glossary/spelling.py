"""Keys by their letters, so that a typed one is compared with those alone that can be near it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import xor

#: So many classes of letters are told apart: more would compare fewer keys, in more lists.
_CLASSES = 14
#: So many keys of each length are weighed against each other; more would all be as near.
_NEAR_SEEN = 50


class Spellings:
    """Keys by length and shape.

    A shape says of each class of letters whether it occurs an odd number of times. Exchanging two
    letters leaves it as it is, adding or dropping one changes one class, replacing one at most two.
    Keys of one shape are kept as one text, which is replaced and never changed: readers need no
    lock, and a walk does not lead over the whole heap.
    """

    def __init__(self) -> None:
        self._keys: defaultdict[int, dict[int, str]] = defaultdict(dict)

    def change(self, keys: Iterable[str], *, gone: set[str]) -> None:
        """Know *keys*, except those that are *gone*."""
        touched: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for key in keys:
            touched[len(key), _shape(key)].add(key)
        for (length, shape), changed in touched.items():
            kept = changed.union(self._keys[length].get(shape, "").split()) - gone
            self._keys[length][shape] = " ".join(sorted(kept))

    def near(self, typed: str, allowed: int) -> Iterator[tuple[str, int]]:
        """Yield the keys within *allowed* edits of *typed*, each with how many it takes."""
        for length in range(len(typed) - allowed, len(typed) + allowed + 1):
            if candidates := self._candidates(typed, length, allowed):
                yield from _weighed(typed, candidates, allowed)

    def _candidates(self, typed: str, length: int, allowed: int) -> list[str]:
        """Return the keys of this length whose shape so few edits can make."""
        shape = _shape(typed)
        most = 2 * allowed - abs(length - len(typed))
        known = list(self._keys.get(length, {}).items())
        near = (keys for other, keys in known if (other ^ shape).bit_count() <= most)
        return " ".join(near).split()


def _weighed(typed: str, candidates: list[str], allowed: int) -> Iterator[tuple[str, int]]:
    # Only slips need it, and it costs 3 MiB.
    from rapidfuzz import process  # noqa: PLC0415  # see above
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # see above

    for key, edits, _ in process.extract(
        typed, candidates, scorer=OSA.distance, score_cutoff=allowed, limit=_NEAR_SEEN
    ):
        yield key, int(edits)


def _shape(key: str) -> int:
    return reduce(xor, (1 << ord(letter) % _CLASSES for letter in key), 0)
