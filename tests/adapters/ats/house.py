"""A hiring system that tells what happens in it, over HTTP, to an engine with interviews."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, web

import workflows.hiring.handlers  # noqa: F401 - what is told is heeded there
from adapters.ats.ingress import PATH, SIGNATURE, Ingress, signed
from bot.clock import FrozenClock
from bot.engine import Engine
from bot.web import serve
from storage.database import Database
from tests.workflows.engine import MONDAY, engine_around
from tests.workflows.hiring.panels import ADA, BEN
from workflows.hiring import workflow

SECRET = "a signature key of the tests"
JSON = {"Content-Type": "application/json"}


def told(event: str, *, minutes: int = 0, **data: Any) -> dict[str, Any]:
    """Return what the system tells, so many minutes after it told the first thing."""
    at = MONDAY + timedelta(minutes=minutes)
    return {
        "hook": {"id": "hook-1", "event": event, "target": "https://parley.example.com"},
        "linked_account": {"id": "account-1", "category": "ats", "integration": "Toy"},
        "data": {"modified_at": at.isoformat(), "remote_data": [{"path": "/", "data": {}}], **data},
    }


JOB = told("Job.added", id="j", name="SOC analyst, junior", status="OPEN")
CANDIDATE = told("Candidate.added", id="c", first_name="Grace", last_name="Hopper")
STAGE = told("JobInterviewStage.added", id="s", name="On site", job=None)
APPLICATION = told(
    "Application.added", id="a", candidate="c", job={"id": "j"}, current_stage="s", offers=[]
)
USERS = (
    told("RemoteUser.added", id="u1", email=ADA.upper(), access_role="INTERVIEWER"),
    told("RemoteUser.added", id="u2", email=BEN, access_role="INTERVIEWER"),
)
MEETING: dict[str, Any] = {
    "id": "i",
    "application": "a",
    "job_interview_stage": "s",
    "interviewers": ["u1", "u2"],
    "start_at": MONDAY.isoformat(),
    "end_at": (MONDAY + timedelta(hours=1)).isoformat(),
    "status": "SCHEDULED",
}
INTERVIEW = told("ScheduledInterview.added", **MEETING)
SCORECARD = told(
    "Scorecard.added",
    id="k",
    application="a",
    interview="i",
    interviewer="u1",
    overall_recommendation="DEFINITELY_NO",
)
ALL = (JOB, CANDIDATE, STAGE, APPLICATION, *USERS, INTERVIEW, SCORECARD)


@dataclass
class Hook:
    """The address that the system tells things to."""

    url: str
    http: ClientSession
    engine: Engine
    clock: FrozenClock
    database: Database

    async def tells(self, *events: Mapping[str, Any]) -> set[int]:
        """Let the system tell what happened; return the statuses of the answers."""
        return {(await self.sends(json.dumps(event).encode()))[0] for event in events}

    async def sends(
        self, body: bytes, headers: Mapping[str, str] | None = None, method: str = "POST"
    ) -> tuple[int, str]:
        """Send bytes, signed unless *headers* say otherwise; return the answer."""
        own = {**JSON, SIGNATURE: signed(SECRET, body)} if headers is None else headers
        async with self.http.request(method, self.url, data=BytesIO(body), headers=own) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def a_hook(database: Database, *, most_seconds: float = 60.0) -> AsyncIterator[Hook]:
    """Open the address over an engine that knows interviews alone."""
    async with engine_around(workflow, database) as (engine, clock, _), ClientSession() as http:
        app = web.Application()
        Ingress(SECRET, engine, most_seconds=most_seconds).mount(app)
        runner = await serve(app, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
        yield Hook(url, http, engine, clock, database)
        await runner.cleanup()
