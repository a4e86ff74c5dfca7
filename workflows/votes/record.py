"""The record of a vote: all by which a decision is understood in a year, sealed by the audit.

What is sealed names people by their numbers and departments by their keys: names change, and a
record must be the same afterwards. The names stand beside it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from bot.context import Context
from bot.errors import Conflict
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from storage import audit, people
from storage.people import Person
from workflows.people.calls import people_join
from workflows.votes import (
    calls,
    deciding_tables,
    reading,
    record_texts,
    record_views,
    status_views,
)
from workflows.votes import workflow as it
from workflows.votes.contents import Json, contents, persons_in, versions
from workflows.votes.reading import known, named
from workflows.votes.record_views import Names
from workflows.votes.rules import OVER, Mode, State
from workflows.votes.tables import Vote


@dataclass(frozen=True, slots=True)
class Record:
    """What everybody who may know of a vote reads of it after the close."""

    content: Json  #: what the hash is of: the same whoever asks, and whenever
    names: Names
    confirmed_by: int | None = None  #: the entry of the audit that holds the same hash

    @property
    def canonical(self) -> str:
        """Return the content as JSON that is written in one way only."""
        return canonical(self.content)

    @property
    def hash(self) -> str:
        """Return the sha256 of the canonical JSON, in hexadecimal digits."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def proof(self) -> str:
        """Say what the audit confirms of it, and what it does not."""
        return record_texts.proof(self.hash, self.confirmed_by)

    def document(self) -> Json:
        """Return all of it for a file."""
        return {
            "record": self.content,
            "sha256": self.hash,
            "confirmed_by_audit_entry": self.confirmed_by,
            "people": self.names.people,
            "departments": self.names.departments,
        }


@it.command("vote record", help=record_texts.HELP, usage=record_texts.USAGE, read_only=True)
def record_named(ctx: Context, text: str) -> Reply:
    """Show the record of a vote that is closed; before that, say where it stands."""
    vote = named(ctx, text)
    if "json" in parse(text).flags and vote.state is not State.OPEN:
        document = canonical(record_of(ctx, vote).document())
        return record_views.as_json(vote.code, document)
    return _shown(ctx, vote)


@it.action("record", read_only=True)
def show(ctx: Context, vote: int) -> Reply:
    """Show the record of a vote."""
    return _shown(ctx, known(ctx, vote))


@it.command(
    "vote ballots",
    help=record_texts.HELP_BALLOTS,
    usage=record_texts.USAGE_BALLOTS,
    allow=Role.AUDITOR,
)
def ballots(ctx: Context, text: str) -> Reply:
    """Show an auditor by name who voted what, and keep that they have read it."""
    vote = named(ctx, text)
    code = vote.code
    if vote.mode is Mode.SECRET:
        raise Conflict(record_texts.no_ballots(code))
    if vote.state is State.OPEN:
        raise Conflict(record_texts.ballots_wait(code))
    ctx.record(f"vote:{vote.id}:ballots", after="read")
    told = versions(ctx, vote, with_ballots=True)
    return record_views.ballots(code, told, _names(ctx, told))


def record_of(ctx: Context, vote: Vote) -> Record:
    """Return what everybody who may know of a closed vote reads of it."""
    content = contents(ctx, vote)
    found = Record(content, _names(ctx, content))
    last = audit.latest(ctx.session, ctx.sealer, entity_of(vote))
    if last is None or last.entry.after != ctx.digest_of(found.hash):
        return found
    return replace(found, confirmed_by=last.seq)


def markdown(record: Record) -> str:
    """Return a record as a text for a file, with all that people wrote in full."""
    return record_views.markdown(record_views.whole(record.content, record.names, record.proof()))


def seal_record(ctx: Context, vote: Vote) -> None:
    """Have the audit hold the hash of the record as it is now, unless it does already."""
    ctx.session.flush()
    sealed, entity = record_of(ctx, vote), entity_of(vote)
    digest = ctx.digest_of(sealed.hash)
    in_this_act = [one.after for one in ctx.records if one.entity == entity]
    is_kept = in_this_act[-1] == digest if in_this_act else sealed.confirmed_by is not None
    if not is_kept:
        ctx.record(entity, after=sealed.hash)


@calls.votes_change
def keep_sealed(ctx: Context, vote_id: int) -> None:
    """Seal the record anew when something changed in a vote that is over."""
    # Whoever changes a vote has loaded it; who casts a ballot has not, and no look is paid for.
    loaded = [one for one in ctx.session if isinstance(one, Vote) and one.id == vote_id]
    for vote in loaded:
        if vote.state in OVER:
            seal_record(ctx, vote)


@people_join
def seal_anew(ctx: Context, someone: Person) -> None:
    """Seal the records that name somebody: two people are one in them from now on."""
    for vote in deciding_tables.over_with(ctx.session, someone.id):
        seal_record(ctx, vote)


def entity_of(vote: Vote) -> str:
    """Return under which name the audit keeps the hash of a record."""
    return f"vote:{vote.id}:record"


def canonical(content: object) -> str:
    """Return *content* as JSON that is written in one way only."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _shown(ctx: Context, vote: Vote) -> Message:
    if vote.state is State.OPEN:
        return status_views.status(reading.read(ctx, vote), [record_texts.NOT_YET], ())
    found = record_of(ctx, vote)
    return record_views.shown(found.content, found.names, found.proof())


def _names(ctx: Context, content: object) -> Names:
    found = {id: reading.name_of(ctx, id) for id in sorted(persons_in(content))}
    return Names(found, dict(people.departments(ctx.session)))
