"""The calls of the Bot Connector: where each is found, what it is called, who answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from adapters.simulator.teams.connector import Connector, Reply

Json = dict[str, Any]
Answer = Callable[[Connector, web.Request, Json], Reply]


@dataclass(frozen=True, slots=True)
class Call:
    """One call; the journal and faults know it by its *title*."""

    title: str
    method: str
    path: str
    answer: Answer


def _named(request: web.Request, name: str) -> str:
    return request.match_info[name]


_ALL = "/v3/conversations"
_ONE = f"{_ALL}/{{conversation}}"
_ACTIVITY = f"{_ONE}/activities/{{activity}}"
_TEAM = "/v3/teams/{team}"

CALLS = (
    Call("conversations.create", "POST", _ALL, lambda connector, _, body: connector.create(body)),
    Call(
        "activities.send",
        "POST",
        f"{_ONE}/activities",
        lambda connector, call, body: connector.send(_named(call, "conversation"), body),
    ),
    Call(
        "activities.reply",
        "POST",
        _ACTIVITY,
        lambda connector, call, body: connector.send(
            _named(call, "conversation"), body, _named(call, "activity")
        ),
    ),
    Call(
        "activities.update",
        "PUT",
        _ACTIVITY,
        lambda connector, call, body: connector.update(
            _named(call, "conversation"), _named(call, "activity"), body
        ),
    ),
    Call(
        "activities.delete",
        "DELETE",
        _ACTIVITY,
        lambda connector, call, _: connector.delete(
            _named(call, "conversation"), _named(call, "activity")
        ),
    ),
    Call(
        "members.list",
        "GET",
        f"{_ONE}/members",
        lambda connector, call, _: connector.members(_named(call, "conversation")),
    ),
    Call(
        "members.page",
        "GET",
        f"{_ONE}/pagedmembers",
        lambda connector, call, _: connector.paged_members(
            _named(call, "conversation"), call.query
        ),
    ),
    Call(
        "members.get",
        "GET",
        f"{_ONE}/members/{{member}}",
        lambda connector, call, _: connector.member(
            _named(call, "conversation"), _named(call, "member")
        ),
    ),
    Call(
        "teams.get", "GET", _TEAM, lambda connector, call, _: connector.team(_named(call, "team"))
    ),
    Call(
        "teams.channels",
        "GET",
        f"{_TEAM}/conversations",
        lambda connector, call, _: connector.channels(_named(call, "team")),
    ),
)
