"""A payload in every wrong shape."""

from collections.abc import Iterator
from typing import Any

ODD: tuple[Any, ...] = (None, 7, -1.5, True, "", "\u202e<!channel>", [], [7], {}, {"id": 7}, [{}])


def mutants(value: Any) -> Iterator[Any]:
    """Yield *value* with each of its parts replaced by each odd thing, or left out."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            for odd in (*ODD, *mutants(part)):
                yield value | {name: odd}
    elif isinstance(value, list):
        for odd in (*ODD, *(mutant for part in value for mutant in mutants(part))):
            yield [odd]
