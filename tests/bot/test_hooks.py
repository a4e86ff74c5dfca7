"""A hook tells and asks those whom a workflow does not know."""

from itertools import count

from bot.hooks import Hook


def test_what_is_told_reaches_everybody_in_the_order_in_which_they_came() -> None:
    heard: list[str] = []
    votes_change = Hook[[int], object]()
    votes_change(lambda vote: heard.append(f"card of {vote}"))
    votes_change(lambda vote: heard.append(f"record of {vote}"))

    votes_change.tell(3)

    assert heard == ["card of 3", "record of 3"]


def test_nobody_is_asked_after_the_answer_that_is_enough() -> None:
    asked = count(1)
    lets_in = Hook[[int], bool]()
    lets_in(lambda report: next(asked) == report)
    lets_in(lambda report: next(asked) == report)
    lets_in(lambda report: next(asked) == report)

    is_let_in = any(lets_in.ask(2))

    assert is_let_in
    assert next(asked) == 3


def test_whoever_asks_nobody_gets_no_answer() -> None:
    assert list(Hook[[int], str]().ask(2)) == []


def test_what_is_decorated_stays_what_it_was() -> None:
    def refresh(vote: int) -> None: ...

    assert Hook[[int], object]()(refresh) is refresh
