"""One story of the glossary, everything that its guide promises, for whatever platform."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.walks.script import ALL, Script

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
#: The morning timer runs at seven, the weekly one on Mondays at nine.
A_MINUTE = timedelta(minutes=1)
CAST = ("ada", "ben", "chiara", "dev", "elena", "farid", "luis")

MEANING = "Electronic Discovery Reference Model"
PLAIN = "Somebody who left and now comes back to work here."
PLAINER = "Somebody who worked here before, and works here again."
CSV = "term,department,plain\nkeeping warm,ta,Staying in touch until there is a role."
BAD_CSV = "term,department,plain\nkeeping warm,nowhere,Staying in touch until there is a role."


async def tell(script: Script) -> None:
    """Play the whole story; each part goes on where the one before ended."""
    for part in (
        look_up,
        suggest_and_approve,
        share,
        decline_an_edit,
        know_another_name,
        agree_in_two_departments,
        bring_a_wording_back,
        retire,
        import_pasted_lines,
        use_shortcuts,
        let_a_suggestion_wait,
        review,
        count_what_was_missing,
    ):
        script.note(f"— {part.__name__}")
        await part(script)


async def look_up(script: Script) -> None:
    """A hit, a slip, senses by department, both vocabularies, words that are verbs, lists."""
    play, on = script.play, script.client
    await play(on.ask("ada", "term EDRM"), "ada", MEANING)
    await play(on.ask("ben", "term edmr"), "ben", "Did you mean one of these?")
    await play(on.press("ben", "EDRM", on="Did you mean"), "ben", MEANING)
    await play(on.press("ben", "Expert words", on=MEANING), "ben", "Framework of stages")
    await play(on.press("ben", "Not what I meant", on="Framework of"), "ben", "EDRM")
    await play(on.ask("ada", "term pipeline"), "ada", "candidate pipeline", "Show Security")
    await play(on.ask("ada", "term pipeline --dept=security"), "ada", "delivery pipeline")
    await play(on.ask("ada", "term get add"), "ada", "“add” is not in the glossary yet")
    await play(on.ask("ada", "term search lost laptop"), "ada", "lost laptop")
    await play(on.ask("ada", "term list --dept=ta"), "ada", "Meanings 1 to 20 of")
    await play(on.press("ada", "Next page"), "ada", "Meanings 21 to")
    await play(on.ask("ada", "term list --status=stale"), "ada", "Nothing fits.")
    await play(on.ask("ada", "term export --dept=legal"), "ada", "meanings")
    await play(on.ask("ada", "term help"), "ada", "term share")
    await play(on.whisper("ada", "siem"), "ada", "Look up “siem”")
    await play(on.press("ada", "Look up “siem”"), "ada", "security information and event")


async def suggest_and_approve(script: Script) -> None:
    """A form with a mistake in it, an approval that is undone, and another's."""
    play, on = script.play, script.client
    await play(on.ask_for_form("ada", "term add boomerang"), "ada", "Suggest a meaning")
    filled = {"Plain words": PLAIN, "Address of the source": "the wiki"}
    script.note(f"beside the inputs: {await on.fill('ada', filled)}")
    mended = filled | {"Address of the source": "https://wiki.example/boomerang"}
    await play(on.fill("ada", mended), "ada", "Elena Marković can approve it")
    await play(on.press("elena", "Approve", on="boomerang"), "ada", "Elena Marković approved")
    await play(on.press("elena", "Undo"), "ada", "It is undone")
    await play(on.press("ben", "Approve", on="boomerang"), "ada", "Ben Lindqvist approved")
    await play(on.ask("chiara", "term boomerang"), "chiara", PLAIN)
    again = on.ask("ada", f"term add boomerang = {PLAIN}")
    await play(again, "ada", "already has a meaning for “boomerang”")


async def share(script: Script) -> None:
    """For all in the channel; a chat with the bot has nobody else to share with."""
    play, on = script.play, script.client
    await play(on.ask("ada", "term share boomerang"), ALL, PLAIN, "Shared by Ada Okafor")
    await play(on.whisper("dev", "term boomerang"), "dev", PLAIN, "Share here")
    await play(on.press("dev", "Share here"), "dev", "Say `term share boomerang` in the channel")


async def decline_an_edit(script: Script) -> None:
    """Another wording, declined with a reason, suggested again and approved."""
    play, on = script.play, script.client
    await play(on.ask_for_form("ada", "term edit boomerang"), "ada", PLAIN)
    await play(on.fill("ada", {"Plain words": "A DNA word."}), "ada", "“DNA” is not spelt out.")
    await play(on.press("ben", "Decline", on="A DNA word."), "ben", "What should be different?")
    reason = on.fill("ben", {"What should be different?": "Nobody will understand that."})
    await play(reason, "ada", "Nobody will understand that.")
    await play(on.ask_for_form("ada", "term edit boomerang"), "ada", PLAIN)
    await play(on.fill("ada", {"Plain words": PLAINER}), "elena", PLAINER)
    await play(on.press("elena", "Approve", on=PLAINER), "ada", "Elena Marković approved")


async def know_another_name(script: Script) -> None:
    """An alias, which leads to its term once somebody else agreed."""
    play, on = script.play, script.client
    await play(on.ask("ada", "term alias returner = boomerang"), "ben", "returner")
    await play(on.press("ben", "Approve", on="returner"), "ada", "Ben Lindqvist approved")
    await play(on.ask("chiara", "term Returner"), "chiara", PLAINER)


async def agree_in_two_departments(script: Script) -> None:
    """What two departments share needs one owner of each."""
    play, on = script.play, script.client
    sent = on.ask("ada", 'term add "war room" --dept=shared = Where we meet in an emergency.')
    await play(sent, "ada", "It needs one owner each of Security and Talent acquisition.")
    half = on.press("elena", "Approve", on="war room")
    await play(half, "elena", "It still needs the agreement of Security.")
    await play(on.press("ben", "Approve", on="war room"), "ben", "It waits for the other")
    await play(on.press("farid", "Approve", on="war room"), "ada", "Farid Haddad approved")
    await play(on.ask("ben", "term WarRoom"), "ben", "Where we meet in an emergency.")


async def bring_a_wording_back(script: Script) -> None:
    """Everybody sees the history, and an owner goes back in it."""
    play, on = script.play, script.client
    await play(on.ask("ada", "term history boomerang"), "ada", PLAIN, "Version 2")
    await play(on.ask("elena", "term history boomerang"), "elena", "Bring this wording back: 1")
    back = on.press("elena", "Bring this wording back: 1")
    await play(back, "elena", "reads again as in version 1")


async def retire(script: Script) -> None:
    """What is no longer used says so, and what to say instead."""
    play, on = script.play, script.client
    await play(on.ask("ada", 'term deprecate "predictive coding" --use=TAR'), "luis", "TAR")
    await play(on.press("luis", "Approve", on="predictive"), "ada", "Luis Ferreira approved")
    await play(on.ask("ben", "term predictive coding"), "ben", "No longer used; say “TAR”.")
    await play(on.ask("ben", "term share predictive coding"), "ben", "was not posted")


async def import_pasted_lines(script: Script) -> None:
    """A dry run with a mistake, one without, and another owner's agreement."""
    play, on = script.play, script.client
    label = "Comma-separated values, with a header"
    await play(on.ask_for_form("elena", "term import"), "elena", label)
    await play(on.fill("elena", {label: BAD_CSV}), "elena", "Line 2")
    await play(on.ask_for_form("elena", "term import"), "elena", label)
    await play(on.fill("elena", {label: CSV}), "elena", "Dry run of 1 row.", "keeping warm")
    await play(on.press("elena", "Send to the owners"), "ben", "Import from a file")
    await play(on.press("ben", "Approve", on="Import from"), "elena", "Ben Lindqvist approved")
    await play(on.ask("ada", "term keeping warm"), "ada", "Staying in touch")


async def use_shortcuts(script: Script) -> None:
    """Explain a message, and suggest its words."""
    play, on = script.play, script.client
    await play(on.use_on("ada", "glossary.explain", "SIEM or SOAR?"), "ada", "SIEM", "SOAR")
    await play(on.use_on("ada", "glossary.add_quoted", "dry powder"), "ada", "Suggest a meaning")
    sent = on.fill("ada", {"Plain words": "What is kept for a bad day."})
    await play(sent, "elena", "dry powder")


async def let_a_suggestion_wait(script: Script) -> None:
    """Owners see on their Home what waits, and are reminded after five working days."""
    play, on = script.play, script.client
    await play(on.open_home("elena"), "elena", "A suggestion waits for your decision: dry powder.")
    late = MONDAY + timedelta(days=8) + A_MINUTE
    await play(script.company.move_to(late), "ben", "has waited for 5 working days")


async def review(script: Script) -> None:
    """Half a year later keepers are asked, hand over, edit and confirm."""
    play, on = script.play, script.client
    monday = MONDAY + timedelta(weeks=27)
    await play(script.company.move_to(monday - timedelta(hours=2)), "luis", "Please read")
    await play(script.company.move_to(monday), "luis", "due for a review in your part")
    await play(on.ask("ada", "term EDRM"), "ada", "Its review is due")
    await play(on.ask("elena", "term review"), "elena", "due for a review", "Still right")
    await play(on.press("elena", "Still right"), "elena", "counts as read today")
    await play(on.press("elena", "Hand over"), "elena", "Who should read it from now on?")
    wrong = await on.fill("elena", {"Who should read it from now on?": "luis"})
    script.note(f"beside the inputs: {wrong}")
    right = on.fill("elena", {"Who should read it from now on?": "ben"})
    await play(right, "ben", "asked you to keep")


async def count_what_was_missing(script: Script) -> None:
    """What was looked up in vain, ready to be defined."""
    play, on = script.play, script.client
    await play(on.ask("chiara", "term qoh"), "chiara", "“qoh” is not in the glossary yet")
    await play(on.ask("chiara", "term missing"), "chiara", "qoh")
    await play(on.press("chiara", "Suggest a meaning for qoh"), "chiara", "qoh")
