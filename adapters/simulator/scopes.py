"""Which scope lets a bot call and hear what, as Slack says."""

from adapters.simulator.api.calls import METHODS, Call, Json, Method
from adapters.simulator.channels import Kind
from adapters.simulator.errors import Refusal

OF_KIND = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.DM: "im"}
#: Bots manage public channels; to write into them is something else.
SPELLED = {"channels:write": "channels:manage"}
EVENTS = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


def every_scope() -> frozenset[str]:
    """Return all scopes that anything here asks for."""
    named = {scope for method in METHODS.values() for scope in _spelled(method.scope)}
    return frozenset({"commands", *named, *EVENTS.values()} - {""})


def check(method: Method, call: Call, granted: frozenset[str]) -> None:
    """Refuse the call, as Slack does, if it asks for more than was granted."""
    scope = method.scope
    if scope.startswith("*") and (kind := _kind(call)):
        scope = _of(scope, kind)
    if scope and not scope.startswith("*") and scope not in granted:
        raise Refusal("missing_scope", needed=scope)


def shown(answer: Json, granted: frozenset[str]) -> Json:
    """Return the answer of a method without what the scopes hide of people."""
    if "users:read.email" not in granted:
        for user in (answer.get("user"), *answer.get("members", [])):
            if isinstance(user, dict):
                user["profile"].pop("email", None)
    return answer


def may_hear(event: str, granted: frozenset[str]) -> bool:
    """Say whether Slack sends events of this kind to a bot with these scopes."""
    scope = EVENTS[event]
    return not scope or scope in granted


def _kind(call: Call) -> Kind | None:
    if not call.has("channel"):
        is_private = call.flag("is_private") or call.listed("types") == ["private_channel"]
        return Kind.PRIVATE if is_private else Kind.PUBLIC
    channel = call.workspace.channels.get(call.text("channel"))
    return channel.kind if channel else None


def _spelled(scope: str) -> list[str]:
    return [_of(scope, kind) for kind in OF_KIND] if scope.startswith("*") else [scope]


def _of(scope: str, kind: Kind) -> str:
    spelled = scope.replace("*", OF_KIND[kind])
    return SPELLED.get(spelled, spelled)
