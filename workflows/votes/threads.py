"""The threads in which people talk about a vote, and where each is opened."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Context
from storage import posts
from workflows.votes.tables import Vote


@dataclass(frozen=True, slots=True)
class Thread:
    """One place in which a vote's card hangs."""

    platform: str
    link: str | None = None  #: the card's address there, once its platform has said it


def key_of(vote_id: int) -> str:
    """Return the key under which all cards of a vote are posted."""
    return f"vote:{vote_id}"


def threads_of(ctx: Context, vote: Vote) -> tuple[Thread, ...]:
    """Return the threads of a vote, in the order in which its card was sent there."""
    if not vote.places:
        return ()
    links = {
        (post.platform, post.tenant, post.channel, post.thread): post.link
        for post in posts.all_for(ctx.session, key_of(vote.id or 0))
        if not post.dead
    }
    return tuple(
        Thread(
            place["platform"],
            links.get((place["platform"], place["tenant"], place["channel"], place.get("thread"))),
        )
        for place in vote.places
    )
