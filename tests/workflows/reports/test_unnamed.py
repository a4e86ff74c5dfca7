"""Reports without a name: who sent one stands nowhere, and the answer reaches them all the same."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from bot.context import Context
from bot.engine import Engine
from bot.inbound import Command, Place
from bot.ui import Answer, Form, Message, Problems, Span, Text, When
from storage import migrations
from tests.workflows.acting import account, buttons, said
from tests.workflows.engine import MONDAY
from tests.workflows.reports.house import IDS, House
from workflows import reports
from workflows.reports import (
    claims,
    keeping,
    letter_tables,
    letter_texts,
    letters,
    moving,
    reporting,
    reporting_texts,
    tables,
    telling,
    texts,
)
from workflows.reports.additions import Stage
from workflows.reports.ration import A_DAY
from workflows.reports.rules import Category, Interaction, Move, Privacy, Remark, State
from workflows.reports.tables import Report, Said

QUARTER = timedelta(minutes=15)
WHAT = "My lead asks me to share my password."
ANSWER = "It was in the kitchen."
CHAT = Place("slack", "T1", "DRITA")


async def leave(house: House, name: str = "Rita", **more: str) -> Answer:
    """Let somebody report something without a name."""
    form = await house.says(name, "report anonymously")
    return await house.sends(name, form, {"noticed": WHAT, **more})


def code_in(answer: Answer) -> str:
    """Return the code in what a reporter reads."""
    found = said(answer).partition(f"{letter_texts.YOUR_CODE}: ")[2].split()[0].rstrip(".")
    assert claims.read(found), answer
    return found


def typed(words: str) -> Command:
    """Words in Rita's own chat with Parley, which carries no answer back by itself."""
    return Command(
        id=words,
        user=account("Rita"),
        place=CHAT,
        inline=False,
        one_to_one=True,
        confided=True,
        opens_forms=False,
        name="",
        text=words,
    )


async def arrive(house: House) -> None:
    """Let the quarter of an hour pass, and the box be emptied."""
    house.clock.move_to(letters.QUARTERS.next_after(house.clock.now()))
    key = f"sched:{house.clock.now()}"
    await house.within(lambda ctx: ctx.schedule(letters.empty_box, ctx.now, key=key))
    await house.passes(timedelta())


async def filed(house: House) -> list[Report]:
    return await house.database.read(lambda session: list(session.exec(select(Report))))


async def reported(house: House, **more: str) -> tuple[str, int]:
    """Let Rita's report have arrived; return its code and its number."""
    code = code_in(await leave(house, **more))
    await arrive(house)
    [report] = await filed(house)
    return code, report.id or 0


def rows(session: Session) -> dict[str, set[str]]:
    """Return every row of every table, as text."""
    migrations.import_models()
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        shown = session.connection().execute(sa.select(table)).all()
        found[table.name] = {repr(row) for row in shown}
    return found


async def test_a_report_without_a_name_is_one_at_the_next_quarter_of_an_hour(house: House) -> None:
    house.clock.advance(timedelta(minutes=7, seconds=12))
    await leave(house)
    before = await filed(house)

    await arrive(house)

    [report] = await filed(house)
    assert before == []
    assert report.received_at == MONDAY + QUARTER
    assert (report.privacy, report.platform, report.place) == (Privacy.ANONYMOUS, "", None)
    assert (report.reporter_id, report.account, report.account_digest) == (None, None, None)
    assert keeping.text(house.sealer, report) == WHAT


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_no_row_says_who_sent_it_or_when(house: House, platform: str) -> None:
    house.clock.advance(timedelta(minutes=7, seconds=12))
    before = await house.database.read(rows)

    form = await house.says("Rita", "report anonymously", platform)
    await house.sends("Rita", form, {"noticed": WHAT}, platform)

    after = await house.database.read(rows)
    new = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    written = str(new)
    assert new.keys() == {"inbound", "reports_letter"}
    assert account("Rita", platform).user not in written
    assert "2026, 11, 2, 9, 15, " in written
    assert "2026, 11, 2, 9, 7, " not in written


async def test_coming_back_with_the_code_leaves_no_row_but_that_it_was_seen(house: House) -> None:
    code, _ = await reported(house)
    before = await house.database.read(rows)

    await house.says("Rita", f"report status {code}")
    await house.sends("Rita", await house.says("Rita", "report status"), {"code": code})

    after = await house.database.read(rows)
    assert {name for name in after if after[name] != before[name]} == {"inbound"}


async def test_the_code_is_shown_again_when_the_same_form_comes_after_a_restart(
    house: House,
) -> None:
    form = await house.says("Rita", "report anonymously")
    first = await house.sends("Rita", form, {"noticed": WHAT})
    house.engine = Engine(
        house.database,
        [reports.workflow],
        clock=house.clock,
        sealer=house.sealer,
        standings=house.engine._standings,
    )

    house.acts -= 1
    on_the_way = await house.sends("Rita", form, {"noticed": WHAT})
    await arrive(house)
    house.acts -= 1
    there = await house.sends("Rita", form, {"noticed": WHAT})

    assert code_in(first) == code_in(on_the_way) == code_in(there)
    assert len(await filed(house)) == 1


class TestTheCode:
    async def test_it_opens_the_report_however_it_is_written(self, house: House) -> None:
        code, id = await reported(house)

        answers = [
            said(await house.says("Sam", f"report status {typed}", "teams"))
            for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "O"))
        ]

        assert answers == [f"R-{id} is received. {letter_texts.NOTHING_YET}"] * 4

    async def test_it_has_130_bits_of_crockfords_base32(self, house: House) -> None:
        code = claims.read(code_in(await leave(house))) or ""

        assert len(code) == 26
        assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        assert len(claims.ALPHABET) ** len(code) == 2**130

    async def test_only_a_digest_of_it_is_stored(self, house: House) -> None:
        code, _ = await reported(house)

        stored = str(await house.database.read(rows))

        assert code not in stored
        assert code.replace("-", "") not in stored

    async def test_before_the_report_arrives_it_says_when_it_will(self, house: House) -> None:
        code = code_in(await leave(house))

        assert "09:15 UTC" in said(await house.says("Rita", f"report status {code}"))
        form = await house.says("Rita", "report status")
        opened = await house.sends("Rita", form, {"code": code})
        assert isinstance(opened, Form)
        assert When(at=MONDAY + QUARTER) in shown_in(opened)

    async def test_a_wrong_one_and_an_expired_one_read_the_same(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.CLOSE))
        house.clock.advance(claims.LASTS - timedelta(seconds=1))
        good = said(await house.says("Rita", f"report status {code}"))
        house.clock.advance(timedelta(seconds=1))
        form = await house.says("Rita", "report status")

        expired = await house.says("Rita", f"report status {code}")
        wrong = await house.says("Rita", f"report status {code[:-1]}")
        expired_in_form = await house.sends("Rita", form, {"code": code})
        wrong_in_form = await house.sends("Rita", form, {"code": "X"})

        assert good.startswith(f"R-{id} is closed.")
        assert expired == wrong == Message(text=letter_texts.NO_SUCH_CODE)
        assert expired_in_form == wrong_in_form
        assert isinstance(wrong_in_form, Problems)


class TestTheWayBack:
    async def test_what_the_reporter_was_told_is_read_with_the_code(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: tell(ctx, id, "Where was it?"))

        shown = await house.sends("Rita", await house.says("Rita", "report status"), {"code": code})

        assert isinstance(shown, Form)
        assert "Where was it?" in shown.model_dump_json()
        assert "Where was it?" in said(await house.says("Rita", f"report status {code}"))

    async def test_an_answer_reaches_triage_at_the_next_quarter(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.TAKE, Move.ASK))
        form = await house.says("Rita", "report status")
        opened = await house.sends("Rita", form, {"code": code})

        await house.sends("Rita", opened, {"words": ANSWER})
        before = (await house.report(id)).state
        await arrive(house)

        [added] = await house.database.read(lambda s: tables.said(s, id, Remark.ANSWER))
        # Nobody had taken it, so it waits for somebody to do so.
        assert (before, (await house.report(id)).state) == (State.NEEDS_INFO, State.RECEIVED)
        assert keeping.remark(house.sealer, added) == ANSWER
        assert (added.by, added.at) == (None, MONDAY + 2 * QUARTER)

    async def test_something_can_be_added_unasked(self, house: House) -> None:
        code, id = await reported(house)

        await write(house, code)
        await arrive(house)

        [added] = await house.database.read(lambda s: tables.said(s, id, Remark.DETAIL))
        assert keeping.remark(house.sealer, added) == ANSWER

    async def test_what_is_added_to_a_closed_report_opens_it_again(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.CLOSE))

        await write(house, code)
        await arrive(house)

        assert (await house.report(id)).state is State.RECEIVED

    async def test_what_is_over_for_good_takes_nothing_more(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.WITHDRAW))

        assert said(await write(house, code)) == letter_texts.TOO_LATE

    async def test_more_than_enough_at_once_is_refused_beside_the_input(self, house: House) -> None:
        code, _ = await reported(house)
        taken = [await write(house, code) for _ in range(letters.MOST_ADDITIONS)]

        refused = await write(house, code)

        assert all(isinstance(one, Message) for one in taken)
        assert refused == Problems(fields={"words": letter_texts.ENOUGH_ADDED})


class TestTakingItBack:
    async def test_it_is_taken_back_at_the_next_quarter(self, house: House) -> None:
        code, id = await reported(house)
        house.clock.advance(timedelta(minutes=2))

        await does(house, code, take_back="true")
        before = (await house.report(id)).state
        await arrive(house)

        report = await house.report(id)
        assert (before, report.state) == (State.RECEIVED, State.WITHDRAWN)
        assert report.closed_at == MONDAY + 2 * QUARTER

    async def test_before_it_arrives_it_is_dropped_unread(self, house: House) -> None:
        code = code_in(await leave(house))

        dropped = await does(house, code, take_back="true")
        await arrive(house)

        assert said(dropped) == letter_texts.DROPPED
        assert await filed(house) == []
        assert said(await house.says("Rita", f"report status {code}")) == letter_texts.NO_SUCH_CODE

    async def test_what_is_decided_meanwhile_stays_so_and_the_writer_reads_that(
        self, house: House
    ) -> None:
        code, id = await reported(house)
        await does(house, code, take_back="true")
        await house.within(lambda ctx: move(ctx, id, Move.LINK))

        await arrive(house)

        assert (await house.report(id)).state is State.LINKED
        told = letter_texts.not_taken_back(f"R-{id}")
        assert told in said(await house.says("Rita", f"report status {code}"))

    async def test_it_is_offered_until_somebody_has_decided(self, house: House) -> None:
        code, id = await reported(house)
        early = await opens(house, code)
        await house.within(lambda ctx: move(ctx, id, Move.LINK))

        late = await opens(house, code)
        refused = await house.sends("Rita", early, {"take_back": "true"})

        assert "take_back" in asked_in(early)
        assert "take_back" not in asked_in(late)
        assert said(refused) == texts.not_now(f"R-{id}", State.LINKED)


class TestRatingTheAnswer:
    async def test_both_answers_are_kept_from_the_next_quarter_on(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.CLOSE))

        await does(house, code, helpful="yes", again="no")
        before = await house.report(id)
        await arrive(house)

        report = await house.report(id)
        assert (before.is_helpful, before.would_again) == (None, None)
        assert (report.is_helpful, report.would_again) == (True, False)
        assert report.state is State.CLOSED

    async def test_nothing_need_be_said(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.CLOSE))

        again = await does(house, code)

        assert isinstance(again, Form)
        assert (await house.report(id)).is_helpful is None

    async def test_it_is_asked_once_and_of_what_is_closed_alone(self, house: House) -> None:
        code, id = await reported(house)
        open_still = await opens(house, code)
        await house.within(lambda ctx: move(ctx, id, Move.CLOSE))
        closed = await opens(house, code)
        await does(house, code, helpful="no")
        await arrive(house)

        rated = await opens(house, code)

        asked = [{"helpful", "again"} & asked_in(one) for one in (open_still, closed, rated)]
        assert asked == [set(), {"helpful", "again"}, set()]

    async def test_an_open_report_has_no_answer_to_rate(self, house: House) -> None:
        code, id = await reported(house)
        form = (await opens(house, code)).model_copy(update={"state": {"stage": Stage.ANSWERED}})

        refused = await house.sends("Rita", form, {"helpful": "yes", "again": "yes"})

        assert said(refused) == texts.not_now(f"R-{id}", State.RECEIVED)

    async def test_it_leaves_no_row_but_a_sealed_letter(self, house: House) -> None:
        code, id = await reported(house)
        await house.within(lambda ctx: move(ctx, id, Move.CLOSE))
        house.clock.advance(timedelta(minutes=2))
        before = await house.database.read(rows)

        await does(house, code, helpful="no", again="yes")

        after = await house.database.read(rows)
        new = {name: after[name] - before[name] for name in after if after[name] != before[name]}
        assert new.keys() == {"inbound", "reports_letter"}
        assert account("Rita").user not in str(new)
        assert "2026, 11, 2, 9, 17" not in str(new)


async def test_whoever_it_is_about_is_kept_out_of_it(house: House) -> None:
    _, id = await reported(house, category=Category.CONDUCT, about=account("Tess").user)

    out = await house.database.read(lambda session: tables.kept_out(session, id))

    assert out == {IDS["Tess"]}
    assert (await house.report(id)).is_restricted


async def test_the_sixth_of_a_day_is_refused_and_what_was_typed_is_kept(house: House) -> None:
    taken = [await leave(house) for _ in range(A_DAY)]

    sixth = await leave(house)
    others = await leave(house, "Sam")
    house.clock.advance(timedelta(days=1))
    tomorrow = await leave(house)

    assert len({code_in(one) for one in taken}) == A_DAY
    assert sixth == Problems(fields={"noticed": letter_texts.ENOUGH})
    assert code_in(others)
    assert code_in(tomorrow)


async def test_what_is_typed_in_a_chat_leads_to_the_same_buttons_whatever_it_was(
    house: House,
) -> None:
    code, _ = await reported(house)
    for words in ("report", "report anonymously", f"report status {code}", "report status X"):
        await house.engine.handle(typed(words))

    told = [one.message for one in await house.sent() if one.place == CHAT]

    assert told == [reporting.doors()] * 4
    assert [one.opens_form for one in buttons(told[0])] == [True, True]


async def test_home_offers_both_to_everybody(house: House) -> None:
    home = await house.says("Rita", "home")

    labels = [button.label for button in buttons(home)]
    assert {reporting_texts.FORM, letter_texts.LOOK_UP} <= set(labels)


async def test_what_was_said_under_a_name_before_is_not_offered_without_one(house: House) -> None:
    form = await house.says("Rita", "report my lead asks for my password")

    answer = await house.sends("Rita", form, {"privacy": Privacy.ANONYMOUS})

    assert isinstance(answer, Problems)
    assert answer.fields.keys() == {"privacy"}


async def test_what_to_do_now_comes_before_the_code(house: House) -> None:
    answer = said(await leave(house, interaction=Interaction.PAID))

    assert answer.startswith(reporting_texts.DO_NOW)
    assert code_in(Message(text=answer))


async def test_opening_the_form_and_reading_ones_own_report_leave_no_entry(house: House) -> None:
    await house.files()
    before = await house.database.read(rows)

    await house.says("Rita", "report")
    await house.says("Rita", "report status R-1")

    assert await house.database.read(rows) == before


async def test_a_letter_that_was_handed_over_is_handed_over_once(house: House) -> None:
    await leave(house)
    [id] = await house.database.read(lambda session: letter_tables.due(session, MONDAY + QUARTER))
    await arrive(house)

    key = "once more"
    await house.within(lambda ctx: ctx.schedule(letters.hand_over, ctx.now, key=key, letter=id))
    await house.passes(timedelta())

    assert len(await filed(house)) == 1


async def test_what_is_added_to_a_report_that_was_erased_is_let_go(house: House) -> None:
    code, id = await reported(house)
    await write(house, code)
    await house.database.write(lambda session: session.delete(session.get_one(Report, id)))

    await arrive(house)

    assert await house.database.read(lambda session: list(session.exec(select(Said)))) == []


async def opens(house: House, code: str) -> Form:
    """Let the reporter come back with the code; return the window that they see then."""
    form = await house.says("Rita", "report status")
    opened = await house.sends("Rita", form, {"code": code})
    assert isinstance(opened, Form), opened
    return opened


async def does(house: House, code: str, **answers: str) -> Answer:
    """Let the reporter do what the code lets them."""
    return await house.sends("Rita", await opens(house, code), answers)


def asked_in(form: Form) -> set[str]:
    return {question.name for question in form.questions()}


def shown_in(form: Form) -> list[str | Span]:
    """Return what stands between the questions of a form, piece by piece."""
    lines = [part.text for part in form.inputs if isinstance(part, Text)]
    return [piece for line in lines for piece in ([line] if isinstance(line, str) else line)]


async def write(house: House, code: str) -> Answer:
    """Let the reporter add something."""
    form = await house.says("Rita", "report status")
    return await house.sends("Rita", form, {"code": code, "words": ANSWER})


def move(ctx: Context, id: int, *moves: Move) -> None:
    report = tables.lock_report(ctx.session, id)
    assert report is not None
    for one in moves:
        moving.move(ctx, report, one)


def tell(ctx: Context, id: int, text: str) -> None:
    report = tables.report(ctx.session, id)
    assert report is not None
    telling.tell_reporter(ctx, report, Message(text=text), what="question")
