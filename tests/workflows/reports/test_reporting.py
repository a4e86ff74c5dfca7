"""Reporting by the form, in one's own words, for a colleague, and from beside a message."""

from datetime import timedelta
from functools import partial

import pytest

from bot.context import Context
from bot.inbound import Post, QuotedMessage
from bot.ui import Answer, Form, Items, Message, Problems, Quote
from tests.workflows.acting import TEAMS, buttons, said
from tests.workflows.engine import MONDAY
from tests.workflows.reports.house import IDS, SEEN, House
from workflows.reports import access, calls, card_texts, cards, keeping, tables
from workflows.reports.rules import Category, Privacy, Scope, Severity, Source, State
from workflows.reports.tables import Quote as Kept
from workflows.reports.tables import Report

TYPED = {"noticed": SEEN, "interaction": "entered", "category": "impersonation"}


def words(house: House, report: Report) -> str:
    return keeping.text(house.sealer, report)


async def filled(house: House, name: str = "Rita", **answers: str) -> Answer:
    form = await house.says(name, "report", privately=True)
    return await house.sends(name, form, {"noticed": SEEN, **answers})


async def test_three_questions_are_enough_and_a_number_comes_back(house: House) -> None:
    answer = await filled(house)

    assert said(answer).startswith("Thank you for saying so. This is R-1, and a person looks")
    assert [button.label for button in buttons(answer)] == ["Add details", "Take it back"]
    report = await house.report(1)
    assert (report.source, report.severity, report.reporter_id) == (
        Source.FORM,
        Severity.S4,
        IDS["Rita"],
    )
    assert report.receipt_at == MONDAY


async def test_what_to_do_now_comes_before_the_thanks_when_a_password_was_typed(
    house: House,
) -> None:
    answer = await filled(house, **TYPED)

    assert isinstance(answer, Message)
    [steps] = [block for block in answer.blocks if isinstance(block, Items)]
    assert len(steps.items) == 3
    assert said(answer).index("Change that password now") < said(answer).index("Thank you")
    report = await house.report(1)
    assert (report.severity, report.is_urgent, report.is_self_report) == (Severity.S2, True, True)


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({"interaction": "paid"}, "Call your bank now"),
        ({"category": "device", "missing": "true"}, "Lock the device"),
        ({"ongoing": "yes"}, "Keep your distance"),
        ({"interaction": "clicked"}, "Close the page"),
    ],
)
async def test_each_trouble_has_its_own_first_step(
    house: House, answers: dict[str, str], step: str
) -> None:
    assert step in said(await filled(house, **answers))


async def test_both_platforms_keep_the_same_of_a_form(house: House) -> None:
    for platform in ("slack", TEAMS):
        form = await house.says("Rita", "report", platform, privately=True)
        await house.sends("Rita", form, TYPED, platform)

    one, other = await house.report(1), await house.report(2)
    apart = {"id", "platform", "text", "next_look"}
    kept = [name for name in Report.model_fields if name not in apart]
    assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]
    assert words(house, one) == words(house, other) == SEEN


async def test_all_that_may_stay_empty_is_kept_where_it_does_not(house: House) -> None:
    await filled(
        house,
        link="https://evil.example/x",
        contact="desk 4",
        happened="2026-11-02T08:00Z",
        about="USAM",
        privacy="confidential",
    )

    report = await house.report(1)
    assert words(house, report) == (
        f"{SEEN}\nLink or file: https://evil.example/x\nTo be reached: desk 4"
    )
    assert (report.privacy, report.event_at) == (
        Privacy.CONFIDENTIAL,
        MONDAY - timedelta(hours=1),
    )
    assert await house.within(lambda ctx: tables.kept_out(ctx.session, 1)) == {IDS["Sam"]}


async def test_whom_it_concerns_stands_on_the_card_and_changes_no_severity(house: House) -> None:
    await filled(house)
    await filled(house, scope="many")

    silent, told = await house.report(1), await house.report(2)
    shown = [await house.within(partial(card, id=id)) for id in (1, 2)]
    assert (silent.scope, told.scope) == (Scope.UNKNOWN, Scope.MANY)
    assert (told.severity, told.is_urgent) == (silent.severity, silent.is_urgent)
    assert [card_texts.CONCERNS in said(one) for one in shown] == [False, True]


def card(ctx: Context, id: int) -> Message:
    report = tables.report(ctx.session, id)
    assert report is not None
    return cards.of(ctx, report)


async def test_somebody_whom_nobody_knows_is_named_by_their_account(house: House) -> None:
    await filled(house, about="UNOBODY")

    assert words(house, await house.report(1)).endswith("\nAbout the account UNOBODY")


async def test_what_has_not_happened_yet_is_refused_beside_its_input(house: House) -> None:
    answer = await filled(house, happened="2026-11-03T08:00Z")

    assert isinstance(answer, Problems)
    assert set(answer.fields) == {"happened"}


async def test_worry_about_a_colleague_is_for_few_and_they_learn_nothing(house: House) -> None:
    await filled(house, category="conduct", about="UTESS")

    report = await house.report(1)
    assert report.is_restricted

    def readers(ctx: Context) -> list[str]:
        return [one.name for one in access.triagers(ctx, report)]

    assert await house.within(readers) == ["Hugo", "Lou", "Hetty"]


async def test_words_after_the_command_stand_in_the_form(house: House) -> None:
    form = await house.says("Rita", f"report {SEEN}", privately=True)
    await house.sends("Rita", form, {})

    assert words(house, await house.report(1)) == SEEN


async def test_more_words_than_a_button_carries_are_not_lost_in_silence(house: House) -> None:
    answer = await house.says("Rita", f"report {'x' * 901}", privately=True)

    assert "say `report that` before it" in said(answer)


async def test_a_sentence_in_ones_own_chat_is_filed_by_one_press(house: House) -> None:
    offer = await house.says("Rita", SEEN, privately=True)
    assert await house.database.read(lambda session: tables.report(session, 1)) is None

    [report_it] = [one for one in buttons(offer) if one.label == "Report this to security"]
    answer = await house.presses("Rita", report_it)

    assert "This is R-1" in said(answer)
    assert words(house, await house.report(1)) == SEEN


async def test_report_that_files_at_once_and_says_where_it_was_said(house: House) -> None:
    await house.says("Rita", f"report that {SEEN}", privately=True)
    await house.says("Rita", f"report that {SEEN}")

    assert (await house.report(1)).source is Source.CHAT
    assert (await house.report(2)).source is Source.COMMAND


async def test_a_password_in_ones_words_is_hidden_and_said_to_be_changed(house: House) -> None:
    answer = await house.says("Rita", "report that my password: hunter2 leaked", privately=True)

    assert "please change it all the same" in said(answer)
    assert words(house, await house.report(1)) == "my password: [hidden] leaked"


@pytest.mark.parametrize(
    ("whom", "line", "department"),
    [("USAM", "\nFor Sam", "finance"), ("", "", "legal"), ("UNOBODY", "\nFor UNOBODY", "legal")],
)
async def test_a_colleague_reports_for_another_with_their_name_or_without(
    house: House, whom: str, line: str, department: str
) -> None:
    form = await house.says("Rita", "report for", privately=True)
    answers = {"noticed": SEEN, "department": "legal", "whom": whom, "interaction": "paid"}
    await house.sends("Rita", form, answers)

    report = await house.report(1)
    assert words(house, report) == SEEN + line
    assert (report.source, report.on_behalf_of) == (Source.ON_BEHALF, department)
    assert (report.reporter_id, report.is_self_report) == (IDS["Rita"], False)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[Post | QuotedMessage]:
    """What those who keep evidence were given."""
    found: list[Post | QuotedMessage] = []

    def keep(_ctx: Context, _report: Report, message: Post | QuotedMessage) -> None:
        found.append(message)

    monkeypatch.setattr(calls.evidence_comes, "_hooked", [keep])
    return found


async def test_a_message_is_reported_as_it_was_when_it_was_chosen(
    house: House, kept: list[Post | QuotedMessage]
) -> None:
    form = await house.uses("Rita", "reports.report_quoted", "Pay here: http://evil.example")
    assert isinstance(form, Form)
    [shown] = [part for part in form.inputs if isinstance(part, Quote)]
    await house.sends("Rita", form, {"category": "phish"})

    report = await house.report(1)
    assert shown.text == "Pay here: hxxp://evil[.]example"
    assert (report.source, report.category) == (Source.SHORTCUT, Category.PHISH)
    assert words(house, report) == "The message: Pay here: http://evil.example"
    assert [one.text for one in kept] == ["Pay here: http://evil.example"]
    assert await house.sent("Sam") == []


async def test_its_author_is_kept_out_only_when_they_are_the_concern(house: House) -> None:
    for answers in ({}, {"author": "true"}):
        form = await house.uses("Rita", "reports.report_quoted", "Send me your code", author="USAM")
        await house.sends("Rita", form, answers)

    out = [
        await house.within(lambda ctx, id=id: tables.kept_out(ctx.session, id))  # type: ignore[misc]  # bound in the line
        for id in (1, 2)
    ]
    assert out == [set(), {IDS["Sam"]}]


async def test_a_message_that_somebody_else_chose_is_nobodys(house: House) -> None:
    form = await house.uses("Rita", "reports.report_quoted", "A secret of Rita's")

    answer = await house.sends("Sam", form, {"noticed": SEEN})

    assert "This is R-1" in said(answer)
    assert words(house, await house.report(1)) == SEEN


async def test_a_message_that_was_not_reported_is_forgotten_after_a_day(house: House) -> None:
    await house.uses("Rita", "reports.report_quoted", "Never sent")
    await house.passes(timedelta(days=1))

    assert await house.database.read(lambda session: session.get(Kept, 1)) is None


async def test_a_stranger_opens_the_form_as_well(house: House) -> None:
    await filled(house, "Gus")

    report = await house.report(1)
    assert (report.reporter_id, report.state) == (None, State.RECEIVED)
