"""Slack's marked-up text as the words that the person typed."""

from __future__ import annotations

import re

_MARK = re.compile(r"<((?:[@#!]|[a-z][a-z0-9+.-]*:)[^<>]*)>")


def plain(text: str) -> str:
    """Return *text* without Slack's markup: `@U1` and `#C1` keep their ids, links their address."""
    bare = _MARK.sub(lambda mark: _spoken(mark[1]), text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def addressed_to(bot: str | None, text: str) -> str:
    """Return what is said to *bot* in a message that mentions it: the words after the mention."""
    before, _, after = _split(bot, text)
    return plain(after) or plain(before)


def without_mention(bot: str | None, text: str) -> str:
    """Return all words of a message that mentions *bot*, but that mention."""
    before, _, after = _split(bot, text)
    return plain(f"{before.rstrip()} {after.lstrip()}".strip())


def mentions(bot: str | None, text: str) -> bool:
    """Say whether *text* speaks to *bot* by name."""
    return bot is not None and bool(_split(bot, text)[1])


def _split(bot: str | None, text: str) -> tuple[str, str, str]:
    found = re.search(rf"<@{re.escape(bot) if bot else '[A-Z0-9]+'}(\|[^<>]*)?>", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _spoken(mark: str) -> str:
    target, _, label = mark.partition("|")
    if target.startswith(("@", "#")):
        return target
    if target.startswith("!subteam^"):
        return f"@{target.removeprefix('!subteam^')}"
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return f"@{target[1:]}"
    # Slack makes links of addresses by itself: "example.com" arrives with itself as the label.
    if not label or target.removeprefix("mailto:").endswith(label):
        return label or target
    return f"{label} ({target})"
