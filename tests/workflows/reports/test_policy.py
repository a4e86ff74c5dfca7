"""The promise on the form: an admin proposes it, and HR agrees."""

from bot.ui import Answer, Form, Note
from tests.workflows.acting import said
from tests.workflows.reports.house import House
from workflows.reports.policy_texts import NEUTRAL

PROMISE = "Whoever reports what they saw has nothing to fear."


def notes(answer: Answer) -> list[object]:
    assert isinstance(answer, Form), answer
    return [part.text for part in answer.inputs if isinstance(part, Note)]


async def test_the_promise_stands_on_the_form_once_hr_agreed(house: House) -> None:
    await house.says("Adam", f"security policy adopt {PROMISE}")
    before = notes(await house.says("Rita", "report an odd call"))

    button = await house.offered("Hetty", "HR agrees")
    other = await house.presses("Lou", button)
    await house.presses("Hetty", button)
    again = await house.presses("Hetty", button)

    after = notes(await house.says("Rita", "report an odd call"))
    assert NEUTRAL in before
    assert PROMISE not in before
    assert PROMISE in after
    assert "That is not here" in said(other)
    assert "agreed already" in said(again)
    assert said(await house.says("Rita", "security policy")) == PROMISE
