"""Column types that models of several workflows share."""

from enum import StrEnum

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
