"""Casting a ballot: by button, by form and typed; and each refusal in words of its own."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.context import unasked
from bot.inbound import Command, Place, Press
from bot.menu import say_button
from bot.ui import Button, Form
from bot.workflow import NO_SUCH_THING
from storage.audit import audit
from tests.workflows.acting import SLACK, TEAMS, account, buttons, said
from tests.workflows.votes.house import IDS, House
from workflows.hiring.tables import Recusal
from workflows.votes import casting, keeping
from workflows.votes.casting_texts import NEW_WORDING, NOT_HERE, stale
from workflows.votes.counting import Counts
from workflows.votes.rules import Mode, State
from workflows.votes.tables import Ballot, Terms, Vote, VoterMark

WHY = "She could not say how she would contain it."
OPEN = pytest.mark.parametrize("mode", [Mode.NAMED, Mode.CONFIDENTIAL])


def ballot(vote: int, choice: str, version: int = 1) -> Button:
    """Return a button of a vote that is not secret: it opens the form."""
    return casting.answer.button(choice, vote=vote, version=version, choice=choice)


def secretly(vote: int, choice: str, version: int = 1) -> Button:
    """Return a button of a secret vote: it casts at once."""
    return casting.cast.button(choice, vote=vote, version=version, choice=choice)


async def counts(house: House, vote: int) -> Counts:
    def counted(session: Session) -> Counts:
        ctx = unasked(session, house.sealer, house.clock.now())
        return casting.counts(ctx, session.get_one(Vote, vote))

    return await house.database.write(counted)


async def new_version(house: House, id: int) -> None:
    """Ask something else, as an amendment does."""

    def amend(session: Session) -> None:
        vote = session.get_one(Vote, id)
        old = session.get_one(Terms, 1)
        vote.version = 2
        ctx = unasked(session, house.sealer, house.clock.now())
        again = Terms(
            vote_id=id, version=2, options=old.options, weights=old.weights, at=house.clock.now()
        )
        keeping.seal_question(ctx, again, "Is it one that she can close within a year?")
        casting.empty_urn(ctx, vote)

    await house.database.write(amend)


async def test_the_last_ballot_counts_and_all_are_kept(house: House) -> None:
    vote = await house.opens()

    first = await house.chooses("Ben", ballot(vote, "advance"))
    last = await house.chooses("Ben", ballot(vote, "decline"), why=WHY)

    assert "Advance" in said(first)
    assert "Decline" in said(last)
    assert await counts(house, vote) == {"ta": {"decline": 1}}
    kept = await house.database.read(lambda s: s.exec(select(Ballot.choice)).all())
    assert kept == ["advance", "decline"]


async def test_a_reason_is_asked_for_and_sealed_with_the_ballot(house: House) -> None:
    vote = await house.opens()

    await house.chooses("Ben", ballot(vote, "more_evidence"), why=WHY)

    def kept(session: Session) -> str:
        [one] = session.exec(select(Ballot))
        assert WHY not in str(one.reason)
        return keeping.reason(house.sealer, one)

    assert await house.database.read(kept) == WHY


@pytest.mark.parametrize("choice", ["advance", "decline"])
async def test_a_reason_that_is_too_short_is_not_counted(house: House, choice: str) -> None:
    vote = await house.opens()

    refused = await house.chooses("Ben", ballot(vote, choice), why="No.")
    typed = await house.says("Ben", f"vote V-{vote} {choice} no", privately=True)

    assert "reason" in getattr(refused, "fields", {})
    assert "10 to 1000" in said(typed)
    assert await counts(house, vote) == {}


async def test_a_secret_vote_asks_for_no_reason_and_names_no_choice(house: House) -> None:
    vote = await house.opens(mode=Mode.SECRET)

    decline = await house.presses("Ben", secretly(vote, "decline"))
    advance = await house.presses("Tom", secretly(vote, "advance"))

    assert said(decline) == said(advance)
    assert await counts(house, vote) == {"ta": {"decline": 1, "advance": 1}}


@pytest.mark.parametrize("mode", [Mode.NAMED, Mode.SECRET])
async def test_the_ballot_offers_each_answer_and_to_abstain(house: House, mode: Mode) -> None:
    vote = await house.opens(mode=mode)

    paper = await house.says("Ben", f"vote V-{vote}", privately=True)

    labels = [button.label for button in buttons(paper)]
    assert labels == ["Advance", "Decline", "More evidence", "Abstain", "Recuse yourself"]
    asks = [button.opens_form for button in buttons(paper)[:4]]
    assert asks == [mode is Mode.NAMED] * 4
    assert all(bool(button.confirm) is (mode is Mode.SECRET) for button in buttons(paper)[:4])


async def test_the_ballot_tells_a_voter_alone_what_they_chose(house: House) -> None:
    vote = await house.opens()
    await house.chooses("Ben", ballot(vote, "abstain"))

    own = await house.says("Ben", f"vote V-{vote}", privately=True)
    other = await house.says("Tom", f"vote V-{vote}", privately=True)

    assert "Abstain" in own.model_dump_json(include={"blocks": {1, 2}})  # type: ignore[union-attr]
    assert "Your vote now" not in other.model_dump_json()  # type: ignore[union-attr]


class TestTyping:
    async def test_a_ballot_counts_that_nobody_else_reads(self, house: House) -> None:
        vote = await house.opens()

        answer = await house.says("Ben", f'vote v-{vote} Decline "{WHY}"', TEAMS, privately=True)
        await house.says("Cleo", f"vote V-{vote} more evidence {WHY}", privately=True)

        assert "Decline" in said(answer)
        assert await counts(house, vote) == {
            "ta": {"decline": 1},
            "security": {"more_evidence": 1},
        }

    async def test_a_slash_command_counts_wherever_it_is_typed(self, house: House) -> None:
        vote = await house.opens()
        beside = Command(
            id="slash-1",
            user=account("Ben"),
            place=Place(SLACK, "T1", "C1"),
            confided=True,
            name="vote",
            text=f"V-{vote} advance {WHY}",
        )

        await house.engine.handle(beside)

        assert await counts(house, vote) == {"ta": {"advance": 1}}

    @pytest.mark.parametrize("platform", [SLACK, TEAMS])
    async def test_what_others_read_is_not_counted_and_the_buttons_are_offered(
        self, house: House, platform: str
    ) -> None:
        vote = await house.opens()

        hint = await house.says("Ben", f"vote V-{vote} advance", platform)

        assert said(hint).startswith(NOT_HERE)
        assert buttons(hint)[0].route == "votes.answer"
        assert await counts(house, vote) == {}

    async def test_words_that_a_button_says_are_read_by_nobody(self, house: House) -> None:
        vote = await house.opens()

        await house.presses("Ben", say_button("Advance", f"vote V-{vote} advance {WHY}"))

        assert await counts(house, vote) == {"ta": {"advance": 1}}

    async def test_an_unknown_answer_lists_those_that_there_are(self, house: House) -> None:
        vote = await house.opens()

        typed = await house.says("Ben", f"vote V-{vote} perhaps not today", privately=True)
        pressed = await house.chooses("Ben", ballot(vote, "perhaps"))

        assert "“Advance”, “Decline”, “More evidence”, “Abstain”" in said(typed)
        assert said(typed) == said(pressed)
        assert await counts(house, vote) == {}

    @pytest.mark.parametrize(("choice", "label"), [("advance", "Advance"), ("decline", "Decline")])
    async def test_without_a_reason_the_form_opens_whatever_was_chosen(
        self, house: House, choice: str, label: str
    ) -> None:
        vote = await house.opens()

        form = await house.says("Ben", f"vote V-{vote} {choice}", privately=True)

        assert isinstance(form, Form)
        assert form.title == f"V-{vote}: {label}"
        assert await counts(house, vote) == {}

    async def test_the_word_alone_shows_the_votes_that_wait(self, house: House) -> None:
        vote = await house.opens()

        waiting = await house.says("Ben", "vote", privately=True)
        listed = await house.says("Ben", "vote list", privately=True)

        assert f"V-{vote}" in said(waiting)
        assert waiting == listed

    async def test_a_line_without_a_vote_asks_which(self, house: House) -> None:
        await house.opens()

        assert "V-7" in said(await house.says("Ben", "vote advance", privately=True))


class TestRefusing:
    async def test_each_refusal_says_what_is_the_matter(self, house: House) -> None:
        vote = await house.opens(mode=Mode.SECRET)
        await house.presses("Ben", secretly(vote, "advance"))
        form = await house.says("Tom", f"vote recuse V-{vote}")
        await house.sends("Tom", form, {"reason": "I trained her at her last company."})

        outsider = await house.presses("Fay", secretly(vote, "advance"))
        recused = await house.presses("Tom", secretly(vote, "advance"))
        twice = await house.presses("Ben", secretly(vote, "decline"), TEAMS)
        unknown = await house.presses("Ines", secretly(vote, "advance"))
        house.clock.move_to((await house.vote(vote)).closes_at)
        late = await house.presses("Cleo", secretly(vote, "advance"))

        assert "not among those who vote" in said(outsider)
        assert "recused" in said(recused)
        assert "You have voted" in said(twice)
        assert said(unknown) == NO_SUCH_THING
        assert "closed" in said(late)
        assert await counts(house, vote) == {"ta": {"advance": 1}}

    @pytest.mark.parametrize("way", [ballot, secretly])
    async def test_a_closed_vote_is_stopped_for_buttons_and_forms(
        self, house: House, way: partial[Button]
    ) -> None:
        vote = await house.opens(state=State.DECIDER)

        refused = await house.presses("Ben", way(vote, "decline"))

        assert "closed" in said(refused)

    async def test_who_is_kept_out_by_hiring_reads_that_there_is_no_such_vote(
        self, house: House
    ) -> None:
        vote = await house.opens()
        at = house.clock.now()
        await house.add(Recusal(application_id=1, person_id=IDS["Ada"], at=at))

        answers = [
            await house.says("Ada", f"vote V-{vote}"),
            await house.says("Ada", f"vote V-{vote + 1}"),
            await house.says("Ada", f"vote recuse V-{vote}"),
        ]

        assert [said(answer) for answer in answers] == [NO_SUCH_THING] * 3

    async def test_what_is_of_an_older_wording_says_how_to_vote_anew(self, house: House) -> None:
        vote = await house.opens()
        opened = await house.presses("Ben", ballot(vote, "advance"))
        await new_version(house, vote)

        pressed = await house.presses("Ben", ballot(vote, "advance"))
        sent = await house.sends("Ben", opened, {})
        again = await house.chooses("Ben", ballot(vote, "advance", 2))

        assert said(pressed) == said(sent) == stale(f"V-{vote}")
        assert "Advance" in said(again)
        assert await counts(house, vote) == {"ta": {"advance": 1}}

    async def test_a_secret_button_of_an_older_wording_is_answered_by_the_new_ballot(
        self, house: House
    ) -> None:
        vote = await house.opens(mode=Mode.SECRET)
        await new_version(house, vote)

        fresh = await house.presses("Ben", secretly(vote, "advance"))
        await house.presses("Ben", buttons(fresh)[0])

        assert said(fresh).startswith(NEW_WORDING)
        assert await counts(house, vote) == {"ta": {"advance": 1}}


class TestTwoPlatforms:
    @OPEN
    async def test_one_person_has_one_ballot_and_the_last_one_wins(
        self, house: House, mode: Mode
    ) -> None:
        vote = await house.opens(mode=mode)

        await house.chooses("Ben", ballot(vote, "advance"), SLACK)
        await house.chooses("Ben", ballot(vote, "abstain"), TEAMS)

        assert await counts(house, vote) == {"ta": {"abstain": 1}}

    async def test_a_second_secret_ballot_is_refused(self, house: House) -> None:
        vote = await house.opens(mode=Mode.SECRET)

        await house.presses("Ben", secretly(vote, "advance"), SLACK)
        await house.presses("Ben", secretly(vote, "decline"), TEAMS)

        assert await counts(house, vote) == {"ta": {"advance": 1}}

    async def test_a_repeated_press_is_counted_once(self, house: House) -> None:
        vote = await house.opens(mode=Mode.SECRET)
        button = secretly(vote, "advance")
        press = Press(
            id="the same",
            user=account("Ben"),
            place=Place(SLACK, "T1", "C1"),
            route=button.route,
            payload=button.payload,
        )

        answers = [await house.engine.handle(press) for _ in range(3)]

        assert answers[0] == answers[1] == answers[2]
        assert await counts(house, vote) == {"ta": {"advance": 1}}


async def test_who_voted_is_marked_and_audited_and_not_what(house: House) -> None:
    vote = await house.opens()
    for name, choice in (("Ben", "advance"), ("Cleo", "decline")):
        await house.chooses(name, ballot(vote, choice), why=WHY)

    def left(session: Session) -> tuple[list[object], list[object]]:
        marks = session.exec(select(VoterMark.person_id))
        wanted = audit.c.action == "votes.answer.submit"
        lines = session.connection().execute(sa.select(audit).where(wanted)).mappings()
        told = ("actor", "entity", "before", "after")
        return list(marks), [tuple(line[name] for name in told) for line in lines]

    marks, lines = await house.database.read(left)
    voters = [IDS["Ben"], IDS["Cleo"]]
    assert marks == voters
    assert lines == [(voter, f"vote:{vote}", "", "") for voter in voters]


async def test_a_ballot_has_the_card_say_so_soon(house: House) -> None:
    vote = await house.opens(places=[{"platform": SLACK, "tenant": "T1", "channel": "C1"}])
    await house.chooses("Ben", ballot(vote, "advance"))

    await house.passes(timedelta(seconds=5))

    [card] = await house.sent()
    assert "1 of 6" in card.message.text
