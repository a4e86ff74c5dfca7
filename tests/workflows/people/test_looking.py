"""Who may see whom, and how."""

import pytest
from sqlmodel import Session

from bot.ui import Message, Table
from storage import people
from tests.workflows.people.house import SLACK, TEAMS, House, button, text_of


def rows(answer: object) -> list[tuple[str, ...]]:
    assert isinstance(answer, Message)
    return [row for block in answer.blocks if isinstance(block, Table) for row in block.rows]


def names(answer: object) -> list[str]:
    return [row[1] for row in rows(answer)]


@pytest.mark.parametrize("platform", [SLACK, TEAMS])
async def test_everybody_sees_themselves(house: House, platform: str) -> None:
    for words in ("people", "people show"):
        shown = text_of(await house.says("Lena", words, platform))
        assert shown.startswith("Lena. Number: ")
        assert "Roles: owner@security, primary." in shown
        assert "Accounts: Slack (ULENA), Microsoft Teams (ULENA)." in shown


async def test_nobody_but_an_admin_sees_others(house: House) -> None:
    refused = await house.says("Lena", "people show mia@northwind.example")
    missing = await house.says("Lena", "people show nobody@northwind.example")

    assert text_of(refused) == text_of(missing)
    assert "Mia" in text_of(await house.says("Adam", "people show mia@northwind.example"))


async def test_an_admin_sees_when_a_role_ends(house: House) -> None:
    await house.says("Adam", "people grant mia@northwind.example owner@ta --until=2026-11-30")

    shown = text_of(await house.says("Adam", "people show mia@northwind.example"))

    assert "owner@ta, primary, until 2026-11-30 23:59 UTC" in shown


async def test_who_is_known_is_listed_by_name(house: House) -> None:
    for words in ("people", "people list"):
        listed = await house.says("Adam", words)
        assert names(listed) == ["Adam", "Alma", "Gus", "Lena", "Mia"]


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ("--dept=security", ["Lena"]),
        ("--role=admin", ["Adam", "Alma"]),
        ("--left", ["Lee"]),
        ("--dept=it --role=owner", []),
    ],
)
async def test_the_list_can_be_narrowed(house: House, flags: str, found: list[str]) -> None:
    listed = await house.says("Adam", f"people list {flags}")

    assert names(listed) == found


async def test_a_long_list_goes_on_at_a_button(house: House) -> None:
    def hire(session: Session) -> None:
        for number in range(30):
            people.add_person(session, f"New {number:02}", department="hr")

    await house.write(hire)
    first = await house.says("Adam", "people list --dept=hr")
    second = await house.presses("Adam", button(first, "Next page"))

    assert len(names(first)) == 20
    assert names(second) == [f"New {number}" for number in range(20, 30)]
    assert text_of(second).startswith("People 21 to 30 of 30.")


async def test_the_departments_are_listed_with_their_owners(house: House) -> None:
    listed = await house.says("Adam", "people department")

    assert ("security", "Security", "1", "Lena") in rows(listed)
    assert ("it", "IT", "2", "") in rows(listed)


async def test_a_slip_is_offered_as_it_was_meant(house: House) -> None:
    said = await house.says("Adam", "people lsit --left")

    assert "“people lsit” means nothing to me." in text_of(said)
    assert names(await house.presses("Adam", button(said, "Yes: people list --left"))) == ["Lee"]


async def test_words_near_nothing_are_said_to_be_unknown(house: House) -> None:
    said = await house.says("Mia", "people abracadabra")

    assert "After “people” I know list, show" in text_of(said)
