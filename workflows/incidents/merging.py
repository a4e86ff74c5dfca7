"""Two incidents that turn out to be one: merged, and taken apart again if they were not.

Nobody reads more by a merge than before: only who could read both reads what they become. All
others are listed to its lead, who lets them in by a click.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict
from bot.text import parse
from bot.ui import Form, Message, Reply
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    choosing,
    codes,
    engaging,
    letting_in,
    merging_views,
    moving,
    parts,
    shutting_out,
    tables,
    telling,
    timeline,
)
from workflows.incidents import merging_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import NAMED, OVER, Kind, Move, Reason, Tlp
from workflows.incidents.tables import Incident, Pass
from workflows.reports import tables as reports_tables
from workflows.reports.codes import stamp


@dataclass(frozen=True, slots=True)
class Pair:
    """Two locked incidents: the *source* is to be part of the *target*."""

    source: Incident
    target: Incident

    @property
    def codes(self) -> tuple[str, str]:
        """Return the short names of both."""
        return codes.code(self.source), codes.code(self.target)


@it.command("security merge", help=texts.HELP_MERGE, usage=texts.USAGE_MERGE)
def say_merge(ctx: Context, text: str) -> Reply:
    """Open the form that says what merging does to who may read."""
    source, target = choosing.two(text)
    return merge.open(ctx, source=source, target=target)


@it.form("merge")
def merge(ctx: Context, source: int, target: int) -> Form:
    """Say who would read what the two become, and who would not any more."""
    pair = _pair(ctx, source, target)
    both = _readers_of_both(ctx, pair)
    losing = [one.name for one in access.readers(ctx, target) if one.id not in both]
    return merging_views.form(*pair.codes, losing)


@merge.submit
def send_merge(ctx: Context, _answers: Answers, source: int, target: int) -> Reply:
    """Merge the two, and ask the lead about those who could read one of them."""
    pair = _pair(ctx, source, target)
    join(ctx, pair)
    _ask_about(ctx, pair)
    return Message(text=texts.merged(*pair.codes))


def join(ctx: Context, pair: Pair) -> None:
    """Make one incident part of another; what the other was like is kept, for unmerging."""
    source, target = pair.source, pair.target
    both = _readers_of_both(ctx, pair)
    source.before_merge = _snapshot(ctx, pair)
    for person_id in tables.excluded(ctx.session, source.id or 0):
        shutting_out.shut_out(ctx, target, person_id)
    losing = [one.id for one in access.readers(ctx, target.id or 0) if one.id not in both]
    shutting_out.let_go(ctx, target, losing)
    if source.tlp.is_stricter_than(target.tlp):
        letting_in.set_tlp(ctx, target, source.tlp)
    for link in tables.links_of(ctx.session, source.id or 0):
        link.incident_id = target.id or 0
    source.merged_into = target.id
    role = parts.role_of(ctx, source)
    moving.move(ctx, source, Move.MERGE, role=role)
    said = texts.took_in(codes.code(source))
    timeline.note(ctx, target, Kind.STATE, said, role=parts.role_of(ctx, target))
    calls.incident_changed(ctx, target.id or 0)


@it.action("let_back")
def let_back(ctx: Context, source: int) -> Reply:
    """Let in all who could read one of two incidents that are one now: the lead saw the list."""
    pair = _merged(ctx, source)
    choosing.check_lead(ctx, pair.target)
    gaining = _gaining(ctx, pair)
    letting_in.let_in(ctx, pair.target, [one.id for one in gaining], Reason.MERGED)
    return Message(text=texts.let_back(pair.codes[1], [one.name for one in gaining]))


@it.command("security unmerge", help=texts.HELP_UNMERGE, usage=texts.USAGE_UNMERGE)
def say_unmerge(ctx: Context, text: str) -> Reply:
    """Take two incidents apart again: each has its reports and its readers as before."""
    pair = _merged(ctx, codes.named(parse(text)))
    leads = any(access.leads(ctx, one) for one in (pair.source, pair.target))
    ctx.require(leads, texts.LEAD_NEITHER)
    part(ctx, pair)
    return Message(text=texts.unmerged(*pair.codes))


def part(ctx: Context, pair: Pair) -> None:
    """Take two incidents apart: reports go back, and so does who may read each."""
    source, target, before = pair.source, pair.target, _before(ctx, pair.source)
    if target.tlp == before.get("merged_tlp"):
        target.tlp = Tlp(before["tlp"])
    _restore_exclusions(ctx, pair, before)
    _restore_passes(ctx, target, before)
    for report_id in before.get("reports", ()):
        link = tables.link_of(ctx.session, report_id)
        if link is not None and link.incident_id == target.id:
            link.incident_id = source.id or 0
    _shut_out_again(ctx, target)
    source.before_merge = None
    moving.move(ctx, source, Move.UNMERGE, role=parts.role_of(ctx, source))
    engaging.wait_anew(ctx, source)
    said = texts.let_out(codes.code(source))
    timeline.note(ctx, target, Kind.STATE, said, role=parts.role_of(ctx, target))
    calls.incident_changed(ctx, target.id or 0)


def _pair(ctx: Context, source: int, target: int) -> Pair:
    """Return two incidents that can be merged by whoever asks, locked in the order of numbers.

    Raises:
        NotFound: they may not read both.
        NotAllowed: they lead neither.
        Conflict: one of them is over, or whoever leads the second could not read the first.
    """
    found = {id: access.readable(ctx, id) for id in sorted({source, target})}
    pair = Pair(found[source], found[target])
    if source == target:
        raise Conflict(texts.SAME)
    ctx.require(any(access.leads(ctx, one) for one in found.values()), texts.LEAD_NEITHER)
    code = codes.code(pair.target)
    if pair.target.state in OVER or pair.source.state in OVER:
        raise Conflict(texts.one_is_over(*pair.codes))
    lead = pair.target.lead_id
    if lead is not None and not access.may_read(ctx, source, lead):
        raise Conflict(texts.lead_first(code, codes.code(pair.source)))
    return pair


def _merged(ctx: Context, source: int) -> Pair:
    """Return an incident and what it is part of, locked in the order of numbers.

    Raises:
        NotFound: they may not read both.
        Conflict: it is part of no other, or that is part of a third one.
    """
    seen = tables.incident(ctx.session, source)
    target = seen.merged_into if seen is not None else None
    if target is None:
        raise Conflict(texts.not_merged(codes.code(access.readable(ctx, source))))
    found = {id: access.readable(ctx, id) for id in sorted({source, target})}
    if found[source].merged_into != target:
        raise Conflict(texts.not_merged(codes.code_of(source)))
    if (third := found[target].merged_into) is not None:
        raise Conflict(texts.part_itself(codes.code_of(target), codes.code_of(third)))
    return Pair(found[source], found[target])


def _readers_of_both(ctx: Context, pair: Pair) -> set[int]:
    first, second = (access.readers(ctx, one.id or 0) for one in (pair.source, pair.target))
    return {one.id for one in first} & {one.id for one in second}


def _snapshot(ctx: Context, pair: Pair) -> dict[str, Any]:
    """Return who may read the target now, as ids and times, and which reports the source has."""
    source, target = pair.source, pair.target
    return {
        "passes": [_written(one) for one in tables.passes(ctx.session, target.id or 0)],
        "excluded": sorted(tables.excluded(ctx.session, target.id or 0)),
        "reports": [one.report_id for one in tables.links_of(ctx.session, source.id or 0)],
        "tlp": target.tlp.value,
        "merged_tlp": min(source.tlp, target.tlp, key=list(Tlp).index).value,
    }


def _before(ctx: Context, source: Incident) -> dict[str, Any]:
    """Return what was kept at the merge; two people who are one by now are one in it as well."""
    kept = source.before_merge or {}

    def now(id: int) -> int:
        return people.by_id(ctx.session, id, now=ctx.now).id

    passes = [{**one, "person": now(one["person"])} for one in kept.get("passes", ())]
    return {**kept, "passes": passes, "excluded": [now(id) for id in kept.get("excluded", ())]}


def _written(own: Pass) -> dict[str, Any]:
    return {
        "person": own.person_id,
        "reason": own.reason.value,
        "ends_at": own.ends_at.isoformat() if own.ends_at else None,
    }


def _gaining(ctx: Context, pair: Pair) -> list[Person]:
    """Return who could read one of two incidents, and does not read what they have become."""
    before = _before(ctx, pair.source)
    readers = {one.id for one in access.readers(ctx, pair.target.id or 0)}
    out = tables.excluded(ctx.session, pair.target.id or 0)
    could = {one.id for one in access.readers(ctx, pair.source.id or 0)}
    could |= {one["person"] for one in before.get("passes", ()) if _was_valid(one, ctx.now)}
    found = (people.by_id(ctx.session, id, now=ctx.now) for id in sorted(could - readers - out))
    return [one for one in found if one.active]


def _was_valid(written: dict[str, Any], now: datetime) -> bool:
    ends_at = written["ends_at"]
    return ends_at is None or datetime.fromisoformat(ends_at) > now


def _ask_about(ctx: Context, pair: Pair) -> None:
    """List to the lead who could read one of the two, with the click that lets them in."""
    gaining = _gaining(ctx, pair)
    if not gaining:
        return
    button = let_back.button(texts.LET_BACK, source=pair.source.id or 0)
    message = merging_views.asking(*pair.codes, [one.name for one in gaining], button)
    lead = pair.target.lead_id or ctx.person.id
    someone = people.by_id(ctx.session, lead, now=ctx.now)
    telling.tell(ctx, pair.target, [someone], message, what=f"merge:{stamp(ctx)}")


def _restore_exclusions(ctx: Context, pair: Pair, before: dict[str, Any]) -> None:
    """Lift what the merge brought; who was shut out since stays so, in both."""
    source, target = pair.source, pair.target
    brought = tables.excluded(ctx.session, source.id or 0) - set(before.get("excluded", ()))
    since = tables.excluded(ctx.session, target.id or 0) - set(before.get("excluded", ())) - brought
    for person_id in brought:
        access.readmit(ctx, target, person_id)
    for person_id in since:
        shutting_out.shut_out(ctx, source, person_id)


def _shut_out_again(ctx: Context, incident: Incident) -> None:
    """Shut out, after exclusions were lifted, whom the reports that an incident keeps are about."""
    for link in tables.links_of(ctx.session, incident.id or 0):
        for person_id in reports_tables.kept_out(ctx.session, link.report_id):
            shutting_out.shut_out(ctx, incident, person_id)


def _restore_passes(ctx: Context, target: Incident, before: dict[str, Any]) -> None:
    """Let those read again who could, for the reason they had; who came by the merge goes.

    Where it has become TLP:RED since, only those come back whom its lead had named.
    """
    is_narrower = target.tlp is Tlp.RED and before.get("tlp") != Tlp.RED
    known = {one["person"]: one for one in before.get("passes", ())}
    came = [
        one.person_id
        for one in tables.passes(ctx.session, target.id or 0)
        if one.reason is Reason.MERGED and one.person_id not in known
    ]
    shutting_out.let_go(ctx, target, came)
    for own in tables.passes(ctx.session, target.id or 0):
        written = known.get(own.person_id)
        if written is None or own.reason is Reason.LEADS:
            continue
        if Reason(written["reason"]) in NAMED or not is_narrower:
            ends_at = written["ends_at"]
            own.reason = Reason(written["reason"])
            own.ends_at = datetime.fromisoformat(ends_at) if ends_at else None
            own.is_listed = target.state not in OVER
