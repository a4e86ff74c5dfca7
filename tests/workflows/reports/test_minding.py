"""People's own reports: where they stand, what is added, taking one back, what the answer was."""

from bot.context import Context
from bot.ui import Answer, Facts, Form, Message, Problems
from bot.workflow import NO_SUCH_THING
from storage import audit
from tests.workflows.acting import buttons, said
from tests.workflows.reports.house import IDS, House
from workflows.reports import access, closing, keeping, minding_texts, tables
from workflows.reports.rules import Category, Outcome, Privacy, Remark, Severity, State


async def details(house: House, **answers: str) -> Answer:
    form = await house.says("Rita", "report add R-1")
    return await house.sends("Rita", form, answers)


async def remarks(house: House, *kinds: Remark) -> list[str]:
    def read(ctx: Context) -> list[str]:
        found = tables.said(ctx.session, 1, *kinds)
        return [keeping.remark(ctx.sealer, one) for one in found]

    return await house.within(read)


async def closed(house: House) -> None:
    def close(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, 1)
        assert report is not None
        closing.close(ctx, report, Outcome.STOPPED)

    await house.within(close)


async def test_people_list_their_own_reports_and_nobody_elses(house: House) -> None:
    await house.files("Rita")
    await house.files("Sam")
    await house.files("Rita", privacy=Privacy.ANONYMOUS)

    assert said(await house.says("Rita", "report list")) == (
        "Your reports: R-1: received, a person looks at it soon."
    )
    assert said(await house.says("Gus", "report list")) == minding_texts.NONE


async def test_the_status_says_what_one_was_told_and_what_can_be_done(house: House) -> None:
    await house.files()

    status = await house.says("Rita", "report status R-1")

    assert "Your report R-1: received, a person looks at it soon." in said(status)
    assert [one.label for one in buttons(status)] == ["Add details", "Take it back"]


async def test_another_ones_report_is_not_there(house: House) -> None:
    await house.files()
    own = await house.says("Rita", "report status R-1")

    for words in ("status", "withdraw", "add"):
        assert said(await house.says("Sam", f"report {words} R-1")) == NO_SUCH_THING
    for button in buttons(own):
        assert said(await house.presses("Sam", button)) == NO_SUCH_THING


async def test_whoever_names_no_report_is_asked_which(house: House) -> None:
    assert "Name one report" in said(await house.says("Rita", "report withdraw soon"))


async def test_home_shows_what_is_not_over(house: House) -> None:
    await house.files()

    home = await house.says("Rita", "home")
    other = await house.says("Sam", "home")

    shown = [str(block) for block in home.blocks] if isinstance(home, Message) else []
    assert any("R-1: received" in block for block in shown)
    assert not any("R-1:" in str(block) for block in getattr(other, "blocks", ()))


async def test_a_report_is_taken_back_until_somebody_has_decided(house: House) -> None:
    await house.files()
    await house.files()

    assert "R-1 was taken back" in said(await house.says("Rita", "report withdraw R-1"))
    assert (await house.report(1)).state is State.WITHDRAWN
    again = await house.says("Rita", "report withdraw R-1")
    assert "cannot be done as long as it is" in said(again)


async def test_what_is_added_in_words_is_kept(house: House) -> None:
    await house.files()

    answer = await house.says("Rita", "report add R-1 He called again, pin: 998877")

    assert "It is added to R-1." in said(answer)
    assert await remarks(house, Remark.DETAIL) == ["He called again, pin: [hidden]"]
    assert await remarks(house, Remark.AS_SENT) == ["He called again, pin: 998877"]


async def test_a_report_becomes_urgent_when_it_turns_out_that_somebody_typed_a_password(
    house: House,
) -> None:
    await house.files()

    answer = await details(house, interaction="entered")

    assert said(answer).startswith("Please do this now, before anything else:")
    assert "counts as urgent now" in said(answer)
    report = await house.report(1)
    assert (report.severity, report.is_urgent, report.is_self_report) == (Severity.S2, True, True)


async def test_a_report_never_becomes_less_serious_by_what_is_added(house: House) -> None:
    await house.files()
    await details(house, interaction="entered")

    await details(house, interaction="none", more="It was another page.")

    report = await house.report(1)
    assert (report.severity, report.is_urgent) == (Severity.S2, True)


async def test_worry_about_a_colleague_makes_it_a_matter_of_few_at_once(house: House) -> None:
    await house.files()

    await details(house, category="conduct")

    report = await house.report(1)
    assert (report.category, report.is_restricted) == (Category.CONDUCT, True)
    readers = await house.within(lambda ctx: [one.id for one in access.triagers(ctx, report)])
    assert readers == [IDS["Hugo"], IDS["Lou"], IDS["Hetty"]]


async def test_the_form_asks_for_something_new(house: House) -> None:
    await house.files()

    answer = await details(house)

    assert isinstance(answer, Problems)
    assert set(answer.fields) == {"more"}


async def test_nothing_is_added_to_what_was_taken_back_or_without_end(house: House) -> None:
    await house.files()
    for number in range(50):
        await house.says("Rita", f"report add R-1 more {number}")

    assert "50 additions already" in said(await house.says("Rita", "report add R-1 more"))
    await house.says("Rita", "report withdraw R-1")
    assert "R-1 is withdrawn now" in said(await house.says("Rita", "report add R-1 more"))


async def test_the_reporter_says_what_the_answer_was_worth(house: House) -> None:
    await house.files()
    await closed(house)

    first = await house.presses("Rita", await house.offered("Rita", "The answer helped"))
    [yes, _] = buttons(first)
    await house.presses("Rita", yes)

    report = await house.report(1)
    assert (report.is_helpful, report.would_again) == (True, True)
    assert said(await house.presses("Sam", yes)) == NO_SUCH_THING


async def test_after_the_end_the_status_holds_the_answer_and_asks_once(house: House) -> None:
    await house.files()
    await closed(house)

    status = await house.says("Rita", "report status R-1")

    assert isinstance(status, Message)
    [facts] = [block for block in status.blocks if isinstance(block, Facts)]
    assert dict(facts.facts)["Last told you"]
    labels = [one.label for one in buttons(status)]
    assert {"The answer helped", "It did not help"} < set(labels)


async def test_the_form_of_details_opens_for_the_reporter(house: House) -> None:
    await house.files()

    form = await house.says("Rita", "report add R-1")

    assert isinstance(form, Form)
    assert form.title == "Add to R-1"


async def test_what_is_hidden_is_read_by_those_who_triage_alone_and_that_is_noted(
    house: House,
) -> None:
    await house.files(text="The page had pin: 998877")
    await house.files()
    ask = "security original R-1"

    assert "998877" in said(await house.says("Tess", ask, privately=True))
    assert "in our own chat" in said(await house.says("Tess", ask))
    for name in ("Rita", "Hugo"):
        assert said(await house.says(name, ask, privately=True)) == NO_SUCH_THING
    plain = await house.says("Tess", "security original R-2", privately=True)
    assert "Nothing is hidden in R-2" in said(plain)
    found = await house.database.read(
        lambda session: audit.latest(session, house.sealer, "report:1")
    )
    assert found is not None
    assert found.entry.after == house.sealer.digest(repr("original read"), purpose="audit")
