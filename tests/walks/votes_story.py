"""Two stories of a panel that disagrees, from the thread to the record, for whatever platform."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.walks.feedback_story import OVER, THANKS, plan
from tests.walks.script import ALL, Script

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
CAST = ("ada", "ben", "chiara", "dev", "elena", "farid", "luis")
#: Nobody from outside reads it, on either platform.
CHANNEL = "general"
#: Longer than a card waits to be edited.
A_MOMENT = timedelta(seconds=15)

SCORECARD = (
    "scorecard quick I-1 overall=yes tech=3 ir=3 comm=3 growth=3 team=3 -- "
    "overall: Found the cause in ten minutes, and said what she would do next."
)
QUESTION = "Can she close the gap in forensics within six months?"
FOR = "She learned two tools in a week, and asked for a third."
AGAINST = "Nobody here has the time to teach her forensics this year."
MORE = "A second case without a time limit would tell us."
RATIONALE = "The team is one short until spring, so that nobody could stand beside her at first."
OBJECTION = "We decline somebody whom the team of talent acquisition would have kept."
MODE = "Who learns what somebody voted"
INVITED, UNSEEN, COMPLETE = "You are asked to vote", "Nothing was counted", "Everybody has answered"
VOTED, URN = "You voted in V-1: {}", "Your vote in V-1 is in the urn"


async def tell(script: Script) -> None:
    """Play a named vote: each part goes on where the one before ended."""
    for part in (
        plan,
        judge,
        escalate_in_a_thread,
        vote_by_buttons,
        vote_in_words,
        step_back,
        take_more_time,
        close,
        decide_otherwise,
        stand_to_it,
        read_the_record,
    ):
        script.note(f"— {part.__name__}")
        await part(script)


async def tell_in_secret(script: Script) -> None:
    """Play a secret vote, which leaves nobody's choice anywhere."""
    for part in (plan, escalate_in_private, vote_once, close, confirm, read_the_record):
        script.note(f"— {part.__name__}")
        await part(script)


async def judge(script: Script) -> None:
    """A vote waits for all scorecards; these agree, so that none opens by itself."""
    play, on = script.play, script.client
    await play(script.company.move_to(OVER), "luis", "please write your scorecard")
    for handle in ("chiara", "dev", "elena"):
        await play(on.whisper(handle, SCORECARD), handle, THANKS)
    away = on.whisper("luis", "scorecard decline I-1 I was called away and met nobody.")
    await play(away, "luis", "the recruiter is told")


async def escalate_in_a_thread(script: Script) -> None:
    """A mention there opens the form, and the card comes into the same thread."""
    play, on = script.play, script.client
    await play(on.reply("chiara", f'escalate C-1 "{QUESTION}"'), "chiara")
    await play(on.open_offered("chiara"), "chiara", MODE, QUESTION)
    await play(on.fill("chiara", {}), "chiara", "V-1 is open. 6 people were asked privately")


async def vote_by_buttons(script: Script) -> None:
    """On the card or on the own invitation; whoever declines says why."""
    await cast(script, "dev", "Decline", AGAINST, on="Answered")
    await cast(script, "farid", "More evidence", MORE)
    await refresh(script, "2 of 6")


async def vote_in_words(script: Script) -> None:
    """Typed words count where nobody else reads them; in a thread they bring a hint alone."""
    play, on = script.play, script.client
    await play(on.whisper("chiara", f'vote V-1 advance "{FOR}"'), "chiara", VOTED.format("Advance"))
    await play(on.reply("elena", f'vote V-1 advance "{FOR}"'), "elena", UNSEEN)
    await refresh(script, "3 of 6")
    await cast(script, "elena", "Decline", AGAINST, on=UNSEEN)
    await play(on.whisper("elena", "vote V-1"), "elena", "Your vote now", "Decline")
    await play(on.whisper("elena", f'vote V-1 advance "{FOR}"'), "elena", VOTED.format("Advance"))
    await play(on.whisper("ben", "vote V-1 advance"), "ben", "not among those who vote")
    await refresh(script, "4 of 6")


async def step_back(script: Script) -> None:
    """Who is not free to judge is waited for no more."""
    play, on = script.play, script.client
    await play(on.whisper("luis", "vote V-1"), "luis", "Recuse yourself")
    await play(on.press("luis", "Recuse yourself"), "luis", "Step back from V-1")
    await play(on.fill("luis", {"Why?": "I know her family well."}), "luis", "You are recused")
    await play(on.whisper("luis", "vote V-1 advance"), "luis", "You are recused from V-1")
    await refresh(script, "4 of 5")


async def take_more_time(script: Script) -> None:
    """The opener moves the deadline once, and everybody hears of it."""
    play, on = script.play, script.client
    await play(on.whisper("dev", "vote extend V-1 1d"), "dev", "Please ask them")
    await play(on.whisper("chiara", "vote extend V-1 1d"), "farid", "It closes now at")
    await play(on.whisper("chiara", "vote extend V-1 1d"), "chiara", "extended once")
    await refresh(script, "The deadline was moved once")
    await cast(script, "ada", "Advance")


async def close(script: Script) -> None:
    """Once nobody is left to answer, the opener closes it; nobody was told before how it stands."""
    play, on = script.play, script.client
    await play(pass_a_moment(script), "chiara", COMPLETE)
    await play(on.press("chiara", "Close it now", on=COMPLETE), "farid", "Decide otherwise")
    await play(on.whisper("dev", "vote V-1 abstain"), "dev", "V-1 is closed")


async def decide_otherwise(script: Script) -> None:
    """The decider overrides what was recommended, with reasons that are long enough."""
    play, on = script.play, script.client
    await play(
        on.whisper("chiara", "vote decide V-1 decline"), "chiara", "The decider is asked now"
    )
    await play(on.press("farid", "Decide otherwise"), "farid", "What is decided")
    short = await on.fill("farid", {"What is decided": "decline", "Why": "No time."})
    script.note(f"beside the inputs: {short}")
    mended = {"What is decided": "decline", "Why": RATIONALE}
    await play(on.fill("farid", mended), "elena", RATIONALE, "Disagree and commit")
    await refresh(script, "against the recommendation of the vote")


async def stand_to_it(script: Script) -> None:
    """Who was not followed says how they stand to it, and an objection is on the record."""
    play, on = script.play, script.client
    await play(on.press("chiara", "Disagree and commit"), "chiara", "stand by the decision")
    await play(on.press("elena", "Object"), "elena", "What you object to")
    await play(on.fill("elena", {"What you object to": OBJECTION}), "elena", "Your objection")


async def read_the_record(script: Script) -> None:
    """The audit confirms the record, whose hash is the same on each platform."""
    play, on = script.play, script.client
    await play(pass_a_moment(script), "chiara")
    asked = on.whisper("chiara", "vote record V-1")
    await play(asked, "chiara", "of the audit confirms this record. ")


async def escalate_in_private(script: Script) -> None:
    """Asked for in one's own chat, the card hangs nowhere: each has it with their invitation."""
    play, on = script.play, script.client
    added = on.whisper("ada", "interview panel add I-1 ben@northwind.example")
    await play(added, "ada", "Ben Lindqvist")
    await play(on.whisper("chiara", f'escalate S-1 --type=process "{QUESTION}"'), "chiara")
    await play(on.open_offered("chiara"), "chiara", MODE)
    await play(on.fill("chiara", {MODE: "secret"}), "chiara", "Its card is shown in no channel")


async def vote_once(script: Script) -> None:
    """Each presses, is told that it is in the urn, and cannot vote again."""
    play, on = script.play, script.client
    ballots = {"chiara": "In favour", "dev": "Against", "farid": "In favour", "elena": "In favour"}
    for handle, label in ballots.items():
        await play(on.press(handle, label, on=INVITED), handle, URN)
    again = on.press("dev", "In favour", on=INVITED)
    await play(again, "dev", "Nothing was counted a second time")
    await play(on.whisper("ben", "vote V-1 abstain"), "ben", URN)
    await play(on.whisper("ada", "vote V-1 in favour"), "ada", URN)
    luis = on.whisper("luis", 'vote recuse V-1 "I know her family well."')
    await play(luis, "luis", "You are recused")


async def confirm(script: Script) -> None:
    """The decider confirms with one press; nobody knows who would have decided otherwise."""
    play, on = script.play, script.client
    await play(on.press("farid", "Confirm: In favour"), "dev", "Disagree and commit")
    await play(on.press("dev", "Disagree and commit"), "dev", "stand by the decision")


async def cast(script: Script, handle: str, label: str, why: str = "", on: str = INVITED) -> None:
    """Vote in the window that the button opens, whatever is chosen."""
    play, client = script.play, script.client
    await play(client.press(handle, label, on=on), handle, f"You chose “{label}”")
    await play(client.fill(handle, {"Why?": why} if why else {}), handle, VOTED.format(label))


async def refresh(script: Script, words: str) -> None:
    """Let the card be edited, so that everybody in the channel reads *words*."""
    await script.play(pass_a_moment(script), ALL, words)


async def pass_a_moment(script: Script) -> None:
    """Let what comes a few seconds later be done."""
    company = script.company
    await company.move_to(company.clock.now() + A_MOMENT)
