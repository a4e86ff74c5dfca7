"""What incidents are called: two words that say nothing, and never the same twice."""

import pytest

from tests.workflows.incidents.house import House
from workflows.incidents import codenames
from workflows.incidents.codenames import COLOURS, CREATURES


def test_there_are_words_for_more_incidents_than_a_company_has() -> None:
    words = {*COLOURS, *CREATURES}

    assert min(len(COLOURS), len(CREATURES)) >= 60
    assert len(words) == len(COLOURS) + len(CREATURES)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)


async def test_a_name_that_was_used_is_never_given_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codenames, "COLOURS", ("copper",))
    monkeypatch.setattr(codenames, "CREATURES", ("badger", "crane"))
    await house.opens(codename="copper badger")

    second = await house.within(codenames.new_codename)
    await house.opens(codename=second)
    third = await house.within(codenames.new_codename)

    assert second == "copper crane"
    assert third in {"copper badger 3", "copper crane 3"}
