"""What a Slack client makes of typed text before it sends it."""

import re

from adapters.simulator.workspace import SlackWorkspace

_MENTION = re.compile(r"(?<![\w&;])@([\w.-]+\w)")
_CHANNEL = re.compile(r"(?<![\w&;])#([\w-]+)")
_WRITTEN_MENTION = re.compile(r"&lt;(@[UW][A-Z0-9]+|#C[A-Z0-9]+)(\|[^&]*)?&gt;")
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


def escaped(text: str) -> str:
    """Return *text* with the three characters escaped that Slack uses itself."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_message(workspace: SlackWorkspace, text: str) -> str:
    """Return *text* as a message carries it: escaped, with mentions, channels and links as ids."""
    return _ADDRESS.sub(r"<\g<0>>", _linked(workspace, text, named=False))


def as_command(workspace: SlackWorkspace, text: str) -> str:
    """Return *text* as a command carries it when its manifest says `should_escape`."""
    return _linked(workspace, text, named=True)


def _linked(workspace: SlackWorkspace, text: str, *, named: bool) -> str:
    def mention(match: re.Match[str]) -> str:
        member = workspace.people.by_handle(match[1])
        if member is None:
            return match[0]
        return f"<@{member.id}|{member.handle}>" if named else f"<@{member.id}>"

    def channel(match: re.Match[str]) -> str:
        found = workspace.channel_called(match[1])
        return f"<#{found.id}|{found.name}>" if found else match[0]

    # Ids that were typed as such stay ids: the page offers them when a name is picked.
    opened = _WRITTEN_MENTION.sub(r"<\1\2>", escaped(text))
    return _CHANNEL.sub(channel, _MENTION.sub(mention, opened))
