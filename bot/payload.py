"""What a button or a form carries: the arguments of a handler, checked when they come back."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model, field_validator

#: PostgreSQL's integers, and so all our ids, have this size, the sign included.
INTEGER_BITS = 32

#: A parameter's name, type and default.
_Field = tuple[str, Any, Any]


class _Payload(BaseModel):
    """The arguments of a handler, as they come back from outside."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    @field_validator("*")
    @classmethod
    def is_storable(cls, value: object) -> object:
        """Refuse what no database takes: nothing of the kind can be there."""
        if isinstance(value, int) and value.bit_length() >= INTEGER_BITS:
            raise ValueError("no row has a number of that size")
        if isinstance(value, str) and "\0" in value:
            raise ValueError("no text holds a NUL")
        return value


def payload_model(handler: Callable[..., Any]) -> type[BaseModel]:
    """Return a model of the handler's parameters after the context."""
    hints = get_type_hints(handler)
    fields: list[_Field] = []
    for parameter in list(inspect.signature(handler).parameters.values())[1:]:
        default = ... if parameter.default is parameter.empty else parameter.default
        fields.append((parameter.name, hints[parameter.name], default))
    return _model(*fields)


@cache  # most handlers take a text or one number, and a model of each one's own costs 1 MiB
def _model(*fields: _Field) -> type[BaseModel]:
    named: dict[str, Any] = {name: (kind, default) for name, kind, default in fields}
    return create_model("Payload", __base__=_Payload, **named)
