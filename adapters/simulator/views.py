"""Modals, three deep at most, and one Home for each person."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.simulator.answers import Answers, initial_answers, state_of
from adapters.simulator.blocks import problems_in_view
from adapters.simulator.errors import Refusal

Json = dict[str, Any]

STACK = 3
_KEPT = (
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
)
_DEFAULTS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "close": None,
    "submit": None,
}


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home as one person has it before them."""

    id: str
    user: str
    body: Json
    root: str
    previous: str | None = None
    revision: int = 1
    answers: Answers = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """Return what changes with each revision, so that late updates are noticed."""
        digest = hashlib.sha256(f"{self.id}:{self.revision}".encode()).hexdigest()[:8]
        return f"{self.revision}.{digest}"

    @property
    def blocks(self) -> list[Json]:
        """Return the blocks, each with a `block_id`."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    def as_json(self, team: str) -> Json:
        """Return the view object of the Web API and of interactivity payloads."""
        return {
            **_DEFAULTS,
            **self.body,
            "id": self.id,
            "team_id": team,
            "app_installed_team_id": team,
            "app_id": "A0PARLEY",
            "bot_id": "B0PARLEY",
            "hash": self.hash,
            "root_view_id": self.root,
            "previous_view_id": self.previous,
            "state": {"values": state_of(self.blocks, self.answers)},
        }


def with_ids(blocks: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Return *blocks* with the block and action ids that Slack makes up where none are given."""
    finished = []
    for place, original in enumerate(blocks):
        block = {"block_id": f"b{place}", **original}
        if isinstance(block.get("elements"), list) and block["type"] == "actions":
            block["elements"] = [
                _named(item, block, at) for at, item in enumerate(block["elements"])
            ]
        for part in ("accessory", "element"):
            if isinstance(block.get(part), Mapping) and block[part].get("type") != "image":
                block[part] = _named(block[part], block, 0)
        finished.append(block)
    return finished


def checked_view(body: Mapping[str, Any], kind: str) -> Json:
    """Return *body* with all ids it needs, or refuse it as Slack does."""
    problems = problems_in_view(body)
    if body.get("type") != kind:
        problems.append(f"view/type: must be {kind}")
    if problems:
        raise Refusal("invalid_arguments", problems)
    kept = {name: body[name] for name in _KEPT if body.get(name) is not None}
    return kept | {"blocks": with_ids(body["blocks"])}


def _named(element: Mapping[str, Any], block: Mapping[str, Any], place: int) -> Json:
    return {"action_id": f"{block['block_id']}.a{place}", **element}


class Views:
    """What lies open before everybody."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._made = 0

    def stack(self, user: str) -> list[View]:
        """Return the person's modals, the one on top last."""
        return list(self._stacks.get(user, []))

    def home(self, user: str) -> View | None:
        """Return the person's Home, if one was published."""
        return self._homes.get(user)

    def find(self, view_id: str) -> View | None:
        """Return the open view with this id or external id."""
        everything = [view for stack in self._stacks.values() for view in stack]
        for view in [*everything, *self._homes.values()]:
            if view_id and view_id in {view.id, view.body.get("external_id")}:
                return view
        return None

    def open(self, user: str, body: Mapping[str, Any]) -> View:
        """Open a modal in front of *user*; an earlier stack goes away."""
        self._stacks[user] = []
        return self.push(user, body)

    def push(self, user: str, body: Mapping[str, Any]) -> View:
        """Lay a modal on top of the person's stack."""
        checked = checked_view(body, "modal")
        stack = self._stacks.setdefault(user, [])
        if len(stack) >= STACK:
            raise Refusal("push_limit_reached")
        view_id = self._next_id()
        view = View(
            view_id,
            user,
            checked,
            root=stack[0].id if stack else view_id,
            previous=stack[-1].id if stack else None,
            answers=initial_answers(checked["blocks"]),
        )
        stack.append(view)
        return view

    def publish(self, user: str, body: Mapping[str, Any], expected: str | None) -> View:
        """Put *body* in the place of the person's Home."""
        checked = checked_view(body, "home")
        present = self._homes.get(user)
        if expected and present and expected != present.hash:
            raise Refusal("hash_conflict")
        view_id = present.id if present else self._next_id()
        revision = present.revision + 1 if present else 1
        answers = initial_answers(checked["blocks"])
        view = View(view_id, user, checked, view_id, revision=revision, answers=answers)
        self._homes[user] = view
        return view

    def update(self, view: View, body: Mapping[str, Any], expected: str | None = None) -> View:
        """Put *body* in the place of *view*; inputs with the same ids keep what was typed."""
        if expected and expected != view.hash:
            raise Refusal("hash_conflict")
        kind = view.body["type"]
        checked = checked_view(body, kind)
        answers = initial_answers(checked["blocks"])
        for block_id, typed in view.answers.items():
            kept = {
                name: value for name, value in typed.items() if name in answers.get(block_id, {})
            }
            answers[block_id] = {**answers.get(block_id, {}), **kept}
        return self._keep(
            replace(view, body=checked, revision=view.revision + 1, answers=answers, errors={})
        )

    def type_in(self, view: View, answers: Answers) -> View:
        """Remember what the person has typed so far, in the view as it stands now."""
        view = self.find(view.id) or view
        merged = {block: {**view.answers.get(block, {}), **said} for block, said in answers.items()}
        return self._keep(replace(view, answers={**view.answers, **merged}))

    def refuse(self, view: View, errors: Mapping[str, str]) -> View:
        """Show *errors* beside the inputs."""
        return self._keep(replace(view, errors=dict(errors)))

    def close(self, view: View) -> None:
        """Take the view off its stack, with all that lies on it."""
        stack = self._stacks.get(view.user, [])
        place = next((n for n, other in enumerate(stack) if other.id == view.id), len(stack))
        del stack[place:]

    def clear(self, user: str) -> None:
        """Close all modals of this person."""
        self._stacks.pop(user, None)

    def _keep(self, view: View) -> View:
        if view.body["type"] == "home":
            self._homes[view.user] = view
            return view
        stack = self._stacks.get(view.user, [])
        stack[:] = [view if other.id == view.id else other for other in stack]
        return view

    def _next_id(self) -> str:
        self._made += 1
        return f"V{self._made:07d}"
