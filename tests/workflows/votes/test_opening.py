"""Opening a vote: every door, who takes part, where its card hangs, and what is refused."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.errors import Invalid
from bot.inbound import Place, QuotedMessage, Shortcut, Submission
from bot.outbox import Parcel
from bot.ui import Answer, Form, Problems
from bot.workflow import NO_SUCH_THING
from storage import people, places, roster
from storage.places import RoomPlace
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account, arrive, buttons, prefilled, said
from tests.workflows.engine import MONDAY
from tests.workflows.votes.house import (
    DEPARTMENTS,
    ELECTORS,
    IDS,
    QUESTION,
    STAGE,
    House,
)
from workflows.hiring.tables import Candidate, PanelSeat, Recusal, Search
from workflows.votes import asked, asking, deciding_tables, tables
from workflows.votes import opening_texts as texts
from workflows.votes.rules import WORKING_DAY, Dispute, Ground, Mode, State, options_for

THREAD = Place(SLACK, TENANTS[SLACK], "C1", "1.0")
ON_TEAMS = RoomPlace(TEAMS, TENANTS[TEAMS], "19:search")
ON_SLACK = RoomPlace(SLACK, TENANTS[SLACK], "CSEARCH")


async def asks(house: House, name: str, words: str = "escalate C-1", **answers: str) -> Answer:
    """Let somebody open the form in a thread and send it."""
    form = await house.says(name, words)
    return await house.sends(name, form, {"question": QUESTION, **answers})


async def changes(house: House, change: Callable[[Session], object]) -> None:
    await house.database.write(change)


async def electors(house: House, vote: int = 1) -> dict[int, str]:
    """Return who may vote, with their departments."""
    found = await house.database.read(lambda session: tables.electors_of(session, vote))
    return {one.person_id: one.department for one in found}


async def vetoes(house: House, name: str) -> list[Parcel]:
    """Return what somebody was sent with the button of a veto."""
    return [each for each in await house.sent(name) if ":veto:" in each.envelope.key]


async def invitations(house: House, name: str) -> list[Parcel]:
    return [
        one for one in await house.sent(name) if one.envelope.key.startswith("vote:1:invitation")
    ]


async def cards(house: House) -> dict[Place | None, str]:
    sent = [one for one in await house.sent() if one.envelope.key == "vote:1"]
    return {one.place: one.message.text for one in sent}


def problems(answer: Answer) -> Mapping[str, str]:
    assert isinstance(answer, Problems), answer
    return answer.fields


def bind(*bound: RoomPlace, room: str = "search-1") -> Callable[[Session], None]:
    def change(session: Session) -> None:
        for place in bound:
            places.bind_room(session, room, place)

    return change


class TestDoors:
    async def test_typed_words_open_the_form_with_their_question(self, house: House) -> None:
        form = await house.says("Cleo", f'escalate C-1 "{QUESTION}" --type=personal')

        filled = prefilled(form)
        assert (filled["question"], filled["dispute"]) == (QUESTION, Dispute.PERSONAL)
        answer = await house.sends("Cleo", form, {})
        vote = await house.vote(1)
        assert "V-1 is open. 6 people" in said(answer)
        assert (vote.application_id, vote.stage, vote.state) == (1, STAGE, State.OPEN)
        assert vote.places == [
            {"platform": SLACK, "tenant": TENANTS[SLACK], "channel": "C1", "thread": "1.0"}
        ]
        assert vote.next_look

    async def test_a_shortcut_opens_it_in_the_thread_under_a_message(self, house: House) -> None:
        quoted = QuotedMessage(id="7.5", text="I do not see C-1 like that.", author="U1")
        act = Shortcut(
            id="shortcut",
            user=account("Ben"),
            place=replace(THREAD, thread=None),
            route="votes.escalate_quoted",
            quoted=quoted,
        )
        form = await house.engine.handle(act)

        await house.sends("Ben", form, {"question": QUESTION})

        assert list(await cards(house)) == [replace(THREAD, thread="7.5")]

    async def test_the_room_says_which_search_is_meant(self, house: House) -> None:
        await changes(house, bind(RoomPlace(SLACK, TENANTS[SLACK], "C1")))

        form = await house.uses("Dan", "votes.escalate_quoted", "This takes too long.")
        await house.sends("Dan", form, {"question": "Do we wait until May?"})

        vote = await house.vote(1)
        assert (vote.dispute, vote.application_id, vote.stage) == (Dispute.TIMELINE, None, "")
        assert set(await electors(house)) == {IDS[name] for name in (*ELECTORS, "Fay")}

    async def test_without_a_name_the_form_asks_for_it(self, house: House) -> None:
        [button] = buttons(await house.says("Ada", "escalate"))
        form = await house.presses("Ada", button)

        answer = await house.sends("Ada", form, {"question": "Why?", "subject": "S-1"})
        assert problems(answer) == {"subject": texts.ABOUT_SOMEBODY}
        about = {"question": "Why?", "subject": "s-1", "dispute": "process"}
        assert "V-1 is open" in said(await house.sends("Ada", form, about))

    @pytest.mark.parametrize("words", ["escalate C-1", "escalate S-1", "escalate C-99"])
    async def test_who_may_not_know_of_it_hears_nothing(self, house: House, words: str) -> None:
        assert said(await house.says("Ines", words)) == NO_SUCH_THING

    async def test_a_place_that_was_made_up_is_not_believed(self, house: House) -> None:
        form = await house.says("Cleo", "escalate C-1")
        assert isinstance(form, Form)
        forged = form.state["asked_at"].replace("C1", "CBOARD")

        made_up = form.model_copy(update={"state": {**form.state, "asked_at": forged}})
        await house.sends("Cleo", made_up, {"question": QUESTION})

        assert list(await cards(house)) == [THREAD]


class TestPlaces:
    async def test_the_card_has_a_twin_where_the_search_has_its_other_room(
        self, house: House
    ) -> None:
        await changes(house, bind(ON_SLACK, ON_TEAMS))

        await asks(house, "Cleo")

        found = await cards(house)
        assert list(found) == [THREAD, Place(**asdict(ON_TEAMS))]
        here, there = found.values()
        assert "2 threads: Slack, Teams." in here
        assert here == there

    async def test_a_room_of_the_channel_stands_in_for_that_of_the_search(
        self, house: House
    ) -> None:
        here = RoomPlace(SLACK, TENANTS[SLACK], "C1")
        await changes(house, bind(here, ON_TEAMS, room="hiring"))

        await asks(house, "Cleo")

        assert list(await cards(house)) == [THREAD, Place(**asdict(ON_TEAMS))]

    async def test_what_is_asked_privately_hangs_in_the_rooms_of_the_search(
        self, house: House
    ) -> None:
        await changes(house, bind(ON_SLACK, ON_TEAMS))
        form = await house.says("Cleo", "escalate C-1", privately=True)
        assert isinstance(form, Form)

        sent = Submission(
            id="form",
            user=account("Cleo"),
            place=Place(SLACK, TENANTS[SLACK], "DCLEO"),
            one_to_one=True,
            route=form.route,
            state=form.state,
            answers={**prefilled(form), "question": QUESTION},
        )
        await house.engine.handle(sent)

        rooms = [Place(**asdict(each)) for each in (ON_SLACK, ON_TEAMS)]
        assert list(await cards(house)) == rooms

    @pytest.mark.parametrize("is_colleague", [True, False])
    async def test_where_somebody_must_learn_nothing_only_electors_are_told(
        self, house: House, is_colleague: bool
    ) -> None:
        def bar(session: Session) -> None:
            if is_colleague:
                session.get_one(Candidate, 1).internal_person_id = IDS["Dan"]
            else:
                session.add(Recusal(application_id=1, person_id=IDS["Dan"], at=MONDAY))

        await changes(house, bar)
        await changes(house, bind(ON_TEAMS))

        answer = await asks(house, "Cleo")

        assert "no channel" in said(answer)
        assert await house.sent() == []
        assert IDS["Dan"] not in await electors(house)
        assert await house.sent("Dan") == []
        assert said(await house.says("Dan", "escalate C-1")) == NO_SUCH_THING


class TestElectorate:
    async def test_panel_manager_and_recruiter_vote_as_of_their_departments(
        self, house: House
    ) -> None:
        await asks(house, "Cleo")

        assert await electors(house) == {IDS[name]: DEPARTMENTS[name] for name in ELECTORS}
        holders = await house.database.read(lambda s: deciding_tables.veto_holders(s, 1))
        assert {one.person_id: list(one.grounds) for one in holders} == {
            IDS["Fay"]: [Ground.CLEARANCE, Ground.BACKGROUND, Ground.INSIDER_RISK],
            IDS["Gil"]: [Ground.LEGAL, Ground.PROCESS],
            IDS["Lou"]: [Ground.LEGAL, Ground.PROCESS],
        }

    async def test_it_stays_as_it_was_whatever_changes_later(self, house: House) -> None:
        await asks(house, "Cleo")
        before = await electors(house)

        def change(session: Session) -> None:
            ben = people.by_id(session, IDS["Ben"], now=MONDAY)
            roster.correct(session, replace(ben, department="security"))
            people.revoke(session, IDS["Fay"], "director", department="security")
            session.delete(session.get_one(PanelSeat, (1, IDS["Tom"])))
            session.add(PanelSeat(interview_id=1, person_id=IDS["Ines"]))
            session.get_one(Search, 1).hiring_manager_id = IDS["Gil"]

        await changes(house, change)

        assert await electors(house) == before
        holders = await house.database.read(lambda s: deciding_tables.veto_holders(s, 1))
        assert IDS["Fay"] in {one.person_id for one in holders}
        assert (await house.vote(1)).decider_id == IDS["Eve"]

    async def test_everybody_learns_privately_what_it_is_to_them(self, house: House) -> None:
        def join(session: Session) -> None:
            session.add(PanelSeat(interview_id=1, person_id=IDS["Ines"]))

        await changes(house, join)
        await asks(house, "Cleo", mode=Mode.CONFIDENTIAL)

        found = {name: await invitations(house, name) for name in IDS}
        told = {name: sent[0].message.text for name, sent in found.items() if sent}
        for name in (*ELECTORS, "Ines"):
            assert texts.INVITATION in told[name]
            assert "Security 60" in told[name]
            assert "the auditor role can see them" in told[name]
        assert [name for name in told if texts.WEIGHTLESS in told[name]] == ["Ines"]
        assert [name for name in told if texts.YOU_DECIDE in told[name]] == ["Eve"]
        holders = [name for name in IDS if await vetoes(house, name)]
        assert holders == ["Fay", "Gil", "Lou"]
        assert IDS.keys() - told.keys() == {*holders, "Hal", "Aud"}

    async def test_the_invitation_carries_the_ballot(self, house: House) -> None:
        await asks(house, "Cleo", mode=Mode.SECRET)
        [invitation] = await invitations(house, "Ben")

        ballot = buttons(invitation.message)

        assert [one.label for one in ballot] == ["Advance", "Decline", "More evidence", "Abstain"]
        await house.presses("Ben", ballot[0], TEAMS)
        vote = await house.vote(1)
        assert await house.database.read(lambda s: tables.voted(s, vote)) == {IDS["Ben"]}

    @pytest.mark.parametrize("more", [0, 20])
    async def test_fewer_than_three_or_more_than_twenty_five_do_not_vote(
        self, house: House, more: int
    ) -> None:
        def crowd(session: Session) -> None:
            for number in range(more):
                new = arrive(session, f"New{number}", "security")
                session.add(PanelSeat(interview_id=1, person_id=new))
            for name in () if more else ("Cleo", "Dan", "Ben", "Tom"):
                session.delete(session.get_one(PanelSeat, (1, IDS[name])))

        await changes(house, crowd)

        answer = await asks(house, "Ada")

        assert said(answer).startswith(f"{26 if more else 2} people could vote")
        assert await house.sent("Eve") == []

    async def test_who_has_left_does_not_vote(self, house: House) -> None:
        await changes(house, lambda session: people.deactivate(session, IDS["Tom"]))

        await asks(house, "Cleo")

        assert IDS["Tom"] not in await electors(house)

    async def test_secret_is_refused_where_two_of_a_side_vote(self, house: House) -> None:
        await changes(
            house, lambda session: session.delete(session.get_one(PanelSeat, (1, IDS["Tom"])))
        )

        answer = await asks(house, "Cleo", mode=Mode.SECRET)

        assert problems(answer) == {"mode": texts.too_few_for_secret(3)}
        assert "the auditor role can see them" in problems(answer)["mode"]

    async def test_secret_is_granted_where_three_of_each_side_vote(self, house: House) -> None:
        await asks(house, "Cleo", mode=Mode.SECRET)

        assert (await house.vote(1)).mode is Mode.SECRET

    async def test_a_department_with_a_weight_and_nobody_to_use_it_is_refused(
        self, house: House
    ) -> None:
        answer = await asks(house, "Ada", weights="security=60 legal=40")

        assert problems(answer) == {"weights": texts.nobody_of(["legal"])}

    async def test_without_a_hiring_manager_somebody_names_who_decides(self, house: House) -> None:
        def leave(session: Session) -> None:
            session.get_one(Search, 1).hiring_manager_id = None

        await changes(house, leave)

        assert problems(await asks(house, "Cleo")) == {"decider": texts.NO_DECIDER}
        await asks(house, "Cleo", decider=account("Gil").user)
        assert (await house.vote(1)).decider_id == IDS["Gil"]

    async def test_nobody_of_the_panel_names_another_decider_than_the_hiring_manager(
        self, house: House
    ) -> None:
        own = account("Cleo").user

        refused = await asks(house, "Cleo", decider=own)
        await asks(house, "Ada", decider=own)

        assert problems(refused) == {"decider": texts.ONLY_KEEPERS}
        assert (await house.vote(1)).decider_id == IDS["Cleo"]


class TestRule:
    async def test_a_second_vote_about_the_same_names_the_first(self, house: House) -> None:
        await asks(house, "Cleo")

        again = await house.says("Ben", "escalate C-1")

        assert said(again) == texts.open_already("V-1")

    async def test_two_who_ask_at_once_open_one(self, house: House) -> None:
        forms = [await house.says(name, "escalate C-1") for name in ("Cleo", "Ben")]

        answers = await asyncio.gather(
            *(
                house.sends(name, form, {"question": QUESTION})
                for name, form in zip(("Cleo", "Ben"), forms, strict=True)
            )
        )

        first, second = sorted(map(said, answers), key=lambda text: "Thank you" not in text)
        assert "V-1 is open." in first
        assert second == texts.open_already("V-1")

    async def test_it_closes_after_working_time_of_the_decider(self, house: House) -> None:
        await asks(house, "Cleo", duration="1d 4h")

        vote = await house.vote(1)
        assert vote.closes_at == MONDAY + timedelta(days=1, hours=4)
        assert vote.minutes == 12 * 60

    async def test_only_who_looks_after_the_search_changes_how_it_weighs(
        self, house: House
    ) -> None:
        for name, value in (("weights", "security=90 ta=10"), ("authority", "binding")):
            answer = await asks(house, "Cleo", **{name: value})
            assert problems(answer) == {name: texts.ONLY_KEEPERS}

        await asks(house, "Fay", weights="security=90 ta=10", authority="binding")
        [invited] = await invitations(house, "Ben")
        assert "what passes is decided" in invited.message.text

        terms = await house.database.read(lambda s: tables.terms_of(s, 1, 1))
        assert terms.weights == {"security": 90, "ta": 10}

    async def test_own_choices_take_the_place_of_the_usual_ones(self, house: House) -> None:
        await asks(house, "Ada", "escalate S-1 --type=timeline", options="Wait\nHire now\nAgainst")

        terms = await house.database.read(lambda s: tables.terms_of(s, 1, 1))
        assert [(one["key"], one["needs_reason"]) for one in terms.options] == [
            ("wait", False),
            ("hire_now", False),
            ("against", True),
        ]

    @pytest.mark.parametrize(
        "wrong",
        ["One", "Same\nsame", "Abstain\nYes", "x" * 61 + "\nYes", "\n".join("ABCDEFG")],
    )
    def test_choices_that_are_no_choices_are_refused(self, wrong: str) -> None:
        with pytest.raises(Invalid):
            asked.options(wrong, options_for(Dispute.PROCESS))

    @pytest.mark.parametrize(
        ("typed", "hours"), [("4h", 4), ("2d", 16), ("10d", 80), ("1d 4h", 12), ("2D", 16)]
    )
    def test_a_duration_is_typed_in_working_time(self, typed: str, hours: int) -> None:
        assert asking.duration_of(typed) == timedelta(hours=hours)
        assert timedelta(hours=8) == WORKING_DAY

    @pytest.mark.parametrize("typed", ["3h", "11d", "", "soon", "2d!", "0d"])
    def test_a_duration_that_is_too_short_too_long_or_none_is_refused(self, typed: str) -> None:
        with pytest.raises(Invalid):
            asking.duration_of(typed)


class TestWeights:
    async def test_both_departments_agree_before_weights_are_in_force(self, house: House) -> None:
        await asks(house, "Cleo")
        await house.says("Fay", "vote weights technical security=55 ta=45", privately=True)
        [card] = [one for one in await house.sent("Ada") if "weighting" in one.envelope.key]
        [agree] = buttons(card.message)

        assert said(await house.presses("Fay", agree)) == NO_SUCH_THING
        assert "security=60 ta=40" in said(await house.says("Ines", "vote weights"))
        await house.presses("Ada", agree)

        assert "(technical): security=55 ta=45" in said(await house.says("Ines", "vote weights"))
        assert said(await house.presses("Ada", agree)) == texts.OVERTAKEN
        terms = await house.database.read(lambda s: tables.terms_of(s, 1, 1))
        assert terms.weights == {"security": 60, "ta": 40}

    async def test_an_older_suggestion_cannot_overtake_a_newer_one(self, house: House) -> None:
        for shares in ("security=70 ta=30", "security=50 ta=50"):
            await house.says("Fay", f"vote weights technical {shares}")
        older, newer = (buttons(one.message)[0] for one in await house.sent("Ada"))

        assert said(await house.presses("Ada", older)) == texts.OVERTAKEN
        assert "security=50 ta=50" in said(await house.presses("Ada", newer))

    @pytest.mark.parametrize(
        ("name", "words", "answer"),
        [
            ("Cleo", "technical security=55 ta=45", texts.NOT_AN_OWNER),
            ("Fay", "technical security=55 ta=55", texts.BAD_WEIGHTS),
            ("Fay", "technical security=60 ta=40", texts.SAME_WEIGHTS),
            ("Fay", "cooking security=55 ta=45", texts.which_type(Dispute)),
        ],
    )
    async def test_what_cannot_be_agreed_on_is_not_suggested(
        self, house: House, name: str, words: str, answer: str
    ) -> None:
        assert said(await house.says(name, f"vote weights {words}")) == answer
        assert await house.sent("Ada") == []
