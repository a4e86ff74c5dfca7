"""Rules from which the shapes of Block Kit are put together; a rule yields what is wrong."""

from collections.abc import Callable, Iterator, Mapping

Rule = Callable[[str, object], Iterator[str]]

Fields = Mapping[str, Rule]


def string(most: int, *, least: int = 1) -> Rule:
    """Return a rule for a string of *least* to *most* characters."""

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{at}: must be a string"
        elif len(value) < least:
            yield f"{at}: must be at least {least} character(s)"
        elif len(value) > most:
            yield f"{at}: must be less than {most + 1} characters, has {len(value)}"

    return check


def number(least: int, most: int) -> Rule:
    """Return a rule for a whole number from *least* to *most*."""

    def check(at: str, value: object) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{at}: must be a whole number"
        elif not least <= value <= most:
            yield f"{at}: must be from {least} to {most}, is {value}"

    return check


def flag(at: str, value: object) -> Iterator[str]:
    """Check a true or false."""
    if not isinstance(value, bool):
        yield f"{at}: must be true or false"


def anything(_at: str, _value: object) -> Iterator[str]:
    """Accept whatever stands there."""
    return iter(())


def one_of(*allowed: str) -> Rule:
    """Return a rule for one of a few words."""

    def check(at: str, value: object) -> Iterator[str]:
        if value not in allowed:
            yield f"{at}: must be one of {', '.join(allowed)}"

    return check


def many(rule: Rule, most: int, *, least: int = 1) -> Rule:
    """Return a rule for a list of *least* to *most* things that each obey *rule*."""

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{at}: must be a list"
            return
        if len(value) < least:
            yield f"{at}: must have at least {least} item(s)"
        if len(value) > most:
            yield f"{at}: no more than {most} items allowed, has {len(value)}"
        for index, item in enumerate(value):
            yield from rule(f"{at}/{index}", item)

    return check


def shape(required: Fields, optional: Fields, *, also: Rule = anything) -> Rule:
    """Return a rule for an object with these fields, no others, that obeys *also* as a whole."""
    known = {**required, **optional, "type": anything}

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at}: must be an object"
            return
        for name in required:
            if value.get(name) is None:
                yield f"{at}: missing required field: {name}"
        for name, field in value.items():
            if name not in known:
                yield f"{at}: invalid additional property: {name}"
            elif field is not None:
                yield from known[name](f"{at}/{name}", field)
        yield from also(at, value)

    return check


def by_type(shapes: Mapping[str, Rule]) -> Rule:
    """Return a rule that picks the shape by the object's `type`."""

    def check(at: str, value: object) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        rule = shapes.get(kind) if isinstance(kind, str) else None
        if rule is None:
            yield f"{at}: unsupported type: {kind}"
        else:
            yield from rule(at, value)

    return check


def exactly_one(*names: str) -> Rule:
    """Return a rule for an object that has one of *names*, and not two."""

    def check(at: str, value: object) -> Iterator[str]:
        present = [name for name in names if isinstance(value, Mapping) and name in value]
        if len(present) != 1:
            yield f"{at}: must have exactly one of {', '.join(names)}"

    return check


def at_least_one(*names: str) -> Rule:
    """Return a rule for an object that has one of *names* or more."""

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, Mapping) or not any(value.get(name) for name in names):
            yield f"{at}: must have at least one of {', '.join(names)}"

    return check


def text(most: int, *, markdown: bool = False) -> Rule:
    """Return a rule for a text object: plain_text, and mrkdwn where *markdown* is allowed."""
    shapes = {"plain_text": shape({"text": string(most)}, {"emoji": flag})}
    if markdown:
        shapes["mrkdwn"] = shape({"text": string(most)}, {"verbatim": flag})
    return by_type(shapes)
