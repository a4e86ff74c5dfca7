"""Where a vote stands: the same for everybody, and one's own part for oneself alone."""

import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from adapters.slack import render as slack
from adapters.teams import render as teams
from bot.ui import Message
from bot.workflow import NO_SUCH_THING
from storage import jobs
from storage.database import Database
from storage.jobs import State as JobState
from tests.furniture import Furniture
from tests.workflows.acting import buttons, said
from tests.workflows.engine import engine_around
from tests.workflows.votes.house import ELECTORS, IDS, QUESTION, House, move_in
from tests.workflows.votes.test_cards import THREADS
from workflows import votes
from workflows.hiring.tables import Recusal
from workflows.votes import reading, reminding, views
from workflows.votes.deciding_tables import Count, Decision
from workflows.votes.rules import Basis, Mode, Result, State, Trigger
from workflows.votes.tables import Vote

#: Two runs that differ in nothing but what people chose.
FOR = {"Cleo": "advance", "Dan": "advance", "Ben": "advance", "Ada": "advance"}
AGAINST = {"Cleo": "decline", "Dan": "abstain", "Ben": "decline", "Ada": "more_evidence"}

EVIDENCE = "She has passed the second forensics exam since we met her."


async def card_of(house: House, vote: int) -> Message:
    """Return a vote's card as it is now."""

    def drawn(ctx: Any) -> Message:
        return views.card(reading.read(ctx, ctx.session.get_one(Vote, vote)))

    return await house.within(drawn)


async def test_the_card_says_what_is_asked_why_by_which_rule_and_until_when(house: House) -> None:
    vote = await house.opens(trigger=Trigger.EXTREMES, places=THREADS)
    await house.votes(vote, FOR)

    text = (await card_of(house, vote)).text

    assert text == (
        f"V-1: {QUESTION} About: C-1, S-1 (suitability: technical). "
        "Why: One says a strong yes and another a strong no. "
        "Rule: Security 60, Talent Acquisition 40. Needs 60 %. At least 60 % must answer, and one "
        "real vote from each side. "
        "Decides: Eve, who confirms the result, or overrides it with reasons. "
        "Closes: Wednesday 4 November 2026, 09:00 UTC. Answered: 4 of 6. "
        "Now: Open. How it stands is shown to nobody before the close. "
        "Who voted what can be read by name after the close, not before. "
        "It is talked about in 2 threads: Slack, Teams. Each goes on by itself; "
        "this card says the same in all of them."
    )


async def test_where_each_vote_has_the_weight_of_its_side_the_rule_says_so(house: House) -> None:
    vote = await house.opens(basis=Basis.PER_PERSON)

    assert "Each vote has the weight of its side." in (await card_of(house, vote)).text


async def test_the_card_after_the_end_says_all_that_came_of_it(house: House) -> None:
    vote = await house.opens()
    await house.add(
        Count(
            vote_id=vote,
            version=1,
            result=Result.PASSED,
            recommended="advance",
            electors=6,
            answered=4,
            shares={"advance": "200/3", "decline": "100/3", "more_evidence": "0"},
            at=house.clock.now(),
        ),
        Decision(
            vote_id=vote,
            decided="decline",
            recommended="advance",
            decider_id=IDS["Eve"],
            is_override=True,
            at=house.clock.now(),
        ),
    )
    await house.becomes(vote, state=State.DECIDED, closed_at=house.clock.now(), is_extended=True)

    card = await card_of(house, vote)

    assert "Result: Passed: Advance. Shares: Advance 66.67 %, Decline 33.33 %." in card.text
    assert "Decided: Decline, by Eve, against the recommendation of the vote." in card.text
    assert "Changed: The deadline was moved once." in card.text


async def test_a_vote_that_was_called_off_while_it_was_open_once_more_has_no_result(
    house: House,
) -> None:
    vote = await house.runs()
    await house.passes(timedelta(days=2))
    await house.says("Cleo", f'vote reopen V-{vote} "{EVIDENCE}"')

    await house.says("Cleo", f'vote cancel V-{vote} "She withdrew."')

    text = (await card_of(house, vote)).text
    assert "Now: Cancelled." in text
    assert "Result:" not in text


async def test_shares_that_would_tell_on_a_voter_are_withheld_in_words(house: House) -> None:
    vote = await house.opens(mode=Mode.SECRET)
    count: dict[str, Any] = {
        "version": 1,
        "result": Result.PASSED,
        "recommended": "advance",
        "electors": 6,
    }
    await house.add(Count(vote_id=vote, answered=4, at=house.clock.now(), **count))
    await house.becomes(vote, state=State.DECIDER, closed_at=house.clock.now())

    text = (await card_of(house, vote)).text

    assert "Shares: The split is withheld, because it would tell on a voter." in text


@pytest.mark.parametrize("question", [QUESTION, "Why? " * 60])
async def test_both_platforms_take_the_card(house: House, question: str) -> None:
    vote = await house.opens(places=THREADS)
    card = await card_of(house, vote)
    longer = card.model_copy(
        update={"blocks": (card.blocks[0].model_copy(update={"text": question}), *card.blocks[1:])}
    )

    drawn = [slack.render_message(longer), teams.render_message(longer)]

    assert all(drawn)


async def test_one_reads_ones_own_answer_and_nobody_elses(house: House) -> None:
    vote = await house.opens()
    await house.votes(vote, {"Cleo": "decline"})

    own = said(await house.says("Cleo", f"vote status V-{vote}"))
    others = [said(await house.says(name, f"vote status V-{vote}")) for name in ("Dan", "Aud")]

    assert "You chose “Decline”. Only you see this line." in own
    assert "You have not voted yet." in others[0]
    assert not any("“Decline”" in text for text in others)


async def test_a_secret_answer_is_shown_to_nobody(house: House) -> None:
    vote = await house.opens(mode=Mode.SECRET)
    await house.votes(vote, {"Cleo": "decline"})

    answer = said(await house.says("Cleo", f"vote status V-{vote}"))

    assert "You have voted. What you chose is stored nowhere" in answer


@pytest.mark.parametrize("words", ["vote status V-1", "vote record V-1"])
async def test_for_all_others_there_is_no_such_vote(house: House, words: str) -> None:
    await house.opens()
    await house.add(Recusal(application_id=1, person_id=IDS["Dan"], at=house.clock.now()))

    answers = [said(await house.says(name, words)) for name in ("Ines", "Dan")]
    missing = said(await house.says("Cleo", words.replace("V-1", "V-9")))

    assert [*answers, missing] == [NO_SUCH_THING] * 3


async def test_the_list_begins_with_what_waits_for_the_reader(house: House) -> None:
    mine, done, over = [await house.opens() for _ in range(3)]
    await house.votes(done, {"Cleo": "advance"})
    await house.becomes(over, state=State.CANCELLED)

    listed = await house.says("Cleo", "vote list")
    home = await house.says("Cleo", "home")
    nothing = said(await house.says("Ines", "vote list"))

    assert [button.label for button in buttons(listed)][-1] == f"Status of V-{mine}"
    assert said(listed).index(f"V-{mine}:") < said(listed).index(f"V-{done}:")
    assert f"V-{over}:" not in said(listed)
    assert f"Status of V-{mine}" in [button.label for button in buttons(home)]
    assert nothing == "No vote waits for you, and none that you may know of goes on."


WORDS = ("status V-1", "record V-1", "record V-1 --json", "ballots V-1", "list")


async def left_by(file: Path, mode: Mode, choices: Mapping[str, str]) -> list[object]:
    """Return all that a run leaves for others to read before the close: answers, jobs and log."""
    database = Database(f"sqlite:///{file}")
    await database.open()
    with structlog.testing.capture_logs() as log:
        async with engine_around(votes.workflow, database) as (engine, clock, sealer):
            house = House(engine, database, clock, sealer, IDS)
            vote = await house.opens(mode=mode, places=THREADS)
            await house.within(lambda ctx: reminding.schedule(ctx, ctx.session.get_one(Vote, vote)))
            await house.votes(vote, choices)
            await house.passes(timedelta(hours=30))
            answers = [
                await house.says(name, f"vote {words}")
                for name in ("Eve", "Fay", "Aud", "Ines")
                for words in WORDS
            ]
            answers += [await house.says(name, "home") for name in ("Eve", "Cleo")]
            sent = [await house.sent(to) for to in (None, *ELECTORS)]
            waiting = await database.read(lambda s: jobs.listing(s, JobState.READY, 500))
    await database.close()
    # The keys of sends are made by chance, and say nothing.
    timers = [(job.key, job.run_at) for job in waiting if job.kind == "timer"]
    return [answers, sent, timers, len(waiting), [entry["event"] for entry in log]]


@pytest.fixture
def furnished(sqlite_file: Callable[[Furniture], Path]) -> Path:
    """A file with everybody in it."""
    return sqlite_file(move_in)


@pytest.mark.parametrize("mode", Mode)
async def test_nothing_before_the_close_depends_on_what_people_chose(
    furnished: Path, tmp_path: Path, mode: Mode
) -> None:
    files = [tmp_path / name for name in ("here.db", "there.db")]
    for file in files:
        shutil.copyfile(furnished, file)

    here = await left_by(files[0], mode, FOR)
    there = await left_by(files[1], mode, AGAINST)

    assert here == there
    assert "4 of 6" in str(here)
    assert "still waits for your answer" in str(here)


async def test_what_is_on_hold_stands_first_of_what_goes_on(house: House) -> None:
    decided_next, on_hold = [
        await house.opens(state=state, application_id=None)
        for state in (State.DECIDER, State.ON_HOLD)
    ]

    listed = said(await house.says("Eve", "vote list"))

    assert listed.index(f"V-{on_hold}:") < listed.index(f"V-{decided_next}:")
