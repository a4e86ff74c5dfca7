"""What is pointed out to the author, and what people in security may say without it."""

import pytest

from workflows.feedback.hints import Hint, counted, found, in_fields


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("She is too old for this role.", Hint.AGE),
        ("He's 54, so he may not stay long.", Hint.AGE),
        ("Close to retirement, I would say.", Hint.AGE),
        ("A young woman with a lot of energy.", Hint.AGE),
        ("Mentioned that she is pregnant.", Hint.FAMILY),
        ("Has two small kids, so nights are hard.", Hint.FAMILY),
        ("Her children are still small.", Hint.FAMILY),
        ("He is married and would not move.", Hint.MARRIAGE),
        ("Wears a hijab.", Hint.RELIGION),
        ("A devout Christian.", Hint.RELIGION),
        ("Hard to follow because of the accent.", Hint.ORIGIN),
        ("Not a native speaker.", Hint.ORIGIN),
        ("She moved here from India.", Hint.ORIGIN),
        ("I asked where she is from.", Hint.ORIGIN),
        ("Uses a wheelchair.", Hint.HEALTH),
        ("His health may not take the shifts.", Hint.HEALTH),
        ("Probably autistic.", Hint.HEALTH),
        ("I think she is lesbian.", Hint.ORIENTATION),
        ("Was a union representative before.", Hint.UNION),
        ("A member of a trade union.", Hint.UNION),
        ("Told me of a criminal record.", Hint.RECORD),
        ("He was convicted ten years ago.", Hint.RECORD),
        ("My gut feeling says no.", Hint.IMPRESSION),
        ("Simply not a fit.", Hint.IMPRESSION),
        ("Good vibe all over.", Hint.IMPRESSION),
        ("It just didn\u2019t feel right.", Hint.IMPRESSION),
    ],
)
def test_what_must_not_count_is_pointed_out(text: str, hint: Hint) -> None:
    assert found(text) == {hint}


@pytest.mark.parametrize(
    "text",
    [
        "Sorted by the age of the logs before looking at their source.",
        "Explained the union of sets and UNION SELECT in an injection.",
        "Joined the two tables in a union of their rows.",
        "Explained the birthday attack, and why the birthday paradox matters for short hashes.",
        "Sorted the alerts by their age, then the logs.",
        "The process was in jail, by chroot, for days.",
        "Killed the child process and then the orphan process.",
        "The process has two children, and the parent waits for them.",
        "Wrote a health check and watched the health endpoint.",
        "Found the race condition in the old version of the agent.",
        "Disabled the account first, then looked at the sessions.",
        "Tested for blind SQL injection and named a blind spot.",
        "Chose an accent colour for the dashboard and accented characters in names.",
        "Follows the runbook religiously.",
        "Retired the old server and the 10-year-old protocol.",
        "Put the foreign key on the native cloud service.",
        "A non-binary file was a binary file after all.",
        "Sandboxed it in a jail and met a jailbreak.",
        "A certificate was issued by the wrong authority.",
        "Mapped the record to its parent record.",
        "Named the country of origin of the traffic.",
    ],
)
def test_words_of_the_trade_are_no_hint(text: str) -> None:
    assert found(text) == frozenset()


def test_an_impression_beside_a_behaviour_is_no_hint() -> None:
    assert found("A good fit: she explained the outage to the customer.") == frozenset()


def test_only_counts_are_kept() -> None:
    texts = {"tell_tech": "She is pregnant.", "tell_ir": "Her kids are small.", "reason": "Fine."}

    hinted = in_fields(texts)

    assert hinted.keys() == {"tell_tech", "tell_ir"}
    assert counted(hinted) == {"family": 2}
