"""Vetoes: by name, on a ground, and for the decider to uphold; silence lets them lapse."""

from collections.abc import Sequence
from datetime import datetime

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed, NotFound
from bot.text import parse
from bot.ui import Choice, Form, LongText, Message, Option, Reply
from bot.workflow import NO_SUCH_THING
from workflows.votes import (
    asked,
    calls,
    deciders,
    deciding,
    deciding_tables,
    deciding_views,
    keeping,
    reading,
    tables,
    waiting,
)
from workflows.votes import deciding_texts as texts
from workflows.votes import workflow as it
from workflows.votes.deciding_tables import Decision, Veto, VetoHolder
from workflows.votes.rules import (
    SHORTEST_VETO,
    WORKING_DAY,
    Ground,
    Resolution,
    State,
)
from workflows.votes.tables import Vote

#: The decider's working time; after that a veto lapses.
TIME_TO_UPHOLD = 3 * WORKING_DAY
#: Nothing is left that a veto could stop.
_TOO_LATE = frozenset({State.CANCELLED, State.ARCHIVED})


def tell_holders(ctx: Context, vote: Vote) -> None:
    """Tell those who may veto that they can, with the button; said again, it edits the first."""
    form = veto_form.button(texts.VETO, vote=vote.id or 0)
    message = deciding_views.for_holders(reading.read(ctx, vote), vote.veto_until, [form])
    waiting.tell(ctx, vote, deciders.holders(ctx, vote), message, what="veto")


def take_effect(ctx: Context, vote: Vote, *, resumes: State) -> bool:
    """Stop a vote at its close, if somebody vetoed while it was open; say whether it is so."""
    stopping = _waiting(ctx, vote)
    for veto in stopping:
        veto.expires_at = _expiry(ctx, vote)
    if stopping:
        vote.resumes = resumes
        _suspend(ctx, vote)
    return bool(stopping)


@it.command("vote veto", help=texts.HELP_VETO, usage=texts.USAGE_VETO)
def veto_typed(ctx: Context, text: str) -> Reply:
    """Say in one line that it must not go ahead."""
    line = parse(text)
    found = asked.named(ctx, line)
    holder = _holder(ctx, found)
    return _veto(ctx, found, _ground(line.values.get("ground", ""), holder), asked.said(line))


@it.form("veto")
def veto_form(ctx: Context, vote: int) -> Form:
    """Ask on which ground it must not go ahead, and why."""
    holder = _holder(ctx, reading.known(ctx, vote))
    grounds = tuple(
        Option(value=ground, label=texts.GROUNDS[Ground(ground)]) for ground in holder.grounds
    )
    reason = LongText(
        name="reason", label=texts.REASON, hint=texts.VETO_HINT, min_length=SHORTEST_VETO
    )
    ground = Choice(name="ground", label=texts.GROUND, options=grounds)
    return Form(title=texts.VETO, inputs=(ground, reason))


@veto_form.submit
def vetoed(ctx: Context, answers: Answers, vote: int) -> Reply:
    """Raise a veto as a form says."""
    found = asked.vote(ctx, vote)
    ground = _ground(answers.text("ground"), _holder(ctx, found))
    return _veto(ctx, found, ground, answers.text("reason"))


@it.action("uphold")
def uphold(ctx: Context, vote: int, veto: int) -> Reply:
    """Let a veto stand: what was recommended or decided is off the table."""
    found, raised = _resolvable(ctx, vote, veto)
    raised.against = _against(ctx, found)
    _resolve(ctx, found, raised, Resolution.UPHELD)
    found.resumes = State.DECIDER
    decision = deciding_tables.decision(ctx.session, vote)
    if decision is not None:
        _withdraw(ctx, decision)
    _go_on(ctx, found)
    return Message(text=texts.UPHELD)


@it.action("reject")
def reject(ctx: Context, vote: int, veto: int) -> Reply:
    """Let a vote go on in spite of a veto."""
    found, raised = _resolvable(ctx, vote, veto)
    _resolve(ctx, found, raised, Resolution.REJECTED)
    _go_on(ctx, found)
    return Message(text=texts.REJECTED)


@it.timer("expire_vetoes")
def expire_vetoes(ctx: Context, vote: int, look: str) -> None:
    """Let vetoes lapse that the decider did not uphold in time."""
    found = waiting.still_for(ctx, vote, look)
    if found is None or found.state is not State.VETOED:
        return
    for veto in _waiting(ctx, found):
        if veto.expires_at <= ctx.now:
            _resolve(ctx, found, veto, Resolution.EXPIRED)
    _go_on(ctx, found)


def _veto(ctx: Context, vote: Vote, ground: Ground, reason: str) -> Message:
    """Raise a veto, and tell everybody by name."""
    _check(ctx, vote, reason)
    veto = Veto(
        vote_id=vote.id or 0,
        person_id=ctx.person.id,
        ground=ground,
        raised_at=ctx.now,
        expires_at=_expiry(ctx, vote),
    )
    keeping.seal_veto(ctx, veto, reason)
    ctx.record(f"vote:{vote.id}:veto:{veto.id}", after=ground)
    message = deciding_views.vetoed(reading.read(ctx, vote), ctx.person.name, ground, reason)
    waiting.tell(ctx, vote, deciders.concerned(ctx, vote), message, what=f"veto:{veto.id}")
    if vote.state is State.OPEN:
        calls.vote_changed(ctx, vote.id or 0)
        return Message(text=texts.VETO_AT_THE_CLOSE)
    if vote.state is not State.VETOED:
        vote.resumes = vote.state
    _suspend(ctx, vote)
    return Message(text=texts.VETO_NOW)


def _check(ctx: Context, vote: Vote, reason: str) -> None:
    """Refuse a veto that comes too late, twice, or without a reason.

    Raises:
        Conflict: it is too late, or another one of theirs waits.
        Invalid: the reason is too short.
    """
    is_late = vote.veto_until is not None and ctx.now > vote.veto_until
    if vote.state in _TOO_LATE or (vote.state is not State.OPEN and is_late):
        raise Conflict(texts.too_late_to_veto(vote.code))
    if any(veto.person_id == ctx.person.id for veto in _waiting(ctx, vote)):
        raise Conflict(texts.ONE_VETO)
    length = asked.length(reason)
    if length < SHORTEST_VETO:
        raise Invalid(fields={"reason": texts.short_reason(SHORTEST_VETO, length)})


def _suspend(ctx: Context, vote: Vote) -> None:
    """Let a closed vote wait for the decider's word on its vetoes."""
    stopping = _waiting(ctx, vote)
    if vote.state is not State.VETOED:
        ctx.record(f"vote:{vote.id}", before=vote.state, after=State.VETOED)
    vote.state = State.VETOED
    waiting.go_on(ctx, vote, expire_vetoes, min(veto.expires_at for veto in stopping))
    for veto in stopping:
        _ask(ctx, vote, veto)
    calls.vote_changed(ctx, vote.id or 0)


def _ask(ctx: Context, vote: Vote, veto: Veto) -> None:
    """Ask the decider about a veto."""
    ids = {"vote": vote.id or 0, "veto": veto.id or 0}
    buttons = [
        uphold.button(texts.UPHOLD, **ids).danger(texts.SURE_TO_UPHOLD),
        reject.button(texts.REJECT, **ids).danger(texts.SURE_TO_REJECT),
    ]
    raiser = reading.name_of(ctx, veto.person_id)
    reason = keeping.veto_reason(ctx.sealer, veto)
    told = deciding_views.Raised(raiser, veto.ground, reason, veto.expires_at)
    message = deciding_views.asking_about_veto(reading.read(ctx, vote), told, buttons)
    decider = deciders.asked(ctx, vote, State.VETOED)
    waiting.tell(ctx, vote, decider, message, what=f"resolve:{veto.id}")


def _resolve(ctx: Context, vote: Vote, veto: Veto, resolution: Resolution) -> None:
    """Note what became of a veto, and tell who was told of it."""
    veto.resolution, veto.resolved_at = resolution, ctx.now
    ctx.record(f"vote:{vote.id}:veto:{veto.id}", before=Resolution.WAITING, after=resolution)
    name = reading.name_of(ctx, veto.person_id)
    message = deciding_views.resolved(reading.read(ctx, vote), name, resolution)
    told = deciders.fit(ctx, vote, [*deciders.concerned(ctx, vote), veto.person_id])
    waiting.tell(ctx, vote, told, message, what=f"resolved:{veto.id}")


def drop_all(ctx: Context, vote: Vote) -> None:
    """Let the vetoes of a cancelled vote lapse: there is nothing to stop any more."""
    for veto in _waiting(ctx, vote):
        _resolve(ctx, vote, veto, Resolution.EXPIRED)


def _go_on(ctx: Context, vote: Vote) -> None:
    """Go on where the vote was, unless another veto waits."""
    ctx.session.flush()
    if _waiting(ctx, vote):
        _suspend(ctx, vote)
        return
    state, vote.resumes = vote.resumes or State.DECIDER, None
    deciding.onward(ctx, vote, state)


def _withdraw(ctx: Context, decision: Decision) -> None:
    """Take back a decision, and what people said of it."""
    ctx.record(f"vote:{decision.vote_id}:decision", before=decision.decided)
    for commit in deciding_tables.commits(ctx.session, decision.vote_id):
        ctx.session.delete(commit)
    ctx.session.delete(decision)
    ctx.session.flush()


def _against(ctx: Context, vote: Vote) -> str:
    """Return what a veto stops: what was decided or recommended, else the first answer.

    The first of the answers is the one by which it goes ahead.
    """
    decision = deciding_tables.decision(ctx.session, vote.id or 0)
    if decision is not None:
        return decision.decided
    told = deciding.recommended(ctx, vote)
    return told or reading.options_of(tables.terms(ctx.session, vote))[0].key


def _resolvable(ctx: Context, vote: int, veto: int) -> tuple[Vote, Veto]:
    """Return a veto that waits for whoever presses.

    Raises:
        NotFound: it is not there.
        NotAllowed: somebody else decides.
        Conflict: it does not wait.
    """
    found = asked.vote(ctx, vote)
    raised = ctx.session.get(Veto, veto)
    if raised is None or raised.vote_id != vote:
        raise NotFound(NO_SUCH_THING)
    if ctx.person.id not in deciders.asked(ctx, found, State.VETOED):
        raise NotAllowed(texts.OTHERS_DECIDE[State.VETOED])
    if found.state is not State.VETOED or raised.resolution is not Resolution.WAITING:
        raise Conflict(texts.VETO_IS_SETTLED)
    return found, raised


def _holder(ctx: Context, vote: Vote) -> VetoHolder:
    """Return on which grounds whoever asks may veto.

    Raises:
        NotAllowed: on none.
    """
    for holder in deciding_tables.veto_holders(ctx.session, vote.id or 0):
        if holder.person_id == ctx.person.id and holder.person_id in deciders.holders(ctx, vote):
            return holder
    raise NotAllowed(texts.NO_VETO)


def _ground(word: str, holder: VetoHolder) -> Ground:
    """Return the ground that somebody named, among their own.

    Raises:
        Invalid: it is none of them.
    """
    own: Sequence[Ground] = [Ground(one) for one in holder.grounds]
    wanted = word.strip().casefold().replace("-", "_")
    for ground in own:
        if ground == wanted:
            return ground
    raise Invalid(texts.which_ground(word, own))


def _expiry(ctx: Context, vote: Vote) -> datetime:
    return waiting.until(ctx, deciders.asked(ctx, vote, State.VETOED), TIME_TO_UPHOLD)


def _waiting(ctx: Context, vote: Vote) -> list[Veto]:
    return deciding_tables.vetoes(ctx.session, vote.id or 0, Resolution.WAITING)
