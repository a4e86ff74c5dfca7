"""The payloads of commands and interactivity, as Slack words them."""

from collections.abc import Mapping
from typing import Any

from adapters.simulator.answers import Answers, initial_answers, state_of, value_of
from adapters.simulator.channels import Channel, Kind
from adapters.simulator.events import TOKEN
from adapters.simulator.messages import Message
from adapters.simulator.people import Member
from adapters.simulator.views import View
from adapters.simulator.wording import as_command
from adapters.simulator.workspace import SlackWorkspace

Json = dict[str, Any]

_CHANNEL_NAMES = {Kind.DM: "directmessage", Kind.PRIVATE: "privategroup"}


class Interactions:
    """Writes what a person does in the words of Slack's wire."""

    def __init__(self, workspace: SlackWorkspace, base_url: str) -> None:
        self._workspace = workspace
        self._base_url = base_url

    def command(self, person: Member, channel: Channel, name: str, text: str) -> Json:
        """Return the form of a slash command."""
        return {
            "token": TOKEN,
            "team_id": self._workspace.team_id,
            "team_domain": "parley",
            "channel_id": channel.id,
            "channel_name": _CHANNEL_NAMES.get(channel.kind, channel.name),
            "user_id": person.id,
            "user_name": person.handle,
            "command": name,
            "text": as_command(self._workspace, text),
            "api_app_id": self._workspace.sample.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel, person),
            "trigger_id": self._workspace.triggers.issue(person.id),
        }

    def press(
        self,
        person: Member,
        surface: Message | View,
        element: Mapping[str, Any],
        value: object,
        answers: Answers,
    ) -> Json:
        """Return `block_actions` for *element* used on a message, a modal or Home."""
        view = surface.id if isinstance(surface, View) else None
        action: Json = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": element["block_id"],
            "action_ts": self._workspace.next_ts(),
            **value_of(element, value),
        }
        if element["type"] == "button":
            action["text"] = element["text"]
        return {
            **self._common("block_actions", person),
            "trigger_id": self._workspace.triggers.issue(person.id, view),
            "actions": [action],
            **self._surface(person, surface, answers),
        }

    def suggestion(
        self, person: Member, surface: Message | View, element: Mapping[str, Any], typed: str
    ) -> Json:
        """Return `block_suggestion` for an external select somebody types in."""
        place = self._surface(person, surface, {})
        place.pop("response_url", None)
        return {
            **self._common("block_suggestion", person),
            "action_id": element["action_id"],
            "block_id": element["block_id"],
            "value": typed,
            **place,
        }

    def submission(self, person: Member, view: View) -> Json:
        """Return `view_submission` with the answers the view holds."""
        return {
            **self._common("view_submission", person),
            "team": _own_team(person),
            "trigger_id": self._workspace.triggers.issue(person.id, view.id),
            "view": view.as_json(self._workspace.team_id),
            "response_urls": [],
        }

    def closing(self, person: Member, view: View, *, is_cleared: bool) -> Json:
        """Return `view_closed`."""
        return {
            **self._common("view_closed", person),
            "team": _own_team(person),
            "view": view.as_json(self._workspace.team_id),
            "is_cleared": is_cleared,
        }

    def shortcut(self, person: Member, callback_id: str) -> Json:
        """Return a global `shortcut`."""
        return {
            **self._common("shortcut", person),
            "callback_id": callback_id,
            "action_ts": self._workspace.next_ts(),
            "trigger_id": self._workspace.triggers.issue(person.id),
        }

    def message_shortcut(
        self, person: Member, channel: Channel, message: Message, callback_id: str
    ) -> Json:
        """Return `message_action` for a shortcut used on *message*."""
        return {
            **self._common("message_action", person),
            "callback_id": callback_id,
            "action_ts": self._workspace.next_ts(),
            "trigger_id": self._workspace.triggers.issue(person.id),
            "response_url": self._response_url(channel, person, message),
            "channel": {"id": channel.id, "name": _shown_name(channel)},
            "message_ts": message.ts,
            "message": message.as_json(team=self._workspace.team_id),
        }

    def _common(self, kind: str, person: Member) -> Json:
        return {
            "type": kind,
            "token": TOKEN,
            "api_app_id": self._workspace.sample.app_id,
            "team": {"id": self._workspace.team_id, "domain": "parley"},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": person.id,
                "username": person.handle,
                "name": person.handle,
                "team_id": person.team,
            },
        }

    def _surface(self, person: Member, surface: Message | View, answers: Answers) -> Json:
        if isinstance(surface, View):
            return {
                "container": {"type": "view", "view_id": surface.id},
                "view": surface.as_json(self._workspace.team_id),
            }
        channel = self._workspace.channel(surface.channel)
        is_ephemeral = surface.only_for is not None
        body: Json = {
            "container": {
                "type": "message",
                "message_ts": surface.ts,
                "channel_id": channel.id,
                "is_ephemeral": is_ephemeral,
                **({"thread_ts": surface.thread_ts} if surface.thread_ts else {}),
            },
            "channel": {"id": channel.id, "name": _shown_name(channel)},
            "response_url": self._response_url(channel, person, surface),
            "state": {"values": _state_of_message(surface, answers)},
        }
        if not is_ephemeral:
            body["message"] = surface.as_json(team=self._workspace.team_id)
        return body

    def _response_url(
        self, channel: Channel, person: Member, message: Message | None = None
    ) -> str:
        ts = message.ts if message else None
        return f"{self._base_url}/response/" + self._workspace.responses.issue(
            channel.id, person.id, ts
        )


def _own_team(person: Member) -> Json:
    """Return the team that Slack names for a window: the person's, perhaps another company's."""
    return {"id": person.team, "domain": person.team.removeprefix("T0").casefold()}


def _shown_name(channel: Channel) -> str:
    return _CHANNEL_NAMES.get(channel.kind, channel.name)


def _state_of_message(message: Message, answers: Answers) -> Json:
    blocks = list(message.blocks)
    held = initial_answers(blocks)
    for block_id, said in answers.items():
        held[block_id] = {**held.get(block_id, {}), **said}
    return state_of(blocks, held)
