"""What in Teams' manifest our calls need, and what lets activities come to us."""

from __future__ import annotations

from dataclasses import dataclass

BOTS = "bots"
EXTENSION = "composeExtensions"
#: Lets a bot hear a team's messages that do not mention it; each team's owners grant it.
OVERHEAR = "ChannelMessage.Read.Group"


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the manifest, or a permission in it, and what of ours depends on it.

    *calls* are operations of the Bot Connector, *activities* are types, and names of invokes.
    """

    name: str
    calls: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()


ENTRIES = (
    Entry(
        BOTS,
        calls=("create_conversation", "send_to_conversation", "update_activity"),
        activities=(
            "adaptiveCard/action",
            "conversationUpdate",
            "installationUpdate",
            "message",
            "task/fetch",
            "task/submit",
        ),
    ),
    Entry(
        EXTENSION,
        activities=(
            "composeExtension/fetchTask",
            "composeExtension/query",
            "composeExtension/submitAction",
        ),
    ),
)
#: What the app's page tells people before they add it.
PERMISSIONS = (
    Entry("identity", activities=("message",)),
    Entry("messageTeamMembers", calls=("create_conversation",)),
)
