"""What a payload means, and whose it is."""

import json
from copy import deepcopy
from typing import Any

import pytest

from adapters.slack import shapes
from adapters.slack.inbound import Act, Surface, understand
from adapters.slack.ticket import MOST_CHARACTERS, Ticket
from bot.inbound import Arrival, Command, Place, Post, Press, Shortcut, Submission, UserRef
from bot.wire import Refused
from tests.adapters.slack.traffic import COMMAND, PAYLOADS, VIEW, WORDS

GENERAL = Place("slack", "T0PARLEY", "C0GENERAL")
ADA = UserRef("slack", "T0PARLEY", "U0ADA")


def act_of(payload: dict[str, Any]) -> Act | None:
    read = shapes.read(payload)
    return understand(read, {}) if read else None


def meant(payload: dict[str, Any]) -> Act:
    act = act_of(payload)
    assert act
    return act


def changed(kind: str, **parts: Any) -> dict[str, Any]:
    return deepcopy(PAYLOADS[kind]) | parts


def event(kind: str, **parts: Any) -> dict[str, Any]:
    payload = deepcopy(PAYLOADS[kind])
    payload["event"] |= parts
    return payload


def test_a_file_in_a_direct_message_comes_with_the_words_and_none_comes_without_one() -> None:
    file = {"id": "F1", "name": "a.csv", "size": 3, "mimetype": "text/csv"}
    payload = PAYLOADS["direct message"]

    bare = meant(payload).inbound
    sent = meant(payload | {"event": payload["event"] | {"files": [file]}}).inbound

    assert isinstance(bare, Command)
    assert isinstance(sent, Command)
    assert bare.post is None
    assert sent.post is not None
    assert (sent.post.files[0].name, sent.post.one_to_one) == ("a.csv", True)


def test_a_command_keeps_its_name_its_words_and_its_place() -> None:
    act = meant(COMMAND)

    assert act.inbound == Command(
        id="slack:T0PARLEY:command:1.2.abc",
        user=ADA,
        place=GENERAL,
        confided=True,
        name="term",
        text=WORDS,
    )
    assert act.surface is Surface.COMMAND


@pytest.mark.parametrize(
    "payload",
    [
        COMMAND | {"channel_id": "D0ADAPARLEY"},
        changed("shortcut", channel={"id": "D0ADAPARLEY"}),
        changed("submission", view=VIEW | {"private_metadata": '{"channel": "D0ADAPARLEY"}'}),
    ],
)
def test_what_is_done_in_a_direct_chat_is_known_to_be(payload: dict[str, Any]) -> None:
    assert meant(payload).inbound.one_to_one


@pytest.mark.parametrize(
    ("payload", "is_so"),
    [
        (COMMAND, True),
        (COMMAND | {"channel_id": "D0ADAPARLEY"}, True),
        (PAYLOADS["direct message"], True),
        (PAYLOADS["mention"], False),
    ],
)
def test_what_is_said_beside_the_talk_or_in_a_direct_chat_nobody_else_reads(
    payload: dict[str, Any], *, is_so: bool
) -> None:
    assert meant(payload).inbound.confided is is_so


@pytest.mark.parametrize("payload", [COMMAND, PAYLOADS["shortcut"], PAYLOADS["submission"]])
def test_what_is_done_in_a_channel_is_not_taken_for_a_direct_chat(payload: dict[str, Any]) -> None:
    assert not meant(payload).inbound.one_to_one


def test_a_press_knows_its_message_and_its_thread() -> None:
    act = meant(PAYLOADS["press"])

    assert isinstance(act.inbound, Press)
    assert (act.inbound.route, act.inbound.payload) == ("toy.count", {"number": 4})
    assert act.inbound.message == "1.2"
    assert act.inbound.place == Place("slack", "T0PARLEY", "C0GENERAL", "1.1")


def test_a_message_from_beyond_the_calendar_is_refused() -> None:
    message = PAYLOADS["shortcut"]["message"] | {"ts": "999999999999.000000"}

    with pytest.raises(Refused):
        act_of(changed("shortcut", message=message))


def test_a_form_comes_back_to_where_it_was_opened() -> None:
    act = meant(PAYLOADS["submission"])

    assert isinstance(act.inbound, Submission)
    assert act.inbound.id == "slack:T0PARLEY:form:V1:i1"
    assert act.inbound.place == GENERAL
    assert act.inbound.state == {"number": 7, "size": 0}
    assert act.inbound.answers == {"words": WORDS}


def test_a_form_that_was_opened_twice_is_two_forms() -> None:
    first, second = Ticket.at(GENERAL), Ticket.at(GENERAL)

    assert first.instance != second.instance


def test_a_shortcut_quotes_the_message_with_its_files() -> None:
    act = meant(PAYLOADS["shortcut"])

    assert isinstance(act.inbound, Shortcut)
    assert act.inbound.quoted.author == "U0BEN"
    assert act.inbound.quoted.text == WORDS
    assert [file.name for file in act.inbound.quoted.files] == ["a.csv"]
    assert act.inbound.quoted.link == "https://parley.slack.com/archives/C0GENERAL/p12"


def test_a_shortcut_in_a_thread_quotes_the_message_with_its_thread() -> None:
    act = meant(changed("shortcut", message=PAYLOADS["shortcut"]["message"] | {"thread_ts": "1.1"}))

    assert isinstance(act.inbound, Shortcut)
    assert str(act.inbound.quoted.link).endswith("/C0GENERAL/p12?thread_ts=1.1&cid=C0GENERAL")


def test_a_shortcut_on_a_workspace_without_a_name_has_no_link() -> None:
    act = meant(changed("shortcut", team={"id": "T0PARLEY", "domain": "evil.example/"}))

    assert isinstance(act.inbound, Shortcut)
    assert act.inbound.quoted.link is None


def test_a_mention_is_a_command_that_is_answered_by_a_message() -> None:
    act = meant(PAYLOADS["mention"])

    assert isinstance(act.inbound, Command)
    assert (act.inbound.name, act.inbound.text) == ("", f"term {WORDS}")
    assert not act.inbound.inline
    assert not act.inbound.opens_forms
    assert not act.inbound.one_to_one


def test_one_message_has_one_id_whatever_event_carries_it() -> None:
    first = meant(PAYLOADS["direct message"])
    again = meant(changed("direct message", event_id="Ev2"))

    assert first.inbound.id == again.inbound.id
    assert first.inbound.one_to_one


@pytest.mark.parametrize(
    "payload",
    [
        event("post"),
        event("post", text="hi", subtype="message_changed"),
        event("post", text="hi", subtype="channel_join"),
        event("post", text="hi", subtype="bot_message"),
        event("post", text="hi", bot_id="B1"),
        event("post", text="hi", user="U0PARLEY"),
        event("post", text="hi", user="USLACKBOT"),
        event("post", text="hi", user=None),
        event("post", text="hi", ts=None),
        event("home", tab="messages"),
        changed("post", event={"type": "channel_created", "channel": {"id": "C1"}}),
        {"type": "something_new"},
        PAYLOADS["closing"],
        changed("press", actions=[{"type": "plain_text_input", "action_id": "x", "value": "y"}]),
        changed("press in a window", view=VIEW | {"private_metadata": ""}),
    ],
)
def test_what_asks_nothing_of_parley_is_left_alone(payload: dict[str, Any]) -> None:
    assert act_of(payload) is None


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
def test_new_words_of_a_person_are_a_post(subtype: str | None) -> None:
    act = meant(event("post", text="alert &amp; more", subtype=subtype, thread_ts="1.1"))

    assert isinstance(act.inbound, Post)
    assert act.inbound.text == "alert & more"
    assert act.inbound.place.thread == "1.1"


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "{}",
        "[]",
        "null",
        "not json",
        '{"channel": 7}',
        '{"channel": "C1", "state": []}',
        '{"channel": "../C1"}',
        '{"channel": "C1", "thread": "x"}',
        '{"channel": "C1", "more": 1}',
        json.dumps({"channel": "C1", "instance": "x" * 65}),
        "[" * 3000,
    ],
)
def test_a_form_with_a_ticket_of_another_shape_does_nothing(metadata: str) -> None:
    view = VIEW | {"private_metadata": metadata}

    assert act_of(changed("submission", view=view)) is None


def test_a_form_state_longer_than_slack_keeps_is_refused_before_it_is_sent() -> None:
    ticket = Ticket.at(GENERAL, {"ids": "7" * MOST_CHARACTERS})

    with pytest.raises(ValueError, match="3000"):
        ticket.write()


def test_somebody_of_another_company_keeps_their_own_team() -> None:
    pressed = meant(changed("press", user={"id": "U0ADA", "team_id": "T0HARBOUR"}))
    said = meant(event("mention", user_team="T0HARBOUR"))

    stranger = UserRef("slack", "T0HARBOUR", "U0ADA")
    assert pressed.inbound.user == stranger
    assert said.inbound.user == stranger
    assert said.inbound.place.tenant == "T0PARLEY"


def test_an_organisation_is_one_tenant_for_all_its_workspaces() -> None:
    form = meant(COMMAND | {"enterprise_id": "E1"})
    pressed = meant(
        changed("press", enterprise={"id": "E1"}, user={"id": "U0ADA", "team_id": "E1"})
    )
    whole = meant(changed("press", enterprise={"id": "E1"}, team=None))

    assert form.inbound.user == pressed.inbound.user == UserRef("slack", "E1", "U0ADA")
    assert whole.inbound.place.tenant == "E1"


def test_the_event_names_our_workspace_and_not_the_senders() -> None:
    payload = changed("mention", team_id="T0HARBOUR")

    assert meant(payload).inbound.place.tenant == "T0PARLEY"


def test_an_event_without_authorizations_belongs_to_its_envelopes_team() -> None:
    payload = changed("mention", authorizations=None)

    assert meant(payload).inbound.place.tenant == "T0PARLEY"


def test_parleys_own_arrival_in_a_channel_is_heard_and_nobody_elses() -> None:
    came = event("arrival")
    other = event("arrival", user="U0BEN")

    act = meant(came)

    assert isinstance(act.inbound, Arrival)
    assert (act.inbound.user, act.inbound.place) == (ADA, GENERAL)
    assert (act.inbound.newcomers, act.inbound.one_to_one) == ((), False)
    assert act_of(other) is None


def test_parley_that_nobody_invited_arrives_by_itself() -> None:
    came = event("arrival", inviter=None)

    assert meant(came).inbound.user == UserRef("slack", "T0PARLEY", came["event"]["user"])
