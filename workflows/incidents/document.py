"""All of an incident for a file: what happened, when and in which role, and nobody's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.context import Context
from workflows.incidents import (
    access,
    codes,
    keeping,
    naming,
    parts,
    review_keeping,
    tables,
)
from workflows.incidents import review_tables as reviews
from workflows.incidents.rules import Tlp
from workflows.incidents.tables import Incident
from workflows.reports import codes as report_codes
from workflows.reports import tables as reports_tables
from workflows.reports.defanging import defang
from workflows.reports.tables import Report

Json = dict[str, Any]


def of(ctx: Context, incident: Incident) -> Json:
    """Return all of an incident; names are roles, addresses are broken.

    What was reported, by whom, and whether they had a part in it stays with the reports. Of those
    that are restricted, where the incident is not, it has the number alone.
    """
    id = incident.id or 0
    return {
        "incident": codes.code(incident),
        "codename": incident.codename,
        "title": _plain(ctx, incident, keeping.title(ctx.sealer, incident)),
        "category": incident.category.value,
        "severity": str(incident.severity),
        "severity_reason": _plain(ctx, incident, keeping.severity_reason(ctx.sealer, incident)),
        "tlp": incident.tlp.value,
        "state": incident.state.value,
        "outcome": incident.outcome.value if incident.outcome else None,
        "declared_at": _moment(incident.declared_at),
        "contained_at": _moment(incident.contained_at),
        "resolved_at": _moment(incident.resolved_at),
        "closed_at": _moment(incident.closed_at),
        "reopened": incident.reopened_count,
        "merged_into": _merged_into(ctx, incident),
        "departments": list(_departments(ctx, id)),
        "reports": list(_reports(ctx, incident)),
        "timeline": list(_timeline(ctx, incident)),
        "review": _review(ctx, incident),
    }


def as_json(document: Json) -> str:
    """Return a document as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _departments(ctx: Context, id: int) -> Iterator[Json]:
    for own in tables.engagements(ctx.session, id):
        yield {
            "department": own.department,
            "part": own.part.value,
            "notified_at": _moment(own.notified_at),
            "acknowledged_at": _moment(own.acknowledged_at),
        }


def _merged_into(ctx: Context, incident: Incident) -> str | None:
    """Return what an incident is part of, for whoever may know that there is such a one."""
    target = incident.merged_into
    return codes.code_of(target) if target and access.may_read(ctx, target) else None


def _reports(ctx: Context, incident: Incident) -> Iterator[Json]:
    for link in tables.links_of(ctx.session, incident.id or 0):
        report = reports_tables.report(ctx.session, link.report_id)
        if report is not None:
            is_told = incident.tlp is Tlp.RED or not report.is_restricted
            yield {"report": report_codes.code(report), **(_told(report) if is_told else {})}


def _told(report: Report) -> Json:
    return {
        "received_at": _moment(report.received_at),
        "category": report.category.value,
        "severity": str(report.severity),
        "state": report.state.value,
    }


def _timeline(ctx: Context, incident: Incident) -> Iterator[Json]:
    for event in tables.timeline(ctx.session, incident.id or 0):
        yield {
            "line": event.id,
            "at": _moment(event.occurred_at),
            "recorded_at": _moment(event.recorded_at),
            "kind": event.kind.value,
            "role": parts.title_of(event.actor_role),
            "text": _plain(ctx, incident, keeping.event(ctx.sealer, event)),
            "corrects": event.supersedes_id,
        }


def _review(ctx: Context, incident: Incident) -> Json | None:
    id = incident.id or 0
    review = reviews.review(ctx.session, id)
    if review is None:
        return None
    return {
        "cause": review.cause.value,
        "published_at": _moment(review.published_at),
        "sections": list(_sections(ctx, incident)),
        "actions": list(_actions(ctx, incident)),
    }


def _sections(ctx: Context, incident: Incident) -> Iterator[Json]:
    for one in reviews.sections(ctx.session, incident.id or 0):
        learned = review_keeping.learned(ctx.sealer, one)
        yield {
            "department": one.department,
            "went_well": _plain(ctx, incident, learned.well),
            "slowed_us": _plain(ctx, incident, learned.slowed),
            "one_change": _plain(ctx, incident, learned.change),
        }


def _actions(ctx: Context, incident: Incident) -> Iterator[Json]:
    for one in reviews.actions(ctx.session, incident.id or 0):
        yield {
            "action": codes.action(one.id or 0),
            "department": one.department,
            "what": _plain(ctx, incident, review_keeping.action(ctx.sealer, one)),
            "owner": naming.label_of(ctx, incident, one.owner_id) if one.owner_id else None,
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "done_at": _moment(one.done_at),
        }


def _plain(ctx: Context, incident: Incident, text: str) -> str:
    return defang(naming.without_names(ctx, incident, text).text)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
