"""Candidates: adding them to searches, showing them by code, and who learns nothing of them."""

from collections.abc import Iterable, Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.menu import say_button
from bot.roles import Role
from bot.text import parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import NoSuchPerson, Person
from workflows.hiring import (
    access,
    asked,
    calls,
    forms,
    interviewing,
    offering_texts,
    panels,
    rules,
    tables,
    texts,
    views,
)
from workflows.hiring import workflow as it
from workflows.hiring.asked import Entry
from workflows.hiring.tables import Application, Candidate, Recusal, Search


@it.command("candidate", help=texts.HELP_CANDIDATE, usage=texts.USAGE_CANDIDATE, read_only=True)
def candidate(ctx: Context, text: str) -> Reply:
    """Show a candidate in the searches that the person takes part in."""
    found, seen = asked.candidate(ctx, asked.number(parse(text), rules.CANDIDATE))
    interviews = [one for each, _ in seen for one in tables.meetings_of(ctx.session, each.id or 0)]
    facts = list(_facts(ctx, found, seen))
    card = views.candidate(found, facts, seen, interviews, _buttons(ctx, found, seen))
    return card.carrying(calls.entity_of(found))


@it.form("add_candidate", allow=Role.RECRUITER)
def add(ctx: Context, search: int) -> Form:
    """Ask for all that is kept of a candidate."""
    return forms.candidate(_heading(_going_on(ctx, search)))


@add.submit
def added(ctx: Context, answers: Answers, search: int) -> Reply:
    """Add a candidate, whose name is sealed."""
    found = _going_on(ctx, search)
    internal = asked.perhaps_picked(ctx, answers, "internal")
    if internal is not None:
        _check_internal(ctx, internal, found)
    new = Candidate(
        source=rules.tidy(answers.text("source")),
        internal_person_id=internal.id if internal else None,
        consent_basis=answers.text("consent"),
        created_at=ctx.now,
    )
    ctx.session.add(new)
    ctx.session.flush()
    calls.seal_name(ctx.sealer, new, rules.tidy(answers.text("name")))
    stage = asked.beside("stage", lambda: _stage(answers.text("stage")))
    return _enter(ctx, new, found, stage)


@it.command(
    "candidate add",
    help=texts.HELP_CANDIDATE_ADD,
    usage=texts.USAGE_CANDIDATE_ADD,
    allow=Role.RECRUITER,
)
def add_named(ctx: Context, text: str) -> Reply:
    """Open the form, or add somebody who is a candidate elsewhere."""
    line = parse(text)
    search = asked.number(line, rules.SEARCH)
    found = _going_on(ctx, search)
    if asked.words(line):
        raise Invalid(texts.NAME_IN_FORM.format(search=calls.code_of(found)))
    if not any(ref.kind == rules.CANDIDATE for ref in line.refs):
        return add.open(ctx, search=search)
    known, _ = asked.candidate(ctx, asked.number(line, rules.CANDIDATE))
    if tables.application(ctx.session, known.id or 0, search):
        raise Conflict(texts.in_search_already(calls.code_of(known), calls.code_of(found)))
    return _enter(ctx, known, found, _stage(line.flags.get("stage") or texts.FIRST_STAGE))


@it.command("candidate stage", help=texts.HELP_STAGE, usage=texts.USAGE_STAGE, allow=Role.RECRUITER)
def stage(ctx: Context, text: str) -> Reply:
    """Move a candidate to another stage of one search."""
    line = parse(text)
    known, application, search = asked.entry(ctx, line)
    reached = _stage(" ".join(asked.words(line)))
    ctx.record(f"application:{application.id}", before=application.stage, after=reached)
    application.stage, application.stage_entered_at = reached, ctx.now
    return Message(text=texts.stage_now(calls.code_of(known), calls.code_of(search), reached))


@it.command("candidate recuse", help=texts.HELP_RECUSE, usage=texts.USAGE_RECUSE)
def ask_to_recuse(ctx: Context, text: str) -> Reply:
    """Ask before somebody is kept out; without a name, whoever asks."""
    line = parse(text)
    id = asked.number(line, rules.CANDIDATE)
    known, _ = _recusable(ctx, id)
    who = next(iter(asked.words(line)), "")
    if who and not ctx.person.holds(Role.RECRUITER):
        raise NotFound(NO_SUCH_THING)
    person = asked.anybody(ctx, who) if who else ctx.person
    said = texts.ask_to_recuse(calls.code_of(known), person.name)
    sure = recuse.button(texts.RECUSE, candidate=id, person=person.id).danger(said)
    return views.asking(said, sure)


@it.action("recuse")
def recuse(ctx: Context, candidate: int, person: int) -> Reply:
    """Keep somebody out of all that concerns a candidate, in every search."""
    if person != ctx.person.id and not ctx.person.holds(Role.RECRUITER):
        raise NotFound(NO_SUCH_THING)
    known, seen = _recusable(ctx, candidate)
    try:
        someone = people.by_id(ctx.session, person, now=ctx.now)
    except NoSuchPerson:
        raise NotFound(NO_SUCH_THING) from None
    left: list[str] = []
    for application in seen:
        _keep_out(ctx, application, someone.id)
        left += panels.leave_all(ctx, application, someone.id)
    return Message(text=texts.recused(calls.code_of(known), someone.name, left))


@it.form("colleague", allow=Role.RECRUITER)
def colleague(ctx: Context, candidate: int) -> Form:
    """Ask which colleague a candidate is, where nobody reads along."""
    known, _ = asked.candidate(ctx, candidate)
    return forms.colleague(calls.code_of(known))


@colleague.submit
def colleague_picked(ctx: Context, answers: Answers, candidate: int) -> Reply:
    """Ask before the colleague who was picked is kept out."""
    known, _ = asked.candidate(ctx, candidate)
    person = asked.picked(ctx, answers, "internal")
    return asked.beside("internal", lambda: _ask_to_mark(ctx, known, person))


@it.command(
    "candidate colleague",
    help=texts.HELP_COLLEAGUE,
    usage=texts.USAGE_RECUSE,
    allow=Role.RECRUITER,
)
def colleague_named(ctx: Context, text: str) -> Reply:
    """Open the form, or ask before the colleague who was typed is kept out."""
    line = parse(text)
    known, _ = asked.candidate(ctx, asked.number(line, rules.CANDIDATE))
    who = next(iter(asked.words(line)), "")
    if not who:
        return colleague.open(ctx, candidate=known.id or 0)
    return _ask_to_mark(ctx, known, asked.colleague(ctx, who))


@it.action("mark_colleague", allow=Role.RECRUITER)
def mark(ctx: Context, candidate: int, person: int) -> Reply:
    """Note which colleague a candidate is, who leaves all panels about themselves."""
    known = _locked(ctx, candidate)
    someone = asked.colleague(ctx, str(person))
    _check_to_mark(ctx, known, someone)
    known.internal_person_id = someone.id
    ctx.record(calls.entity_of(known), after=f"colleague {someone.id}")
    entries = tables.applications_of(ctx.session, candidate)
    for application, _ in entries:
        calls.kept_out(ctx, application.id or 0, someone.id)
    left = [code for one, _ in entries for code in panels.leave_all(ctx, one, someone.id)]
    said = texts.marked(calls.code_of(known), someone.name, left)
    return Message(text=said, about=calls.entity_of(known))


@it.command(
    "candidate colleague drop",
    help=texts.HELP_COLLEAGUE_DROP,
    usage=texts.USAGE_CANDIDATE,
    allow=Role.RECRUITER,
)
def ask_to_unmark(ctx: Context, text: str) -> Reply:
    """Ask before a colleague may read again what they were kept out of."""
    known, _ = asked.candidate(ctx, asked.number(parse(text), rules.CANDIDATE))
    name = asked.name_of(ctx, _marked_as(known))
    said = texts.ask_to_unmark(calls.code_of(known), name)
    sure = unmark.button(texts.SURE_UNMARK, candidate=known.id or 0).danger(said)
    return views.asking(said, sure).carrying(calls.entity_of(known))


@it.action("unmark_colleague", allow=Role.RECRUITER)
def unmark(ctx: Context, candidate: int) -> Reply:
    """Take back that a candidate is a colleague."""
    known = _locked(ctx, candidate)
    ctx.record(calls.entity_of(known), before=f"colleague {_marked_as(known)}")
    known.internal_person_id = None
    return Message(text=texts.unmarked(calls.code_of(known)))


def _ask_to_mark(ctx: Context, known: Candidate, person: Person) -> Reply:
    _check_to_mark(ctx, known, person)
    said = texts.ask_to_mark(calls.code_of(known), person.name)
    sure = mark.button(texts.SURE_MARK, candidate=known.id or 0, person=person.id).danger(said)
    return views.asking(said, sure).carrying(calls.entity_of(known))


def _check_to_mark(ctx: Context, known: Candidate, person: Person) -> None:
    if person.id == ctx.person.id:
        raise Invalid(texts.OWN_CANDIDACY)
    if known.internal_person_id is not None:
        raise Invalid(texts.marked_already(calls.code_of(known)))
    other = _known_as(ctx, person)
    if other is not None:
        raise Invalid(texts.another_already(calls.code_of(other), person.name))


def _marked_as(known: Candidate) -> int:
    if known.internal_person_id is None:
        raise Conflict(texts.not_marked(calls.code_of(known)))
    return known.internal_person_id


def _locked(ctx: Context, id: int) -> Candidate:
    """Return a candidate of whom the person may know, and whom nobody else changes now."""
    tables.lock(ctx.session, Candidate, id)
    known, _ = asked.candidate(ctx, id)
    return known


def _recusable(ctx: Context, id: int) -> tuple[Candidate, Sequence[Application]]:
    """Return a candidate whom the person may know of, with all applications.

    Recruiters keep anybody out of them, and everybody themselves.
    """
    known = tables.candidate(ctx.session, id)
    entries = tables.applications_of(ctx.session, id) if known else []
    if known is None or not any(_knows_of(ctx, known, *entry) for entry in entries):
        raise NotFound(NO_SUCH_THING)
    return known, [application for application, _ in entries]


def _knows_of(ctx: Context, known: Candidate, one: Application, search: Search) -> bool:
    meetings = tables.meetings_of(ctx.session, one.id or 0)
    seats = (tables.seat(ctx.session, each.interview.id or 0, ctx.person.id) for each in meetings)
    return access.reads_interview(
        ctx.person, search, known, recused=asked.is_recused(ctx, one), on_panel=any(seats)
    )


def _keep_out(ctx: Context, application: Application, person: int) -> None:
    recusal = Recusal(application_id=application.id or 0, person_id=person, at=ctx.now)
    ctx.session.merge(recusal)
    ctx.record(f"application:{application.id}", after=f"recused {person}")
    calls.kept_out(ctx, application.id or 0, person)


def _enter(ctx: Context, known: Candidate, search: Search, stage: str) -> Reply:
    """Put a candidate into a search; who is kept out elsewhere is kept out there."""
    application = Application(
        candidate_id=known.id or 0,
        search_id=search.id or 0,
        stage=stage,
        stage_entered_at=ctx.now,
    )
    kept_out = tables.recused_from(ctx.session, known.id or 0)
    ctx.session.add(application)
    ctx.session.flush()
    ctx.record(f"application:{application.id}", after=stage)
    for person in sorted(kept_out):
        _keep_out(ctx, application, person)
    return views.asking(
        texts.candidate_added(calls.code_of(known), calls.code_of(search)),
        interviewing.add.button(texts.PLAN_INTERVIEW, application=application.id or 0),
    )


def _going_on(ctx: Context, id: int) -> Search:
    found = asked.search(ctx, id)
    if found.status in rules.OVER:
        raise Conflict(texts.is_over(calls.code_of(found), found.status))
    return found


def _check_internal(ctx: Context, internal: Person, search: Search) -> None:
    if internal.id == ctx.person.id:
        raise Invalid(fields={"internal": texts.OWN_CANDIDACY})
    known = _known_as(ctx, internal)
    if known is not None:
        said = texts.known_already(calls.code_of(known), calls.code_of(search))
        raise Invalid(fields={"internal": said})


def _known_as(ctx: Context, colleague: Person) -> Candidate | None:
    """Return the candidate who a colleague is."""
    known = tables.internal_candidate(ctx.session, colleague.id)
    # Whoever is kept out of a candidacy does not learn of it here either.
    return known if known is not None and asked.entries(ctx, known) else None


def _stage(text: str) -> str:
    stage = rules.stage_named(text)
    if not stage or len(stage) > texts.STAGE_MAX:
        raise Invalid(texts.STAGE_MISSING)
    return stage


def _facts(ctx: Context, known: Candidate, seen: Sequence[Entry]) -> Iterable[views.Fact]:
    labels = texts.FACTS
    named = any(
        access.reads_name(ctx.person, search, known, recused=asked.is_recused(ctx, one))
        for one, search in seen
    )
    if named:
        yield labels["name"], calls.name_of(ctx.sealer, known) or texts.UNNAMED
        if known.internal_person_id is not None:
            yield labels["internal"], texts.YES
    if known.source:
        yield labels["source"], known.source
    if known.consent_basis:
        yield labels["consent"], texts.CONSENTS.get(known.consent_basis, known.consent_basis)
    yield from _offers(seen)


def _offers(seen: Sequence[Entry]) -> Iterable[views.Fact]:
    for one, search in seen:
        if one.offer_extended_at is not None:
            label = offering_texts.FACT.format(search=calls.code_of(search))
            yield label, offering_texts.fact(one.offer_extended_at, one.offer_result)


def _buttons(ctx: Context, known: Candidate, seen: Sequence[Entry]) -> list[Button]:
    if not ctx.person.holds(Role.RECRUITER):
        return []
    plans = [
        interviewing.add.button(
            f"{texts.PLAN_INTERVIEW} ({calls.code_of(search)})", application=one.id or 0
        )
        for one, search in seen[: texts.BUTTONS_SHOWN]
        if search.status not in rules.OVER
    ]
    if known.internal_person_id is None:
        return [*plans, colleague.button(texts.MARK, candidate=known.id or 0)]
    return [*plans, say_button(texts.UNMARK, f"candidate colleague drop {calls.code_of(known)}")]


def _heading(search: Search) -> str:
    return f"{calls.code_of(search)}: {search.title}"
