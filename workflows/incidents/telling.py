"""Telling people of an incident: those who may read it, and nobody else."""

from collections.abc import Iterable

from bot.context import Context
from bot.ui import Message
from storage import people, posts
from storage.people import Person
from workflows.incidents import access, codes, views
from workflows.incidents.tables import Incident


def tell(
    ctx: Context, incident: Incident, to: Iterable[Person], message: Message, *, what: str
) -> None:
    """Tell each of these who may read it; the same *what* again edits what they were told."""
    id = incident.id or 0
    for someone in to:
        if access.may_read(ctx, id, someone.id):
            _send(ctx, id, someone, message, what)


def take_back(ctx: Context, incident: Incident, person_ids: Iterable[int]) -> None:
    """Leave the number and the state of an incident where these people were told more of it.

    What still waits to be sent never comes.
    """
    id = incident.id or 0
    message = views.stub(codes.code_of(id), incident)
    keys = {post.key for post in posts.about(ctx.session, codes.entity(id))}
    for person_id in person_ids:
        someone = people.by_id(ctx.session, person_id, now=ctx.now)
        start = _key(id, someone, "")
        told = keys | ctx.stop_sending(someone, about=codes.entity(id))
        for key in sorted(one for one in told if one.startswith(start)):
            _send(ctx, id, someone, message, key.removeprefix(start))


def _send(ctx: Context, id: int, someone: Person, message: Message, what: str) -> None:
    key = _key(id, someone, what)
    ctx.send(someone, message, key=key, about=codes.entity(id), sensitive=True)


def _key(id: int, someone: Person, what: str) -> str:
    return f"incident:{id}:to:{someone.id}:{what}"
