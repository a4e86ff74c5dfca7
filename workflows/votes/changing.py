"""Changing a vote while it is open: longer, more private, asked anew; or called off."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from bot.answers import Answers
from bot.business_time import BusinessCalendar
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import parse
from bot.ui import AnyInput, Form, LongText, Message, Number, Reply
from storage import people
from workflows.hiring import calls as hiring
from workflows.votes import (
    asked,
    asking,
    calls,
    casting,
    closing,
    deciders,
    deciding_views,
    hours,
    keeping,
    opening,
    reading,
    record,
    recusing,
    reminding,
    tables,
    vetoing,
    waiting,
)
from workflows.votes import deciding_texts as texts
from workflows.votes import workflow as it
from workflows.votes.rules import (
    FEWEST_SECRET,
    LONGEST,
    LONGEST_QUESTION,
    MORE_PRIVATE,
    Mode,
    Option,
    State,
)
from workflows.votes.tables import Terms, Vote

_MINUTE = timedelta(minutes=1)
_ALL = 100  #: percent


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version asks, and how it weighs."""

    question: str
    options: tuple[Option, ...]
    weights: Mapping[str, int]


def wording_of(ctx: Context, vote: Vote) -> Wording:
    """Return what a vote asks now."""
    terms = tables.terms(ctx.session, vote)
    question = keeping.question(ctx.sealer, terms)
    return Wording(question, reading.options_of(terms), terms.weights)


def can_be_secret(ctx: Context, vote: Vote, weights: Mapping[str, int]) -> bool:
    """Say whether nobody could be told apart among those who may vote."""
    present = set(deciders.electors(ctx, vote))
    chosen = tables.electors_of(ctx.session, vote.id or 0)
    there = [one.department for one in chosen if one.person_id in present]
    return all(there.count(key) >= FEWEST_SECRET for key, weight in weights.items() if weight)


def begin_version(ctx: Context, vote: Vote, wording: Wording) -> None:
    """Ask anew: no ballot counts any more, the clock starts again, the old version is kept."""
    before = vote.version
    vote.version, vote.state = before + 1, State.OPEN
    vote.closed_at = vote.veto_until = None
    vote.closes_at = _hours(ctx, vote).due(ctx.now, vote.minutes * _MINUTE)
    options = [asdict(option) for option in wording.options]
    terms = Terms(
        vote_id=vote.id or 0,
        version=vote.version,
        options=options,
        weights=dict(wording.weights),
        at=ctx.now,
    )
    keeping.seal_question(ctx, terms, wording.question)
    recusing.leave_out_barred(ctx, vote)
    if vote.mode is Mode.SECRET:
        casting.empty_urn(ctx, vote)
    ctx.record(f"vote:{vote.id}:version", before=before, after=vote.version)
    closing.schedule(ctx, vote)
    reminding.schedule(ctx, vote)
    opening.invite(ctx, vote)
    calls.vote_changed(ctx, vote.id or 0)


@it.command("vote extend", help=texts.HELP_EXTEND, usage=texts.USAGE_EXTEND)
def extend(ctx: Context, text: str) -> Reply:
    """Give those who may vote more time, once."""
    line = parse(text)
    found = asked.open_one(ctx, asked.named(ctx, line))
    more = asked.span("".join(asked.words(line)))
    if found.is_extended:
        raise Conflict(texts.EXTENDED_ALREADY)
    if found.minutes * _MINUTE + more > LONGEST:
        raise Invalid(texts.TOO_LONG)
    before = found.closes_at
    found.closes_at = _hours(ctx, found).due(before, more)
    found.is_extended, found.minutes = True, found.minutes + more // _MINUTE
    ctx.record(f"vote:{found.id}:closes_at", before=before, after=found.closes_at)
    closing.schedule(ctx, found)
    reminding.schedule(ctx, found)
    calls.vote_changed(ctx, found.id or 0)
    message = deciding_views.extended(reading.read(ctx, found))
    waiting.tell(ctx, found, deciders.electors(ctx, found), message, what="extended")
    return Message(text=texts.EXTENDED)


@it.command("vote mode", help=texts.HELP_MODE, usage=texts.USAGE_MODE)
def change_mode(ctx: Context, text: str) -> Reply:
    """Make an open vote more private; never less."""
    line = parse(text)
    found = asked.open_one(ctx, asked.named(ctx, line))
    wanted = _mode("".join(asked.words(line)))
    if MORE_PRIVATE.index(wanted) <= MORE_PRIVATE.index(found.mode):
        raise Conflict(texts.not_less_private(found.mode))
    wording = wording_of(ctx, found)
    if wanted is Mode.SECRET and not can_be_secret(ctx, found, wording.weights):
        raise Conflict(texts.TOO_FEW_TO_HIDE)
    is_begun = bool(tables.voted(ctx.session, found))
    ctx.record(f"vote:{found.id}:mode", before=found.mode, after=wanted)
    found.mode = wanted
    if wanted is Mode.SECRET:
        begin_version(ctx, found, wording)
    calls.vote_changed(ctx, found.id or 0)
    is_void = is_begun and wanted is Mode.SECRET
    message = deciding_views.more_private(reading.read(ctx, found), is_void=is_void)
    _tell(ctx, found, message, what=f"mode:{wanted}")
    return Message(text=texts.MODE_CHANGED)


@it.command("vote cancel", help=texts.HELP_CANCEL, usage=texts.USAGE_CANCEL)
def cancel(ctx: Context, text: str) -> Reply:
    """Call a vote off, and say why."""
    line = parse(text)
    found = asked.steered(ctx, asked.named(ctx, line))
    reason = asked.said(line)
    if not reason.strip():
        raise Invalid(texts.WHY_CANCEL)
    ctx.record(f"vote:{found.id}", before=found.state, after=State.CANCELLED)
    found.state, found.next_look, found.resumes = State.CANCELLED, "", None
    keeping.seal_note(ctx, found, reason)
    vetoing.drop_all(ctx, found)
    calls.vote_changed(ctx, found.id or 0)
    message = deciding_views.cancelled(reading.read(ctx, found), ctx.person.name, reason)
    _tell(ctx, found, message, what="cancelled")
    record.seal_record(ctx, found)
    return Message(text=texts.cancelled(found.code))


@it.command("vote amend", help=texts.HELP_AMEND, usage=texts.USAGE_AMEND)
def amend_typed(ctx: Context, text: str) -> Reply:
    """Open the form that changes what is asked."""
    found = asked.named(ctx, parse(text))
    return amend.open(ctx, vote=found.id or 0, version=found.version)


@it.form("amend")
def amend(ctx: Context, vote: int, version: int) -> Form:
    """Ask for another question, other answers or other weights."""
    found = _amendable(ctx, reading.known(ctx, vote), version)
    wording = wording_of(ctx, found)
    answers = "\n".join(option.label for option in wording.options)
    question = LongText(
        name="question",
        label=texts.QUESTION,
        initial=wording.question,
        max_length=LONGEST_QUESTION,
    )
    labels = LongText(name="answers", label=texts.ANSWERS, hint=texts.ANSWERS_HINT, initial=answers)
    weights = _weight_inputs(ctx, wording) if _may_weigh(ctx, found) else ()
    inputs = (question, labels, *weights)
    return Form(title=texts.AMEND, inputs=inputs, submit=texts.ASK_ANEW)


@amend.submit
def amended(ctx: Context, answers: Answers, vote: int, version: int) -> Reply:
    """Ask anew as a form says."""
    found = _amendable(ctx, asked.vote(ctx, vote), version)
    before, text = wording_of(ctx, found), answers.text("answers")
    weights = _weights(answers, before) if _may_weigh(ctx, found) else before.weights
    options = asking.beside("answers", lambda: asked.options(text, before.options))
    wanted = Wording(answers.text("question"), options, weights)
    if wanted == before:
        raise Conflict(texts.NOTHING_AMENDED)
    _check_weights(ctx, found, weights)
    is_begun = bool(tables.voted(ctx.session, found))
    begin_version(ctx, found, wanted)
    message = deciding_views.amended(reading.read(ctx, found), is_void=is_begun)
    _tell(ctx, found, message, what=f"amended:{found.version}")
    return Message(text=texts.AMENDED)


def _amendable(ctx: Context, vote: Vote, version: int) -> Vote:
    """Return an open vote in the version that a form was opened for.

    Raises:
        Conflict: it was asked anew since.
    """
    found = asked.open_one(ctx, vote)
    if found.version != version:
        raise Conflict(texts.is_newer(found.code))
    return found


def _may_weigh(ctx: Context, vote: Vote) -> bool:
    """Say whether whoever asks looks after the search: nobody else says how a vote weighs."""
    search = hiring.search(ctx.session, vote.search_id)
    return search is not None and hiring.reads_search(ctx.person, search)


def _weights(answers: Answers, before: Wording) -> dict[str, int]:
    return {key: int(answers.number(_weight(key)) or 0) for key in before.weights}


def _weight_inputs(ctx: Context, wording: Wording) -> Iterator[AnyInput]:
    names = people.departments(ctx.session)
    for key, weight in wording.weights.items():
        label = texts.weight_of(names.get(key, key))
        yield Number(name=_weight(key), label=label, initial=str(weight), minimum=0, maximum=_ALL)


def _weight(department: str) -> str:
    return f"weight_{department}"


def _check_weights(ctx: Context, vote: Vote, weights: Mapping[str, int]) -> None:
    """Refuse weights that are not the whole, or that nobody could speak for.

    Raises:
        Invalid: beside the first of the weights.
        Conflict: a secret vote would tell on somebody.
    """
    there = {one.department for one in tables.electors_of(ctx.session, vote.id or 0)}
    problem = ""
    if sum(weights.values()) != _ALL:
        problem = texts.NOT_A_HUNDRED
    elif not {key for key, weight in weights.items() if weight} <= there:
        problem = texts.NOBODY_TO_SPEAK
    if problem:
        raise Invalid(fields={_weight(next(iter(weights))): problem})
    if vote.mode is Mode.SECRET and not can_be_secret(ctx, vote, weights):
        raise Conflict(texts.TOO_FEW_TO_HIDE)


def _mode(word: str) -> Mode:
    try:
        return Mode(word.casefold())
    except ValueError:
        raise Invalid(texts.WHICH_MODE) from None


def _hours(ctx: Context, vote: Vote) -> BusinessCalendar:
    """Return the working hours that a vote runs in: the decider's."""
    return hours.hours_of(ctx, vote.decider_id or ctx.person.id)


def _tell(ctx: Context, vote: Vote, message: Message, *, what: str) -> None:
    waiting.tell(ctx, vote, deciders.concerned(ctx, vote), message, what=what)
