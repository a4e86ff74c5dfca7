"""Planning interviews, moving and ending them, and who is on their panels."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.ui import Form, Message
from bot.workflow import NO_SUCH_THING
from tests.workflows.hiring.house import House, account, button, labels, problems, said
from workflows.hiring import calls, tables
from workflows.hiring.rules import InterviewStatus, TemplateState
from workflows.hiring.tables import Meeting

AFTERNOON = datetime(2026, 11, 5, 14, tzinfo=UTC)


async def stored(house: House, id: int) -> Meeting:
    found = await house.reads(lambda session: tables.meeting(session, id))
    assert found is not None
    return found


async def panel(house: House, id: int) -> dict[int, bool]:
    """Return who is on a panel, and who leads it."""
    seats = await house.reads(lambda session: tables.panel(session, [id]))
    return {seat.person_id: seat.is_lead for seat in seats}


def filled(**changes: str | list[str]) -> dict[str, str | list[str]]:
    about: dict[str, str | list[str]] = {
        "kind": "technical",
        "stage": "Onsite",
        "starts_at": "2026-11-05T14:00:00+01:00",
        "minutes": "45",
        "debrief_at": "2026-11-06T09:00Z",
        "lead": account("Pam").user,
        "member_2": account("Pia").user,
        "criteria": ["tech", "ir"],
    }
    return about | changes


async def test_a_form_plans_an_interview_under_the_template_in_force(furnished: House) -> None:
    form = await furnished.says("Rita", "interview add C-1")

    answer = await furnished.submits("Rita", form, **filled())

    assert said(answer).startswith("I-2 with C-1 is planned.")
    one = (await stored(furnished, 2)).interview
    assert (one.kind, one.stage, one.criteria) == ("technical", "onsite", ["tech", "ir"])
    assert one.starts_at == AFTERNOON - timedelta(hours=1)
    assert one.ends_at - one.starts_at == timedelta(minutes=45)
    assert await panel(furnished, 2) == {furnished.ids["Pam"]: True, furnished.ids["Pia"]: False}
    template = await furnished.reads(lambda session: session.get(tables.Template, one.template_id))
    assert template is not None
    assert (template.role_family, template.frozen) == ("SOC analyst", True)
    assert [told.interview.id for told in furnished.told] == [2]


async def test_one_line_plans_an_interview_on_the_clock_of_whoever_asks(house: House) -> None:
    await house.opens_search()
    await house.adds_candidate()

    answer = await house.plans("--lead=@UPAM --minutes=30 --debrief=2026-11-06T10:00+01:00")

    assert said(answer).startswith("I-1 with C-1 is planned.")
    one = (await stored(house, 1)).interview
    assert (one.starts_at, one.stage, one.criteria) == (AFTERNOON, "screening", [])
    assert one.ends_at == AFTERNOON + timedelta(minutes=30)
    assert one.debrief_at == datetime(2026, 11, 6, 9, tzinfo=UTC)
    assert await panel(house, 1) == {house.ids["Pia"]: False, house.ids["Pam"]: True}


async def test_the_card_says_when_the_panel_talks(furnished: House) -> None:
    await furnished.says("Rita", "interview move I-1 --at=2026-11-05T15:00 --debrief=2026-11-06")

    assert "The panel talks: 2026-11-06 00:00 UTC" in said(
        await furnished.says("Pia", "interview I-1")
    )


async def test_an_interview_is_planned_from_the_other_platform_alike(furnished: House) -> None:
    words = "interview add C-1 --kind=values --at=2026-11-05T16:00 --panel=@UPAUL"

    answer = await furnished.says("Rita", words, platform="teams")

    assert said(answer).startswith("I-2 with C-1 is planned.")
    assert await panel(furnished, 2) == {furnished.ids["Paul"]: True}


BAD_ANSWERS: list[tuple[dict[str, str | list[str]], str, str]] = [
    ({"starts_at": "2026-11-02T08:00Z"}, "starts_at", "This time has passed"),
    ({"starts_at": "2126-11-05T14:00Z"}, "starts_at", "two years ahead"),
    ({"starts_at": "soon"}, "starts_at", "pick a day and a time"),
    ({"minutes": "481"}, "minutes", "480 or less"),
    ({"debrief_at": "2026-11-05T13:10Z"}, "debrief_at", "only when the interview is over"),
    ({"member_2": "UPAM"}, "member_2", "on the panel already"),
    ({"lead": "UGUS"}, "lead", "Gus has left or is a guest"),
    ({"member_3": "ULEE"}, "member_3", "Lee has left or is a guest"),
    ({"member_5": "UNOBODY"}, "member_5", "I do not know this account"),
    ({"criteria": ["tech", "charm"]}, "criteria", "no longer offered"),
]


async def test_an_answer_that_cannot_be_is_refused_beside_its_field(
    furnished: House,
) -> None:
    form = await furnished.says("Rita", "interview add C-1")

    for changes, field, problem in BAD_ANSWERS:
        answer = await furnished.submits("Rita", form, **filled(**changes))
        assert problem in problems(answer)[field]

    assert furnished.told == []


BAD_WORDS = [
    ("--at= --kind=case --panel=@UPIA", "Please say when the interview starts"),
    ("--at=yesterday --kind=case --panel=@UPIA", "“yesterday” is not a day and a time"),
    ("--at=2026-11-01T14:00 --kind=case --panel=@UPIA", "This time has passed"),
    ("--at=0001-01-01T00:00+23:00 --kind=case --panel=@UPIA", "is not a day and a time"),
    ("--at=2026-11-05T14:00 --kind=case --panel=@UPIA --minutes=5", "10 to 480 minutes"),
    ("--at=2026-11-05T14:00 --kind=case --panel=@UPIA --minutes=-60", "10 to 480 minutes"),
    ("--at=2026-11-05T14:00 --kind=case", "Say who meets the candidate"),
    ("--at=2026-11-05T14:00 --panel=@UPIA", "Please say what kind"),
    ("--at=2026-11-05T14:00 --kind=case --panel=@UPIA --lead=@UPAM", "is not on the panel"),
    ("--at=2026-11-05T14:00 --kind=case --panel=@UPIA --criteria=charm", "has no “charm”"),
    ("--at=2026-11-05T14:00 --kind=case --panel=@UNOBODY", "UNOBODY"),
    (
        "--at=2026-11-05T14:00 --kind=case --panel=@UPIA,@UPAM,@UPAUL,@UPEER,@UPETRA,@USID",
        "at most 5 people",
    ),
    (f"--at=2026-11-05T14:00 --kind=case --panel=@UPIA --stage={'x' * 41}", "which stage"),
]


async def test_what_was_typed_wrongly_is_refused_in_words(
    furnished: House,
) -> None:
    for words, problem in BAD_WORDS:
        assert problem in said(await furnished.says("Rita", f"interview add C-1 {words}"))

    assert furnished.told == []


async def test_nobody_meets_themselves(house: House) -> None:
    await house.opens_search()
    await house.adds_candidate("Pia", internal="Pia")
    form = await house.says("Rita", "interview add C-1")

    picked = await house.submits("Rita", form, **filled())
    typed = await house.plans(panel=("Pia",))
    await house.plans(panel=("Pam",))
    added = await house.says("Rita", "interview panel add I-1 @UPIA")

    assert "Pia cannot be on this panel" in problems(picked)["member_2"]
    assert "Pia cannot be on this panel" in said(typed)
    assert "Pia cannot be on this panel" in said(added)


async def test_without_a_template_in_force_the_answer_names_the_next_step(
    furnished: House,
) -> None:
    def withdraw(session: Session) -> None:
        found = tables.template_in_force(session, "SOC analyst", "junior")
        assert found is not None
        found.state = TemplateState.WITHDRAWN

    await furnished.writes(withdraw)

    answer = await furnished.says("Rita", "interview add C-1")

    assert "`template propose`, then `template sign`" in said(answer)


async def test_an_interview_is_for_its_panel_and_for_those_of_the_search(
    furnished: House,
) -> None:
    for name in ("Rita", "Ruth", "Tom", "Sid", "Max", "Pia", "Pam"):
        answer = await furnished.says(name, "interview I-1")
        assert "Panel: Pia (lead), Pam" in said(answer)
        assert "Ines" not in str(answer)
    for name in ("Paul", "Otto", "Zoe"):
        assert said(await furnished.says(name, "interview I-1")) == NO_SUCH_THING
    assert said(await furnished.says("Rita", "interview I-99")) == NO_SUCH_THING


async def test_a_move_keeps_the_length_and_tells_who_watches(furnished: House) -> None:
    answer = await furnished.says("Rita", "interview move I-1 --at=2026-11-09T10:00")

    assert said(answer).startswith("I-1 has its new time")
    one = (await stored(furnished, 1)).interview
    assert one.ends_at - one.starts_at == timedelta(hours=1)
    assert [told.interview.starts_at.day for told in furnished.told] == [9]


async def test_a_form_moves_an_interview_that_was_cancelled(furnished: House) -> None:
    await furnished.says("Rita", "interview cancel I-1")
    form = await furnished.says("Rita", "interview move I-1")

    answer = await furnished.submits("Rita", form, starts_at="2026-11-09T10:00Z", minutes="90")

    assert isinstance(answer, Message)
    one = (await stored(furnished, 1)).interview
    assert (one.status, one.starts_at.hour) == (InterviewStatus.SCHEDULED, 10)


async def test_how_it_ended_is_known_once_it_has_begun(furnished: House) -> None:
    early = await furnished.says("Rita", "interview no-show I-1")
    before = labels(await furnished.says("Rita", "interview I-1"))
    furnished.clock.advance(timedelta(days=4))
    missed = await furnished.says("Rita", "interview no-show I-1")
    corrected = await furnished.says("Rita", "interview done I-1")
    over = await furnished.says("Rita", "interview cancel I-1")
    moved = await furnished.says("Rita", "interview move I-1 --at=2026-12-01T10:00")

    assert said(early).startswith("I-1 has not begun")
    assert before == ["Move", "Cancel the interview"]
    assert said(missed) == "I-1: nobody came."
    assert said(corrected) == "I-1: done."
    assert said(over).startswith("I-1 stands as “done”")
    assert said(moved).startswith("I-1 stands as “done”")
    assert [told.interview.status for told in furnished.told] == [
        InterviewStatus.NO_SHOW,
        InterviewStatus.DONE,
    ]


async def test_a_panel_grows_and_shrinks_and_always_has_a_lead(furnished: House) -> None:
    added = await furnished.says("Rita", "interview panel add I-1 @UPAUL")
    twice = await furnished.says("Rita", "interview panel add I-1 @UPAUL")
    dropped = await furnished.says("Rita", "interview panel drop I-1 @UPIA")
    gone = await furnished.says("Rita", "interview panel drop I-1 @UPIA")

    assert said(added) == "Paul is on the panel of I-1."
    assert "on the panel already" in said(twice)
    assert said(dropped) == "Pia is not on the panel of I-1 any more."
    assert said(gone).startswith("Pia is not on the panel of I-1. Say")
    assert await panel(furnished, 1) == {furnished.ids["Pam"]: True, furnished.ids["Paul"]: False}
    assert [told.interview.id for told in furnished.told] == [1, 1]


async def test_a_panel_has_at_most_five(furnished: House) -> None:
    for who in ("UPAUL", "UPEER", "UPETRA"):
        await furnished.says("Rita", f"interview panel add I-1 @{who}")

    answer = await furnished.says("Rita", "interview panel add I-1 @UMAX")

    assert said(answer).startswith("A panel has at most 5 people.")


BAD_SEATS = [
    ("interview panel add I-1 @UGUS", "Gus has left or is a guest"),
    ("interview panel add I-1 @ULEE", "Lee has left or is a guest"),
    ("interview panel add I-1", "Say which interview and whom"),
    ("interview panel add I-1 @UPIA @UPAM", "Say which interview and whom"),
    ("interview panel add I-9 @UPAUL", NO_SUCH_THING),
    ("interview panel drop @UPIA", "Say which interview"),
]


async def test_not_everybody_can_be_put_on_a_panel(
    furnished: House,
) -> None:
    for words, problem in BAD_SEATS:
        assert problem in said(await furnished.says("Rita", words))

    assert len(await panel(furnished, 1)) == 2


async def test_who_left_can_be_taken_off_and_the_empty_panel_is_named(furnished: House) -> None:
    await furnished.says("Rita", "interview panel drop I-1 @UPAM")
    left = "Nobody is left on it: say `interview panel add`."

    answer = await furnished.says("Rita", "interview panel drop I-1 @UPIA")

    assert said(answer).endswith(left)
    assert "Panel: nobody yet" in said(await furnished.says("Rita", "interview I-1"))


async def test_the_buttons_of_the_card_move_and_end_it(furnished: House) -> None:
    card = await furnished.says("Rita", "interview I-1")

    form = await furnished.presses("Rita", button(card, "Move"))
    refused = await furnished.presses("Pia", button(card, "Move"))
    cancelled = await furnished.presses("Rita", button(card, "Cancel the interview"))

    assert isinstance(form, Form)
    assert said(refused) == NO_SUCH_THING
    assert said(cancelled) == "I-1: cancelled."


async def test_the_criteria_of_an_interview_are_those_that_were_chosen(furnished: House) -> None:
    await furnished.plans("--criteria=comm,tech")

    one = (await stored(furnished, 2)).interview
    chosen = await furnished.reads(lambda session: calls.criteria_of(session, one))

    assert [criterion.key for criterion in chosen] == ["tech", "comm"]
