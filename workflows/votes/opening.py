"""Opening a vote: checked, stored once, shown where it was asked for, and each elector invited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from bot.context import Context
from bot.errors import Conflict
from bot.inbound import Place
from bot.ui import Message
from storage import people, places
from storage.people import Person
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Application
from workflows.votes import (
    calls,
    cards,
    casting,
    closing,
    deciders,
    electorate,
    hours,
    keeping,
    reading,
    reminding,
    tables,
    vetoing,
    weighing,
)
from workflows.votes import opening_texts as texts
from workflows.votes import opening_views as views
from workflows.votes.deciding_tables import VetoHolder
from workflows.votes.electorate import Subject
from workflows.votes.rules import (
    FEWEST_BALLOTS,
    OVER,
    QUORUM,
    THRESHOLD,
    USUAL,
    Authority,
    Basis,
    Dispute,
    Mode,
    Option,
    State,
    Trigger,
    options_for,
)
from workflows.votes.tables import Elector, Terms, Vote

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a vote is opened with; what is not said is as usual for its kind of dispute."""

    subject: Subject
    dispute: Dispute
    question: str
    trigger: Trigger = Trigger.PERSON
    origin: str | None = None
    opened_by: int | None = None  #: None when a rule opens it
    place: Place | None = None  #: where it was asked for, unless nobody else reads there
    mode: Mode = Mode.NAMED
    duration: timedelta = USUAL  #: of the decider's working time
    options: tuple[Option, ...] = ()
    weights: Mapping[str, int] | None = None
    basis: Basis = Basis.BLOCK
    quorum: int = QUORUM
    threshold: int = THRESHOLD
    authority: Authority = Authority.ADVISORY
    decider: Person | None = None


def open_vote(ctx: Context, opening: Opening) -> Vote:
    """Open a vote; nothing is stored, and nobody told, when it is refused.

    Raises:
        Conflict: one about the same is not over, it has to wait, or too few could vote.
        Invalid: the weights, the mode or the decider do not fit who could vote.
    """
    subject = opening.subject
    weights = opening.weights or weighing.in_force(ctx.session, opening.dispute)
    _lock(ctx, subject)
    check_ready(ctx, subject)
    electors = electorate.electors_of(ctx, subject)
    decider = electorate.decider_of(ctx, subject, opening.decider)
    electorate.check(electors, weights, opening.mode)
    vote = _stored(ctx, opening, decider)
    _keep_terms(ctx, vote, opening, weights)
    _keep_people(ctx, vote, subject, electors)
    if vote.mode is Mode.SECRET:
        casting.empty_urn(ctx, vote)
    closing.schedule(ctx, vote)
    reminding.schedule(ctx, vote)
    shape = (vote.dispute, vote.mode, vote.quorum, vote.threshold, dict(weights), vote.authority)
    ctx.record(f"vote:{vote.id}", after=shape)
    cards.show(ctx, vote)
    invite(ctx, vote)
    vetoing.tell_holders(ctx, vote)
    return vote


def check_ready(ctx: Context, subject: Subject) -> None:
    """Refuse a second vote about the same candidate and stage, and one that has to wait.

    Raises:
        Conflict: it is so.
    """
    if subject.application is None:
        return
    application = subject.application.id or 0
    for known in tables.votes_about(ctx.session, application):
        if known.stage == subject.stage and known.state not in OVER:
            raise Conflict(texts.open_already(known.code))
    if why := calls.must_wait(ctx, application, subject.stage):
        raise Conflict(why)


def invite(ctx: Context, vote: Vote) -> None:
    """Ask everybody who may vote in the present version, and tell the decider."""
    terms = tables.terms(ctx.session, vote)
    asked = reading.read(ctx, vote)
    buttons = casting.buttons(vote, reading.options_of(terms))
    invited = deciders.electors(ctx, vote)
    for elector in tables.electors_of(ctx.session, vote.id or 0):
        if elector.person_id in invited:
            notes = [] if terms.weights.get(elector.department) else [texts.WEIGHTLESS]
            notes += [texts.YOU_DECIDE] if elector.person_id == vote.decider_id else []
            _tell(ctx, vote, elector.person_id, views.invitation(asked, notes, buttons))
    for decider in deciders.asked(ctx, vote, State.DECIDER):
        if decider not in invited:
            _tell(ctx, vote, decider, views.notice(asked, texts.YOU_DECIDE))


def _lock(ctx: Context, subject: Subject) -> None:
    """Let two who open a vote about the same candidate at once wait for each other."""
    if subject.application is not None:
        locked: dict[str, Any] = {"with_for_update": True, "populate_existing": True}
        ctx.session.get(Application, subject.application.id, **locked)


def _stored(ctx: Context, opening: Opening, decider: Person) -> Vote:
    subject = opening.subject
    vote = Vote(
        dispute=opening.dispute,
        search_id=subject.search.id or 0,
        application_id=subject.application.id if subject.application else None,
        stage=subject.stage,
        trigger=opening.trigger,
        origin=opening.origin,
        opened_by=opening.opened_by,
        mode=opening.mode,
        basis=opening.basis,
        quorum=opening.quorum,
        threshold=opening.threshold,
        fewest=FEWEST_BALLOTS,
        authority=opening.authority,
        decider_id=decider.id,
        opened_at=ctx.now,
        closes_at=hours.due(ctx, decider.id, opening.duration),
        minutes=opening.duration // _MINUTE,
        places=_places(ctx, opening),
    )
    ctx.session.add(vote)
    ctx.session.flush()
    return vote


def _keep_terms(ctx: Context, vote: Vote, opening: Opening, weights: Mapping[str, int]) -> None:
    options = opening.options or options_for(opening.dispute)
    terms = Terms(
        vote_id=vote.id or 0,
        version=vote.version,
        options=[asdict(each) for each in options],
        weights=dict(weights),
        at=ctx.now,
    )
    keeping.seal_question(ctx, terms, opening.question)


def _keep_people(ctx: Context, vote: Vote, subject: Subject, electors: Iterable[Person]) -> None:
    """Keep who takes part as they are now: what changes later changes nothing here."""
    id = vote.id or 0
    ctx.session.add_all(
        Elector(vote_id=id, person_id=one.id, department=one.department or "") for one in electors
    )
    ctx.session.add_all(
        VetoHolder(vote_id=id, person_id=person, grounds=list(grounds))
        for person, grounds in electorate.veto_holders(ctx, subject).items()
    )
    ctx.session.flush()


def _places(ctx: Context, opening: Opening) -> list[dict[str, Any]]:
    """Return where the card hangs: where it was asked for, and its twin on each other platform.

    Whoever must learn nothing of an application may be in any room, so then it hangs nowhere.
    """
    subject, asked = opening.subject, opening.place
    if subject.application is not None and electorate.barred(ctx.session, subject):
        return []
    room = places.places_of(ctx.session, hiring.room_of(subject.search).name)
    if asked is None:
        return [asdict(each) for each in room]
    there = [each for each in room if each.platform != asked.platform]
    if not there:
        there = [each for each in _beside(ctx, asked) if each.platform != asked.platform]
    here = places.RoomPlace(asked.platform, asked.tenant, asked.channel, asked.thread)
    return [asdict(each) for each in (here, *there)]


def _beside(ctx: Context, place: Place) -> list[places.RoomPlace]:
    """Return the places of the rooms that a channel belongs to, each once."""
    rooms = places.rooms_at(ctx.session, place.platform, place.tenant, place.channel)
    found = (each for room in rooms for each in places.places_of(ctx.session, room))
    return list(dict.fromkeys(found))


def _tell(ctx: Context, vote: Vote, person: int, message: Message) -> None:
    someone = people.by_id(ctx.session, person, now=ctx.now)
    key = f"vote:{vote.id}:invitation:{vote.version}"
    ctx.send(someone, message, key=key, about=f"vote:{vote.id}", sensitive=True)
