"""What activities mean: a pure function, kind by kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.teams import shapes
from adapters.teams.inbound import Act, Surface, understand
from bot.inbound import (
    Arrival,
    Command,
    FileRef,
    Inbound,
    Place,
    Post,
    Press,
    Query,
    QuotedMessage,
    Shortcut,
    Submission,
    UserRef,
)
from bot.wire import Refused
from tests.adapters.teams import traffic
from tests.adapters.teams.traffic import ADA, BOT, CHANNEL, CHAT, MENTION, TENANT, WORDS

USER = UserRef("teams", TENANT, ADA)
THREAD = f"{CHANNEL};messageid=1485983408511"
BEN = {"id": "29:ben", "name": "Ben", "aadObjectId": "BBBBBBBB-0000-4000-8000-000000000002"}


def act_of(activity: str | traffic.Json) -> Act | None:
    found = traffic.ACTIVITIES[activity] if isinstance(activity, str) else activity
    read = shapes.read({"serviceUrl": "https://smba.trafficmanager.net/emea/", **found})
    return understand(read, TENANT) if read else None


def heard(activity: str | traffic.Json) -> Inbound:
    act = act_of(activity)
    assert act is not None
    return act.inbound


def place(channel: str = CHANNEL, thread: str | None = None) -> Place:
    return Place("teams", TENANT, channel, thread)


@pytest.mark.parametrize(
    ("kind", "what", "surface"),
    [
        ("mention", Command, Surface.MESSAGE),
        ("direct message", Command, Surface.MESSAGE),
        ("post", Post, Surface.MESSAGE),
        ("press", Press, Surface.CARD),
        ("opening", Press, Surface.DIALOG_FETCH),
        ("press in a dialog", Press, Surface.DIALOG_SUBMIT),
        ("submission", Submission, Surface.DIALOG_SUBMIT),
        ("shortcut", Shortcut, Surface.DIALOG_FETCH),
        ("submission of a shortcut", Submission, Surface.DIALOG_SUBMIT),
        ("search", Query, Surface.QUERY),
        ("arrival", Arrival, Surface.MESSAGE),
        ("newcomer", Arrival, Surface.MESSAGE),
        ("installation", Arrival, Surface.MESSAGE),
    ],
)
def test_each_kind_is_heard_as_what_it_is(kind: str, what: type[Inbound], surface: Surface) -> None:
    act = act_of(kind)

    assert act is not None
    assert (type(act.inbound), act.surface) == (what, surface)
    assert act.inbound.user == USER
    assert act.inbound.inline == (surface is not Surface.MESSAGE)
    assert act.service_url == "https://smba.trafficmanager.net/emea/"


@pytest.mark.parametrize(
    "kind",
    [
        "removal",
        "departure",
        "renaming",
        "edit",
        "deletion",
        "reaction",
        "typing",
        "another invoke",
    ],
)
def test_the_rest_is_not_heard(kind: str) -> None:
    assert act_of(kind) is None


def test_a_mention_in_a_thread_is_a_command_there_and_a_post_with_all_its_words() -> None:
    said = traffic.said("Look: <at>Parley</at> term EDRM", MENTION, where=THREAD)
    common: dict[str, Any] = {
        "id": f"teams:{TENANT}:message:{THREAD}:f:0001",
        "user": USER,
        "place": place(thread="1485983408511"),
        "inline": False,
        "opens_forms": False,
    }

    post = Post(**common, text="Look: term EDRM", message="f:0001")
    assert heard(said) == Command(**common, name="", text="term EDRM", post=post)


def test_words_to_the_bot_alone_need_no_mention() -> None:
    command = heard(traffic.said("term EDRM", where=CHAT))

    assert isinstance(command, Command)
    assert (command.text, command.one_to_one, command.place) == ("term EDRM", True, place(CHAT))
    assert command.confided


def test_in_a_group_chat_only_a_mention_is_a_command() -> None:
    def said(*entities: traffic.Json) -> traffic.Json:
        activity = traffic.said("<at>Parley</at> help", *entities, where="19:panel@thread.v2")
        activity["conversation"]["conversationType"] = "groupChat"
        return activity

    assert isinstance(heard(said()), Post)
    command = heard(said(MENTION))
    assert isinstance(command, Command)
    assert not command.one_to_one
    assert not command.confided


def test_a_post_has_its_words_and_its_files() -> None:
    file = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": "alerts.csv",
        "content": {"uniqueId": "F1", "fileType": "csv", "downloadUrl": "https://x.example/"},
    }
    html = {"contentType": "text/html", "content": "<div>gone</div>"}
    broken = {**file, "content": "F2"}
    elsewhere = {
        "id": "F3",
        "contentType": "reference",
        "name": "cv.pdf",
        "contentUrl": "https://x",
    }

    post = heard({**traffic.said("gone"), "attachments": [html, file, broken, elsewhere]})

    assert isinstance(post, Post)
    alerts = FileRef("F1", "alerts.csv", 0, "text/csv", "https://x.example/")
    assert (post.text, post.files) == (
        "gone",
        (alerts, FileRef("F3", "cv.pdf", 0, "application/pdf")),
    )


def test_a_file_in_ones_own_chat_comes_with_the_words_and_none_comes_without_one() -> None:
    file = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": "alerts.csv",
        "content": {"uniqueId": "F1", "fileType": "csv", "downloadUrl": "https://x.example/"},
    }

    bare = heard(traffic.said("odd", where=CHAT))
    sent = heard({**traffic.said("odd", where=CHAT), "attachments": [file]})

    assert isinstance(bare, Command)
    assert isinstance(sent, Command)
    assert (bare.post, sent.text) == (None, "odd")
    assert sent.post is not None
    assert (sent.post.files[0].name, sent.post.one_to_one) == ("alerts.csv", True)


def test_a_press_carries_its_route_its_ids_and_the_card() -> None:
    press = heard("press")

    assert isinstance(press, Press)
    assert (press.route, press.payload) == ("toy.count", {"number": 4})
    assert (press.message, press.opens_forms) == ("1485983408511", False)


def test_only_a_button_of_the_other_kind_opens_a_form() -> None:
    assert heard("opening").opens_forms


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"parley": {"route": "toy.note", "ids": {}, "is_form": True}},
        {"parley": "toy.count"},
        {"route": "toy.count"},
    ],
)
def test_a_press_on_what_is_no_button_of_ours_is_not_heard(data: dict[str, Any]) -> None:
    assert act_of(traffic.invoke("adaptiveCard/action", {"action": {"data": data}})) is None
    assert act_of(traffic.invoke("task/fetch", {"data": data})) is None


@pytest.mark.parametrize(
    "data", [{}, {"parley": {"route": "toy.count", "ids": {}}}, {"short_text#words": "x"}]
)
def test_what_is_sent_from_no_dialog_of_ours_is_not_heard(data: dict[str, Any]) -> None:
    for name in ("task/submit", "composeExtension/submitAction"):
        assert act_of(traffic.invoke(name, {"commandId": "x", "data": data})) is None


def test_a_submission_carries_its_state_and_answers() -> None:
    submission = heard("submission")

    assert isinstance(submission, Submission)
    assert submission.route == "toy.note"
    assert submission.state == {"number": 7, "size": 0}
    assert submission.answers == {"words": WORDS}


def test_one_showing_of_a_dialog_is_one_act_whatever_its_requests_are_called() -> None:
    other = traffic.invoke("composeExtension/submitAction", {"data": traffic.FORM}, id="f:2")
    bens = {**other, "from": BEN}

    assert heard("submission").id == heard(other).id
    assert heard(bens).id != heard(other).id
    assert heard("submission").id != heard("press in a dialog").id


def test_the_same_activity_is_the_same_act_and_no_other_is() -> None:
    ids = [heard(kind).id for kind in ("mention", "direct message", "press", "shortcut", "search")]
    again = [
        heard(kind).id for kind in ("mention", "direct message", "press", "shortcut", "search")
    ]

    assert ids == again
    assert len(set(ids)) == len(ids)
    assert heard({**traffic.ACTIVITIES["press"], "id": "f:2"}).id != heard("press").id


def test_a_shortcut_quotes_its_message() -> None:
    shortcut = heard("shortcut")

    assert isinstance(shortcut, Shortcut)
    assert shortcut.route == "toy.explain"
    assert shortcut.quoted == QuotedMessage(
        id="1485983408511",
        text=WORDS,
        author=ADA,
        link="https://teams.microsoft.com/l/message/19:general/1485983408511",
        sent_at=datetime(2026, 11, 22, 6, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("where", "thread"), [(traffic.CHANNEL, "1485983400000"), (traffic.CHAT, None)]
)
def test_a_shortcut_is_used_in_the_thread_of_its_message(where: str, thread: str | None) -> None:
    payload = {**traffic.PAYLOAD, "replyToId": "1485983400000"}
    value = {"commandId": "toy.explain", "messagePayload": payload}

    shortcut = heard(traffic.invoke("composeExtension/fetchTask", value, where=where))

    assert isinstance(shortcut, Shortcut)
    assert shortcut.place.thread == thread


@pytest.mark.parametrize(
    ("change", "quoted"),
    [
        ({"linkToMessage": "javascript:alert(1)"}, ("words", None, ADA)),
        ({"from": None}, ("words", None, "")),
        ({"from": {"user": None, "application": {"id": "bot"}}}, ("words", None, "bot")),
        ({"body": {"contentType": "text", "content": "<b>"}}, ("<b>", None, ADA)),
    ],
)
def test_a_quoted_message_may_say_less(
    change: dict[str, Any], quoted: tuple[str, str | None, str]
) -> None:
    body = {"contentType": "html", "content": "<p>words</p>"}
    payload = {**traffic.PAYLOAD, "body": body, "linkToMessage": "", **change}
    value = {"commandId": "toy.explain", "messagePayload": payload}

    shortcut = heard(traffic.invoke("composeExtension/fetchTask", value))

    assert isinstance(shortcut, Shortcut)
    assert (shortcut.quoted.text, shortcut.quoted.link, shortcut.quoted.author) == quoted


def test_a_chat_of_two_people_is_not_the_bots_own() -> None:
    value = {"commandId": "toy.explain", "messagePayload": traffic.PAYLOAD}
    activity = traffic.invoke("composeExtension/fetchTask", value)
    activity["conversation"] = {
        "id": "19:aaaaaaaa_bbbbbbbb@unq.gbl.spaces",
        "conversationType": "personal",
        "tenantId": TENANT,
    }

    assert not heard(activity).one_to_one


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ([{"name": "query", "value": "lap"}], "lap"),
        ([{"name": "initialRun", "value": "true"}], ""),
        ([{"name": "initialRun", "value": "true"}, {"name": "query", "value": "lap"}], "lap"),
        ([], ""),
    ],
)
def test_a_search_is_what_was_typed(parameters: list[traffic.Json], text: str) -> None:
    value = {"commandId": "glossary.find", "parameters": parameters}

    query = heard(traffic.invoke("composeExtension/query", value))

    assert isinstance(query, Query)
    assert (query.route, query.text) == ("glossary.find", text)


def test_parleys_own_arrival_is_one_however_it_is_told() -> None:
    member = {**traffic.ACTIVITIES["arrival"], "membersAdded": [BEN, BOT]}
    app = traffic.activity("installationUpdate", action="add")

    assert heard(member) == heard(app)
    assert isinstance(heard(app), Arrival)


def test_newcomers_are_named_and_bots_are_not() -> None:
    both = {**traffic.ACTIVITIES["newcomer"], "membersAdded": [BEN, {"id": "28:other"}]}
    alone = {**traffic.ACTIVITIES["newcomer"], "membersAdded": [{"id": "28:other"}]}

    arrival = heard(both)

    assert isinstance(arrival, Arrival)
    assert arrival.newcomers == (UserRef("teams", TENANT, "bbbbbbbb-0000-4000-8000-000000000002"),)
    assert act_of(alone) is None


@pytest.mark.parametrize("kind", ["mention", "press", "arrival"])
def test_the_acts_of_bots_are_not_heard(kind: str) -> None:
    assert act_of({**traffic.ACTIVITIES[kind], "from": {"id": "28:other"}}) is None


@pytest.mark.parametrize(
    ("sender", "user"),
    [
        ({"id": "29:x", "aadObjectId": ADA.upper()}, USER),
        ({"id": "29:x"}, UserRef("teams", TENANT, "29:x")),
        ({"id": "29:x", "aadObjectId": ""}, UserRef("teams", TENANT, "29:x")),
        (
            {"id": "29:x", "aadObjectId": ADA, "tenantId": "22222222-2222"},
            UserRef("teams", "22222222-2222", ADA),
        ),
    ],
    ids=["in capitals", "anonymous", "nameless", "of another company"],
)
def test_people_are_known_by_their_directory(sender: traffic.Json, user: UserRef) -> None:
    assert heard({**traffic.ACTIVITIES["mention"], "from": sender}).user == user


def test_who_is_told_of_by_another_tenant_is_a_stranger_here() -> None:
    other = {"tenant": {"id": "22222222-2222"}}

    user = heard({**traffic.ACTIVITIES["mention"], "channelData": other}).user

    assert user == UserRef("teams", "22222222-2222", ADA)


SOMEWHERE = {"localTimezone": "", "entities": [], "localTimestamp": "2026-11-22T01:51:14-05:00"}


@pytest.mark.parametrize(
    ("change", "winter", "summer"),
    [
        ({}, 0, 1),
        ({"localTimezone": "Asia/Tokyo"}, 9, 9),
        ({"localTimezone": None}, 0, 1),
        ({"localTimezone": "../etc/passwd"}, 0, 1),
        (SOMEWHERE, -5, -5),
        ({**SOMEWHERE, "localTimestamp": "2026-11-22T01:51:14"}, 0, 0),
        ({**SOMEWHERE, "localTimestamp": None, "entities": None}, 0, 0),
    ],
)
def test_the_readers_zone_is_the_clients(change: traffic.Json, winter: int, summer: int) -> None:
    act = act_of({**traffic.ACTIVITIES["submission"], **change})

    assert act is not None
    for month, hours in ((1, winter), (7, summer)):
        there = datetime(2027, month, 4, tzinfo=UTC).astimezone(act.zone)
        assert there.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": ""},
        {"id": "a b"},
        {"from": None},
        {"from": {"name": "Ada"}},
        {"recipient": None},
        {"conversation": {"conversationType": "channel"}},
        {"text": 7},
    ],
)
def test_an_activity_of_another_shape_is_refused(change: traffic.Json) -> None:
    with pytest.raises(Refused):
        act_of({**traffic.ACTIVITIES["mention"], **change})
