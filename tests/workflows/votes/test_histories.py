"""Generated histories of one vote: only the last ballot of each who still votes is counted."""

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.inbound import Place, Submission
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account
from tests.workflows.votes.house import DEPARTMENTS, PANEL, House
from tests.workflows.votes.test_casting import ballot, counts
from workflows.votes.counting import counted
from workflows.votes.recusing import recuse

WHY = "She could not say how she would contain it."
STEPS_BACK = "recuse"
HISTORIES = 15

#: Who does what at which door, and the numbers of the acts that arrive again and again.
_acts = st.tuples(
    st.sampled_from(PANEL),
    st.sampled_from(("advance", "decline", "abstain", STEPS_BACK)),
    st.sampled_from((SLACK, TEAMS)),
)
_histories = st.lists(_acts, min_size=1, max_size=12)
_repeats = st.lists(st.integers(0, 11), max_size=4)


@settings(
    max_examples=HISTORIES,
    deadline=None,
    database=None,
    # The database is shared by all histories: each has a vote of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=_histories, repeats=_repeats)
async def test_the_last_ballot_of_each_counts_whatever_happened_before(
    house: House, history: list[tuple[str, str, str]], repeats: list[int]
) -> None:
    vote = await house.opens()
    acts = [sent(vote, number, *act) for number, act in enumerate(history)]

    for number, act in enumerate(acts):
        await house.engine.handle(act)
        # What was sent a while ago arrives again, at its own door, after all that came since.
        for again in repeats:
            if again <= number:
                await house.engine.handle(acts[again])

    assert await counts(house, vote) == counted(last_of_each(history))


def sent(vote: int, number: int, name: str, does: str, platform: str) -> Submission:
    """Return a form that somebody sends: a ballot, or that they step back."""
    is_ballot = does != STEPS_BACK
    button = ballot(vote, does) if is_ballot else recuse.button(does, vote=vote)
    return Submission(
        id=f"{vote}-{number}",
        user=account(name, platform),
        place=Place(platform, TENANTS[platform], "C1"),
        route=button.route,
        state=button.payload,
        answers={"reason": WHY},
    )


def last_of_each(history: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Return department and choice of the last ballot of everybody who did not step back."""
    last = {name: does for name, does, _ in history if does != STEPS_BACK}
    gone = {name for name, does, _ in history if does == STEPS_BACK}
    return [(DEPARTMENTS[name], last[name]) for name in last.keys() - gone]
