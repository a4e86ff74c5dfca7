"""What a button or a form carries: the arguments of a handler, checked when they come back."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model, field_validator

#: PostgreSQL's integers, and so all our ids, have this size, the sign included.
INTEGER_BITS = 32


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


def payload_model(id: str, handler: Callable[..., Any]) -> type[BaseModel]:
    """Return a model of the handler's parameters after the context."""
    hints = get_type_hints(handler)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(handler).parameters.values())[1:]:
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], default)
    return create_model(id, __base__=_Payload, **fields)
