"""A post in the reporting channel: a report at once, with one receipt in its thread."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import col, select

from bot.inbound import Place
from bot.outbox import Parcel
from bot.ui import Button, Message
from bot.workflow import NO_SUCH_THING
from storage import places
from storage.places import RoomPlace
from tests.workflows.acting import TEAMS, TENANTS, account, buttons, said
from tests.workflows.reports.house import IDS, SEEN, House
from workflows.reports import keeping
from workflows.reports.evidence import Kind
from workflows.reports.evidence_tables import Evidence
from workflows.reports.rules import REPORTING_ROOM, Privacy, Remark, Source, State
from workflows.reports.tables import Report, Said

CHANNEL = "CREPORTS"
TOKEN = "ghp_0123456789abcdefghij"


@pytest.fixture(autouse=True)
async def _room(house: House) -> None:
    for platform, tenant in TENANTS.items():
        place = RoomPlace(platform, tenant, CHANNEL)
        await house.database.write(partial(places.bind_room, room=REPORTING_ROOM, place=place))


async def reports(house: House) -> list[Report]:
    found = select(Report).order_by(col(Report.id))
    return await house.database.read(lambda session: list(session.exec(found)))


async def remarks(house: House, *kinds: Remark) -> list[tuple[Remark, str]]:
    found = select(Said).where(col(Said.kind).in_(kinds)).order_by(col(Said.id))
    rows = await house.database.read(lambda session: list(session.exec(found)))
    return [(one.kind, keeping.remark(house.sealer, one)) for one in rows]


async def receipts(house: House) -> list[Parcel]:
    return [one for one in await house.sent() if one.envelope.key.endswith(":receipt")]


async def button(house: House, label: str) -> Button:
    [*_, last] = await receipts(house)
    return next(one for one in buttons(last.message) if one.label == label)


async def test_a_post_becomes_one_report_with_one_receipt_however_often_it_arrives(
    house: House,
) -> None:
    for _ in range(11):
        await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0", id="message:10.0")

    [report] = await reports(house)
    assert (report.source, report.reporter_id) == (Source.POST, IDS["Rita"])
    assert keeping.text(house.sealer, report) == SEEN
    [receipt] = await receipts(house)
    assert receipt.place == Place("slack", "T1", CHANNEL, thread="10.0")
    assert "This is R-1, and a person looks at it by Monday 2 November, 17:00 UTC." in (
        receipt.message.text
    )
    assert SEEN not in receipt.message.text


async def test_both_platforms_keep_the_same_of_a_post(house: House) -> None:
    for platform in TENANTS:
        await house.posts("Rita", SEEN, platform, channel=CHANNEL, message="10.0")

    kept = [
        {
            name: getattr(one, name)
            for name in Report.model_fields
            if name not in {"id", "platform", "text", "place", "posted_as", "next_look"}
        }
        for one in await reports(house)
    ]
    assert kept[0] == kept[1]


async def test_a_post_elsewhere_is_none(house: House) -> None:
    await house.posts("Rita", SEEN, channel="CELSEWHERE", message="10.0")

    assert await reports(house) == []


async def test_words_to_the_bot_there_that_are_no_command_are_a_report_as_well(
    house: House,
) -> None:
    await house.posts("Rita", SEEN, TEAMS, channel=CHANNEL, message="10.0", mentions=True)
    await house.posts("Rita", "report list", TEAMS, channel=CHANNEL, message="11.0", mentions=True)

    [report] = await reports(house)
    assert keeping.text(house.sealer, report) == SEEN


async def test_what_is_written_below_it_is_added_the_authors_words_apart_from_others(
    house: House,
) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")
    await house.posts("Rita", "He called again.", channel=CHANNEL, message="10.1", thread="10.0")
    await house.posts("Sam", "He called me too.", channel=CHANNEL, message="10.2", thread="10.0")
    await house.posts("Sam", "About lunch", channel=CHANNEL, message="9.1", thread="9.0")

    assert len(await reports(house)) == 1
    assert await remarks(house, Remark.DETAIL, Remark.NOTE) == [
        (Remark.DETAIL, "He called again."),
        (Remark.NOTE, "He called me too."),
    ]


async def test_a_post_that_is_too_long_for_a_report_is_kept_whole(house: House) -> None:
    await house.posts("Rita", "a" * 3000 + "b" * 10, channel=CHANNEL, message="10.0")

    [report] = await reports(house)
    assert keeping.text(house.sealer, report) == "a" * 3000
    assert await remarks(house, Remark.DETAIL) == [(Remark.DETAIL, "b" * 10)]


async def test_a_secret_in_a_post_is_hidden_and_its_author_asked_to_delete_it(
    house: House,
) -> None:
    await house.posts("Rita", f"I found {TOKEN} on a page", channel=CHANNEL, message="10.0")

    [report] = await reports(house)
    assert keeping.text(house.sealer, report) == "I found [hidden] on a page"
    assert await remarks(house, Remark.AS_SENT) == [(Remark.AS_SENT, f"I found {TOKEN} on a page")]
    [answer] = [one for one in await house.sent() if one.place and one.place.viewer]
    assert "Please delete it now" in answer.message.text


async def test_not_a_report_takes_it_back_and_says_so_in_the_thread(house: House) -> None:
    await house.posts("Rita", "Hello everybody", channel=CHANNEL, message="10.0")

    await house.presses("Rita", await button(house, "Not a report"))

    [report] = await reports(house)
    assert report.state is State.WITHDRAWN
    [*_, last] = await receipts(house)
    assert "R-1 was taken back" in last.message.text
    assert buttons(last.message) == []


async def test_the_buttons_below_a_receipt_are_for_its_author_alone(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")

    for label in ("Add details", "Not a report", "Move to private"):
        answer = await house.presses("Sam", await button(house, label))
        assert said(answer) == NO_SUCH_THING
    [report] = await reports(house)
    assert (report.state, report.privacy) == (State.RECEIVED, Privacy.NAMED)


async def test_after_a_quarter_of_an_hour_two_buttons_are_gone_and_refuse(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")
    early = await button(house, "Not a report")

    await house.passes(timedelta(minutes=15))

    [*_, last] = await receipts(house)
    assert [one.label for one in buttons(last.message)] == ["Add details"]
    assert "15 minutes, and those are over" in said(await house.presses("Rita", early))


async def test_a_report_that_is_moved_goes_on_in_its_authors_own_chat(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")

    answer = await house.presses("Rita", await button(house, "Move to private"))

    assert "please delete it" in said(answer)
    [report] = await reports(house)
    assert report.privacy is Privacy.CONFIDENTIAL
    [*_, last] = await receipts(house)
    assert last.message == Message(text="Thank you. R-1 goes on in private.")
    [private] = await house.sent("Rita")
    assert "R-1 goes on here" in private.message.text


async def test_a_stranger_may_report_and_not_without_end(house: House) -> None:
    for number in range(11):
        await house.posts("Gus", f"{SEEN} {number}", channel=CHANNEL, message=f"{number}.0")

    found = await reports(house)
    assert len(found) == 10
    assert {one.reporter_id for one in found} == {None}
    account = await house.within(lambda ctx: keeping.account_of(ctx.sealer, found[0]))
    assert account is not None
    assert account.user == "UGUS"
    [*_, refused] = [one for one in await house.sent() if one.place and one.place.viewer]
    assert "10 reports within a day" in refused.message.text


async def test_a_stranger_does_with_their_own_report_what_others_do(house: House) -> None:
    await house.posts("Gus", SEEN, channel=CHANNEL, message="10.0")

    await house.presses("Gus", await button(house, "Not a report"))

    [report] = await reports(house)
    assert report.state is State.WITHDRAWN


async def test_a_word_of_thanks_below_what_is_closed_opens_nothing_again(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")
    await house.says("Tess", "security close R-1 stopped", privately=True)

    await house.posts("Rita", "Thank you!", channel=CHANNEL, message="10.1", thread="10.0")

    [report] = await reports(house)
    assert report.state is State.CLOSED
    assert await remarks(house, Remark.DETAIL) == [(Remark.DETAIL, "Thank you!")]


async def test_words_below_a_post_answer_what_its_author_was_asked(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")
    await house.says("Tess", "security take R-1", privately=True)
    await house.says("Tess", "security ask R-1 Which number?", privately=True)

    await house.posts("Rita", "It was hidden.", channel=CHANNEL, message="10.1", thread="10.0")

    [report] = await reports(house)
    assert report.state is State.ACKNOWLEDGED
    assert await remarks(house, Remark.ANSWER) == [(Remark.ANSWER, "It was hidden.")]


async def test_a_key_across_the_end_of_a_report_is_hidden_as_a_whole(house: House) -> None:
    key = f"-----BEGIN PRIVATE KEY-----{'k' * 500}-----END PRIVATE KEY-----"
    text = f"{'a' * 2800}{key}{'b' * 300}"
    await house.posts("Rita", text, channel=CHANNEL, message="10.0")

    assert await remarks(house, Remark.DETAIL) == [(Remark.DETAIL, "b" * 108)]
    as_sent = "".join(said for _, said in await remarks(house, Remark.AS_SENT))
    assert as_sent == text


async def test_a_post_is_captured_once(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")

    found = select(Evidence).where(Evidence.kind == Kind.MESSAGE)
    assert len(await house.database.read(lambda session: list(session.exec(found)))) == 1


@pytest.mark.parametrize("name", ["Rita", "Gus"])
async def test_who_moved_a_report_to_private_stands_nowhere_in_its_evidence(
    house: House, name: str
) -> None:
    link = "https://acme.slack.com/archives/CREPORTS/p10"
    await house.posts(name, SEEN, channel=CHANNEL, message="10.0", link=link)
    await house.presses(name, await button(house, "Move to private"))

    text = str(
        [await house.says("Tess", f"security {verb} R-1") for verb in ("evidence", "verify")]
    )

    for trace in (name, account(name).user, link):
        assert trace not in text


async def test_nothing_of_a_long_reply_is_lost(house: House) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")
    await house.posts("Rita", "x" * 7000, channel=CHANNEL, message="10.1", thread="10.0")

    assert "".join(text for _, text in await remarks(house, Remark.DETAIL)) == "x" * 7000


async def test_what_a_colleague_writes_below_a_post_does_not_pass_for_a_note_of_triage(
    house: House,
) -> None:
    await house.posts("Rita", SEEN, channel=CHANNEL, message="10.0")
    await house.posts("Sam", "Please close it.", channel=CHANNEL, message="10.1", thread="10.0")

    shown = str(await house.says("Tess", "security show R-1"))

    assert "Added by somebody else" in shown
    assert "Note of triage" not in shown
