"""Keeping the glossary true: reviews, reminders, what waits too long, what is missing."""

from collections.abc import Sequence
from datetime import time, timedelta

from sqlmodel import Session

from bot.answers import Answers
from bot.business_time import BusinessCalendar
from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.menu import say_button
from bot.roles import Role
from bot.ui import Block, Button, Form, Message, PersonInput, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.glossary import (
    deciding,
    forms,
    proposal_views,
    proposing,
    publishing,
    rules,
    shelf,
    tables,
    texts,
    views,
)
from workflows.glossary import proposal_texts as said
from workflows.glossary import workflow as it
from workflows.glossary.tables import Sense, Term

REVIEWS_SHOWN = 8
#: So many requests on one morning become one message.
REQUESTS_TOGETHER = 3
MISSING_SHOWN = 15
MISSING_BUTTONS = 3
LOOKUPS_KEPT = timedelta(days=90)
#: Whole days from Monday to Friday: five of them make five working days.
_WORKING_DAYS = BusinessCalendar("UTC", start=time(0), end=time(0))


@it.command("term review", help=said.HELP_REVIEW, allow=Role.OWNER, read_only=True)
def review(ctx: Context, text: str) -> Reply:
    """Show what is due for a review in one's departments."""
    return _reviews(ctx)


def _reviews(ctx: Context, *, thanks: str = "") -> Message:
    """Return the next reviews; *thanks* is for the one just done, whose press brought this list."""
    due = [
        (sense, ctx.session.get_one(Term, sense.term_id))
        for sense in tables.due_for_review(ctx.session, ctx.now)
        if deciding.owns_sense(ctx.person, sense)
    ]
    own_first = sorted(due, key=lambda pair: pair[0].keeper_id != ctx.person.id)
    return proposal_views.reviews(
        [(sense, term, _review_buttons(sense)) for sense, term in own_first[:REVIEWS_SHOWN]],
        total=len(due),
        thanks=thanks,
    )


@it.home
def waits_for_you(ctx: Context) -> tuple[Block, ...]:
    """Tell an owner on their Home what waits for them."""
    if not ctx.person.holds(Role.OWNER):
        return ()
    cases = deciding.waiting_for(ctx)
    due = tables.due_for_review(ctx.session, ctx.now)
    count = sum(deciding.owns_sense(ctx.person, sense) for sense in due)
    return proposal_views.waiting(
        [case.label for case in cases], count, say_button(said.SEE_REVIEWS, "term review")
    )


@it.action("still_right", allow=Role.OWNER)
def still_right(ctx: Context, sense: int) -> Reply:
    """Confirm that a meaning still holds."""
    edit = publishing.begin(ctx.session, ctx.now, person=ctx.person.id)
    chosen, term = _own_sense(ctx, sense)
    if chosen.status is rules.Status.DEPRECATED:
        raise NotFound(NO_SUCH_THING)
    ctx.record(f"sense:{sense}", before=chosen.review_due, after=ctx.now)
    publishing.confirm(edit, chosen)
    ctx.session.flush()
    return _reviews(ctx, thanks=said.reviewed(term.label))


@it.form("hand_over", allow=Role.OWNER)
def hand_over(ctx: Context, sense: int) -> Form:
    """Ask who keeps a meaning from now on."""
    chosen, term = _own_sense(ctx, sense)
    keeper = PersonInput(name="keeper", label=said.NEW_KEEPER)
    inputs = (forms.subject(chosen, term), keeper)
    return Form(title=said.FORM_HAND_OVER, inputs=inputs, submit=said.HAND_OVER)


@hand_over.submit
def send_hand_over(ctx: Context, answers: Answers, sense: int) -> Reply:
    """Make another owner the keeper, and tell them."""
    chosen, term = _own_sense(ctx, sense)
    account = ctx.user.platform, ctx.user.tenant, answers.text("keeper")
    keeper = people.identify(ctx.session, *account, now=ctx.now)
    if keeper is None or not deciding.owns_sense(keeper, chosen):
        raise Invalid(fields={"keeper": said.NOT_AN_OWNER})
    ctx.record(f"sense:{sense}", before=chosen.keeper_id, after=keeper.id)
    chosen.keeper_id = keeper.id
    told = Message(text=said.now_yours(term.label, ctx.person.name))
    ctx.send(keeper, told, about=f"sense:{sense}")
    return Message(text=said.handed_over(term.label, keeper.name))


@it.command("term missing", help=texts.HELP_MISSING)
def missing(ctx: Context, text: str) -> Reply:
    """Show what was looked up in vain, so that somebody can define it."""
    shelf.write_down(ctx.session)
    counts = tables.most_missed(ctx.session, ctx.now.date(), MISSING_SHOWN)
    buttons = [proposing.add.button(said.define(key), term=key) for key, _ in counts]
    return views.missing(counts, buttons[:MISSING_BUTTONS])


@it.sweep
def keep_up(session: Session) -> None:
    """Keep this process's index ready, and store the lookups that it counted."""
    shelf.shelf(session).write_down(session)


@it.timer("morning", every="daily 07:00")
def every_morning(ctx: Context) -> None:
    """Mark what is due, remind its keepers once, and look after suggestions that wait."""
    tables.forget_lookups(ctx.session, ctx.now.date() - LOOKUPS_KEPT)
    _ask_for_reviews(ctx)
    for proposal in tables.open_proposals(ctx.session):
        waited = _WORKING_DAYS.elapsed(proposal.created_at, ctx.now)
        if proposal.flagged_at is None and waited >= timedelta(days=rules.ANSWER_WORKING_DAYS):
            proposal.flagged_at = ctx.now
            # Also reaches those who became owners since.
            deciding.ask_owners(ctx, proposal)
            deciding.remind_owners(ctx, proposal)


@it.timer("weekly", every="mon 09:00")
def every_week(ctx: Context) -> None:
    """Tell each owner how much is due in their part of the glossary."""
    due = tables.due_for_review(ctx.session, ctx.now)
    week = ctx.now.date().isoformat()
    for owner in people.holders(ctx.session, Role.OWNER, now=ctx.now):
        count = sum(deciding.owns_sense(owner, sense) for sense in due)
        if count:
            digest = views.choices(
                said.digest(count), (), [say_button(said.SEE_REVIEWS, "term review")]
            )
            ctx.send(owner, digest, key=f"glossary:digest:{week}")


def _ask_for_reviews(ctx: Context) -> None:
    """Mark senses as stale whose time has come, and ask their keepers, once."""
    due = tables.due_for_review(ctx.session, ctx.now, only_new=True)
    if not due:
        return
    publishing.mark_stale(publishing.begin(ctx.session, ctx.now), due)
    asked: dict[int, list[Sense]] = {}
    for sense in due:
        sense.reminded_at = ctx.now
        for keeper in _keepers(ctx, sense):
            asked.setdefault(keeper.id, []).append(sense)
    for id, senses in asked.items():
        _ask_keeper(ctx, people.by_id(ctx.session, id, now=ctx.now), senses)


def _ask_keeper(ctx: Context, keeper: Person, due: Sequence[Sense]) -> None:
    """Ask for each review with its buttons; many become one message."""
    due = sorted(due, key=lambda sense: sense.keeper_id != keeper.id)
    terms = [ctx.session.get_one(Term, sense.term_id) for sense in due]
    if len(due) >= REQUESTS_TOGETHER:
        labels = views.first_lines([term.label for term in terms], proposal_views.LINES_SHOWN)
        see = [say_button(said.SEE_REVIEWS, "term review")]
        request = views.choices(said.reviews_asked(len(due), labels), (), see)
        ctx.send(keeper, request, key=f"glossary:reviews:{ctx.now.date()}")
        return
    for sense, term in zip(due, terms, strict=True):
        request = Message(text=said.review_asked(term.label, sense.department))
        request = views.with_buttons(request, _review_buttons(sense))
        key = f"glossary:sense:{sense.id}:review:{sense.version}:{ctx.now.date()}"
        ctx.send(keeper, request, key=key, about=f"sense:{sense.id}")


def _keepers(ctx: Context, sense: Sense) -> list[Person]:
    """Return who is asked to review a sense: its keeper, or its owner group once they left."""
    if sense.keeper_id:
        keeper = people.by_id(ctx.session, sense.keeper_id, now=ctx.now)
        if keeper.active and deciding.owns_sense(keeper, sense):
            return [keeper]
    return people.holders(ctx.session, Role.OWNER, department=sense.owner_group, now=ctx.now)


def _own_sense(ctx: Context, id: int) -> tuple[Sense, Term]:
    chosen = tables.sense_with_term(ctx.session, id)
    if chosen is None or not deciding.owns_sense(ctx.person, chosen[0]):
        raise NotFound(NO_SUCH_THING)
    return chosen


def _review_buttons(sense: Sense) -> list[Button]:
    id = sense.id or 0
    return [
        still_right.button(said.STILL_RIGHT, sense=id),
        proposing.suggest.button(said.EDIT, sense=id),
        hand_over.button(said.HAND_OVER, sense=id),
    ]
