"""views.*: opening, changing and stacking modals, publishing Home."""

from adapters.simulator.api.calls import Call, Json, method
from adapters.simulator.errors import Refusal
from adapters.simulator.views import View, checked_view


@method("views.open", tier=4)
def open_view(call: Call) -> Json:
    """Open a modal in front of the person whose trigger it is."""
    # A form that Slack refuses does not use the trigger up.
    body = checked_view(_view(call), "modal")
    user, _ = call.workspace.triggers.exchange(call.text("trigger_id"))
    return _answer(call, call.workspace.views.open(user, body))


@method("views.push", tier=4)
def push_view(call: Call) -> Json:
    """Lay a modal on the one that the trigger came from."""
    # A form that Slack refuses does not use the trigger up.
    body = checked_view(_view(call), "modal")
    user, below = call.workspace.triggers.exchange(call.text("trigger_id"))
    if below is None or call.workspace.views.find(below) is None:
        raise Refusal("not_found")
    return _answer(call, call.workspace.views.push(user, body))


@method("views.update", tier=4)
def update_view(call: Call) -> Json:
    """Change an open modal."""
    wanted = call.optional("view_id") or call.text("external_id")
    present = call.workspace.views.find(wanted)
    if present is None:
        raise Refusal("not_found")
    changed = call.workspace.views.update(present, _view(call), call.optional("hash"))
    return _answer(call, changed)


@method("views.publish", tier=4)
def publish_view(call: Call) -> Json:
    """Put a Home in front of one person."""
    user = call.workspace.people.get(call.text("user_id"))
    view = call.workspace.views.publish(user.id, _view(call), call.optional("hash"))
    return _answer(call, view)


def _view(call: Call) -> Json:
    view = call.structure("view")
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", ["missing required field: view"])
    return view


def _answer(call: Call, view: View) -> Json:
    return {"view": view.as_json(call.workspace.team_id)}
