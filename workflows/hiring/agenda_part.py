"""Hiring on a meeting's agenda: searches, what waits for a decision, and what is needed soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial

from bot.business_time import BusinessCalendar
from bot.calendars import hours_of
from bot.context import Context
from storage import people
from workflows.agendas import calls as agendas
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import AHEAD, STALLED_DAYS, Part, Reach
from workflows.hiring import access, agenda_tables, calls, rules, tables
from workflows.hiring import agenda_texts as texts
from workflows.hiring.agenda_tables import Entry
from workflows.hiring.rules import SIGNERS, SearchStatus, TemplateState
from workflows.hiring.tables import Search, Template

_STALLS_AFTER = timedelta(days=STALLED_DAYS)
_NO_OWNER = BusinessCalendar("UTC")


@agendas.section(Part.SEARCHES)
def searches(ctx: Context, asked: Asked) -> list[Item]:
    """Return the open searches, the one that should end first first."""
    found = tables.searches(ctx.session, SearchStatus.OPEN)
    if asked.reach is not Reach.KNOWN:
        return _number("searches", texts.searches(len(found)), len(found))
    found.sort(key=lambda one: (one.target_start or date.max, one.opened_on, one.id))
    known: dict[int | None, list[Entry]] = {}
    for one in agenda_tables.entries(ctx.session):
        if _is_for_all(asked, one):
            known.setdefault(one.search.id, []).append(one)
    # Few people look after very many searches: the hours of each are read once.
    hours = cache(partial(_hours, ctx))
    items = [
        _search(ctx, asked, one, known.get(one.id, ()), hours(one.ta_owner_id))
        for one in found
        if _reads(asked, one)
    ]
    count = len(found) - len(items)
    return items + _others("searches", texts.searches(count), count)


@agendas.section(Part.DECISIONS)
def offers(ctx: Context, asked: Asked) -> list[Item]:
    """Return the offers that nobody has answered, the oldest first."""
    found = agenda_tables.offers(ctx.session)
    if asked.reach is not Reach.KNOWN:
        return _number("offers", texts.offers(len(found)), len(found))
    found.sort(key=lambda one: one.application.offer_extended_at or ctx.now)
    return [_offer(ctx, one) for one in found if _is_for_all(asked, one)]


@agendas.section(Part.DECISIONS)
def templates(ctx: Context, asked: Asked) -> list[Item]:
    """Return the scorecards that wait for a signature."""
    found = tables.templates(ctx.session, TemplateState.PROPOSED)
    if asked.reach is not Reach.KNOWN:
        return _number("templates", texts.templates(len(found)), len(found))
    return [_template(ctx, one) for one in found if asked.all_may(access.reads_templates)]


@agendas.section(Part.NEEDS)
def wanted(ctx: Context, asked: Asked) -> list[Item]:
    """Return the searches that want somebody soon, planned ones as well."""
    until = (ctx.now + AHEAD).date()
    states = (SearchStatus.DRAFT, SearchStatus.OPEN)
    found = agenda_tables.wanted_by(ctx.session, until, *states)
    if asked.reach is not Reach.KNOWN:
        return _number("wanted", texts.wanted_soon(len(found), AHEAD.days), len(found))
    items = [_wanted(one) for one in found if _reads(asked, one)]
    count = len(found) - len(items)
    return items + _others("wanted", texts.wanted_soon(count, AHEAD.days), count)


def _reads(asked: Asked, search: Search) -> bool:
    return asked.all_may(partial(access.reads_search, search=search))


def _is_for_all(asked: Asked, one: Entry) -> bool:
    """Say whether all who read there may know of a candidate in a search."""
    return asked.all_may(
        lambda reader: access.reads_application(
            reader, one.search, one.candidate, recused=reader.id in one.recused
        )
    )


def _search(
    ctx: Context, asked: Asked, search: Search, own: Sequence[Entry], hours: BusinessCalendar
) -> Item:
    """Return a search with those of its candidates of whom all readers may know."""
    counts = Counter(one.application.stage for one in own)
    new = Counter(one.application.stage for one in own if _is_new(one, asked.since))
    today, start = ctx.now.date(), search.target_start
    left = (start - today).days if start else None
    code, days = calls.code_of(search), (today - search.opened_on).days
    said = [
        texts.search(code, search.title, days, left),
        texts.stages(dict(sorted(counts.items())), new),
    ]
    stalled = [calls.code_of(one.candidate) for one in own if _is_stalled(one, hours, ctx.now)]
    if stalled:
        said.append(texts.stalled(stalled, STALLED_DAYS))
    return Item(key=f"search:{search.id}", line="; ".join(said), owner_id=search.ta_owner_id)


def _is_new(one: Entry, since: datetime | None) -> bool:
    return since is not None and one.application.stage_entered_at >= since


def _is_stalled(one: Entry, hours: BusinessCalendar, now: datetime) -> bool:
    return hours.due(one.application.stage_entered_at, _STALLS_AFTER) <= now


def _hours(ctx: Context, owner_id: int | None) -> BusinessCalendar:
    """Return the working days of who looks after searches, each as 24 hours."""
    if owner_id is None:
        return replace(_NO_OWNER, start=time(), end=time())
    owner = people.by_id(ctx.session, owner_id, now=ctx.now)
    return replace(hours_of(ctx.session, owner), start=time(), end=time())


def _offer(ctx: Context, one: Entry) -> Item:
    days = (ctx.now - (one.application.offer_extended_at or ctx.now)).days
    line = texts.offer(calls.code_of(one.candidate), calls.code_of(one.search), days)
    return Item(key=f"offer:{one.application.id}", line=line, owner_id=one.search.ta_owner_id)


def _template(ctx: Context, one: Template) -> Item:
    given = {signed.department for signed in tables.signatures_of(ctx.session, one.id or 0)}
    missing = [department for department in SIGNERS if department not in given]
    code = rules.code(rules.TEMPLATE, one.id)
    line = texts.template(code, one.role_family, one.level, missing)
    return Item(key=f"template:{one.id}", line=line)


def _wanted(one: Search) -> Item:
    is_planned = one.status is SearchStatus.DRAFT
    day = one.target_start or one.opened_on
    line = texts.wanted(calls.code_of(one), one.title, day, is_planned=is_planned)
    return Item(key=f"wanted:{one.id}", line=line, owner_id=one.ta_owner_id)


def _others(key: str, line: str, count: int) -> list[Item]:
    """Return the number of those that are left, since it is not for everybody which they are."""
    return _number(key, texts.not_for_all(line), count)


def _number(key: str, line: str, count: int) -> list[Item]:
    """Return a number where it is not for everybody which they are."""
    return [Item(key=key, line=line)] if count else []
