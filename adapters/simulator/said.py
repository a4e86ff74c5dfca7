"""What the page says of an act: the body of its request, read with care."""

from collections.abc import Mapping
from typing import Any

from adapters.simulator.errors import Unplayable

Json = dict[str, Any]


class Said:
    """The body of an act. What is missing or of a wrong type is refused in words."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._body = body

    def text(self, name: str) -> str:
        """Return a string that must be there."""
        value = self._body.get(name)
        if not isinstance(value, str) or not value:
            raise Unplayable(f"The page did not say which {name} it means. Reload it, please.")
        return value

    def maybe(self, name: str) -> str | None:
        """Return a string that may be left out."""
        return self.text(name) if self._body.get(name) else None

    def value(self, name: str) -> object:
        """Return whatever was given."""
        return self._body.get(name)

    def mapping(self, name: str) -> Json:
        """Return an object, empty when left out."""
        value = self._body.get(name) or {}
        if not isinstance(value, dict):
            raise Unplayable(f"The page sent {name} in a wrong form. Reload it, please.")
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """Return a list of strings, empty when left out."""
        value = self._body.get(name) or []
        return tuple(map(str, value)) if isinstance(value, list) else ()
