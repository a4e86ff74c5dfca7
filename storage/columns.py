"""Column types that models of several workflows share."""

from enum import IntEnum, StrEnum
from typing import Any

import sqlalchemy as sa


def closed(words: type[StrEnum]) -> sa.Enum:
    """Return a column type that stores the words of a closed set themselves."""
    return sa.Enum(
        words,
        native_enum=False,
        length=16,
        create_constraint=False,
        values_callable=lambda own: [word.value for word in own],
    )


def ranked(ranks: type[IntEnum]) -> sa.types.TypeDecorator[IntEnum]:
    """Return a column type that stores the numbers of a closed set, and sorts by them."""
    return _Ranked(ranks)


class _Ranked(sa.types.TypeDecorator[IntEnum]):
    """Numbers that come back as what they stand for."""

    impl = sa.Integer
    cache_ok = True

    def __init__(self, ranks: type[IntEnum]) -> None:
        super().__init__()
        self.ranks = ranks

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> IntEnum | None:
        """Return the rank of a number."""
        return None if value is None else self.ranks(value)
