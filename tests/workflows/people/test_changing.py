"""Admins make people known, give and take roles, and let people go, in words and in forms."""

import asyncio
from datetime import timedelta

import pytest

from bot.ui import Form
from storage import people
from storage.people import Account, Grant
from tests.workflows.people.house import LEAVER, SLACK, TEAMS, House, account, button, text_of


async def test_a_person_is_made_known_in_words(house: House) -> None:
    answer = await house.says(
        "Adam", 'people add "Ben Lindqvist" --email=Ben@Northwind.example --dept=ta --account=@UBEN'
    )

    ben = await house.known(account("Ben"))
    assert ben is not None
    assert (ben.name, ben.email, ben.department) == ("Ben Lindqvist", "ben@northwind.example", "ta")
    assert text_of(answer) == f"Ben Lindqvist is known now, with the number {ben.id}."


@pytest.mark.parametrize("platform", [SLACK, TEAMS])
async def test_a_person_is_made_known_in_a_form(house: House, platform: str) -> None:
    form = await house.says("Adam", "people add", platform)

    await house.submits("Adam", form, platform, who="UBEN", name="Ben", zone="Europe/Berlin")

    ben = await house.known(account("Ben", platform))
    assert ben is not None
    assert (ben.name, ben.timezone, ben.grants) == ("Ben", "Europe/Berlin", ())


async def test_a_zone_that_does_not_exist_is_said_beside_its_input(house: House) -> None:
    form = await house.says("Adam", "people add")

    refused = await house.submits("Adam", form, who="UBEN", name="Ben", zone="Mars/Crater")

    assert "There is no time zone of that name." in text_of(refused)
    assert await house.known(account("Ben")) is None


async def test_whoever_is_known_is_not_added_again(house: House) -> None:
    form = await house.says("Adam", "people add")

    refused = await house.submits("Adam", form, who="UMIA", name="Mia the second")

    assert "Mia is known by that account or address already" in text_of(refused)
    assert (await house.person("Mia")).name == "Mia"


async def test_an_account_beside_another_of_its_platform_is_refused(house: House) -> None:
    await house.write(lambda s: people.deactivate(s, house.ids["Mia"]))

    refused = await house.says(
        "Adam", "people add Mia --email=mia@northwind.example --account=@UNEW"
    )

    assert "the person already has one" in text_of(refused)
    assert not (await house.person("Mia")).active


async def test_a_person_without_account_and_address_is_refused(house: House) -> None:
    refused = await house.says("Adam", "people add Ben")

    assert "nobody can be recognised by it" in text_of(refused)


async def test_a_role_is_given_until_a_day_and_its_holder_is_told(house: House) -> None:
    answer = await house.says(
        "Adam", "people grant mia@northwind.example owner@ta --rank=deputy --until=2026-11-30"
    )

    [told] = await house.sent()
    assert text_of(answer) == "Mia now has the role owner@ta."
    assert (await house.person("Mia")).grants == (Grant("owner", "ta", 2),)
    assert told.person == house.ids["Mia"]
    assert told.message.text.startswith("Adam gave you the role owner@ta.")
    house.clock.advance(timedelta(days=29))
    assert (await house.person("Mia")).grants == ()


async def test_a_role_is_given_in_a_form_to_somebody_picked(house: House) -> None:
    form = await house.says("Adam", "people grant", TEAMS)

    await house.submits(
        "Adam", form, TEAMS, who="UMIA", role="owner", department="ta", rank="3", until="2026-12-31"
    )

    assert (await house.person("Mia")).grants == (Grant("owner", "ta", 3),)


async def test_a_role_is_given_in_a_form_from_the_card_of_somebody(house: House) -> None:
    card = await house.says("Adam", "people show mia@northwind.example")
    form = await house.presses("Adam", button(card, "Give a role"))

    await house.submits("Adam", form, role="owner")

    assert isinstance(form, Form)
    assert "who" not in {question.name for question in form.questions()}
    assert (await house.person("Mia")).grants == (Grant("owner"),)


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"who": "UNOBODY"}, "This account is nobody's yet."),
        ({"who": "UMIA", "until": "2026-11-01"}, "2026-11-01 has passed"),
    ],
)
async def test_a_form_that_gives_nothing_says_so_beside_its_input(
    house: House, answers: dict[str, str], problem: str
) -> None:
    form = await house.says("Adam", "people grant")

    refused = await house.submits("Adam", form, **{"role": "owner", **answers})

    assert problem in text_of(refused)
    assert (await house.person("Mia")).grants == ()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("grant mia@northwind.example", "Say who and which role"),
        ("grant mia@northwind.example ownr@ta", "There is no role “ownr” to give."),
        ("grant mia@northwind.example owner@sales", "There is no department “sales”."),
        ("grant mia@northwind.example owner --rank=chief", "There is no rank “chief”."),
        ("grant mia@northwind.example owner --until=soon", "“soon” is no date."),
        ("grant nobody@northwind.example owner", "Nobody here has “nobody@northwind.example”."),
        ("grant @UNOBODY owner", "Nobody here has “@UNOBODY”."),
        ("grant Mia owner", "I cannot read the account “Mia”."),
        ("grant 4711 owner", "Nobody here has the number 4711."),
        ("grant 99999999999999999999 owner", "Nobody here has the number"),
        ("grant lee@northwind.example owner@ta", "Lee has left, so nothing was granted."),
        ("revoke mia@northwind.example owner@ta", "Mia has no role owner@ta"),
        ("revoke", "Say who and which role"),
        ("department mia@northwind.example", "Say who and which department"),
        ("department mia@northwind.example sales", "There is no department “sales”."),
        ("department add", "letters, digits and hyphens only"),
        ("leave", "Say who: an e-mail address"),
        ("leave lee@northwind.example", "Lee has left already."),
    ],
)
async def test_what_means_nothing_is_refused_in_words(
    house: House, words: str, reason: str
) -> None:
    refused = await house.says("Adam", f"people {words}")

    assert reason in text_of(refused)
    assert await house.sent() == []


async def test_a_role_is_taken_back_in_words_and_by_a_button(house: House) -> None:
    await house.says("Adam", "people grant mia@northwind.example owner@ta")
    await house.says("Adam", "people grant mia@northwind.example owner@hr")
    card = await house.says("Adam", "people show mia@northwind.example")

    await house.says("Adam", "people revoke mia@northwind.example owner@ta")
    pressed = button(card, "Take owner@hr back")
    await house.presses("Adam", pressed)

    assert pressed.confirm
    assert (await house.person("Mia")).grants == ()


async def test_a_right_ends_with_the_next_act(house: House) -> None:
    await house.says("Adam", "people grant mia@northwind.example admin")
    assert "now has" in text_of(await house.says("Mia", "people grant @ULENA owner@hr"))

    await house.says("Alma", "people revoke mia@northwind.example admin")

    refused = await house.says("Mia", "people grant @ULENA owner@it")
    assert "not for you to see or do" in text_of(refused)


async def test_somebody_works_in_another_department(house: House) -> None:
    await house.says("Adam", "people department add sales Sales and more")
    moved = await house.says("Adam", "people department mia@northwind.example sales")
    card = await house.says("Adam", "people show mia@northwind.example")
    form = await house.presses("Adam", button(card, "Change the department"))
    nowhere = await house.submits("Adam", form, department="")

    assert text_of(moved) == "Mia is now in Sales and more."
    assert text_of(nowhere) == "Mia is in no department now."
    assert (await house.person("Mia")).department is None


async def test_somebody_is_let_go_after_a_question_and_is_a_stranger_at_the_next_click(
    house: House,
) -> None:
    await house.says("Adam", "people grant lena@northwind.example admin")
    asked = await house.says("Adam", "people leave lena@northwind.example")
    before = await house.person("Lena")

    said = await house.presses("Adam", button(asked, "Let them leave"))

    assert before.active
    assert "owner@security, admin" in text_of(asked)
    assert text_of(said) == "Lena has left, and is a stranger from now on."
    for platform in (SLACK, TEAMS):
        refused = await house.says("Lena", "people show", platform)
        assert "I do not know you" in text_of(refused)


async def test_who_comes_back_has_the_accounts_of_before_and_no_role(house: House) -> None:
    asked = await house.says("Adam", "people leave lena@northwind.example")
    await house.presses("Adam", button(asked, "Let them leave"))

    await house.says("Adam", "people add Lena --email=lena@northwind.example")

    lena = await house.known(account("Lena", TEAMS))
    assert lena is not None
    assert (lena.active, lena.grants) == (True, ())


async def test_who_has_left_stays_away_whatever_else_is_written(house: House) -> None:
    card = await house.says("Adam", f"people show {LEAVER.casefold()}@northwind.example")

    assert "has left" in text_of(card)
    assert await house.known(account(LEAVER)) is None


async def test_the_last_admin_stays_one(house: House) -> None:
    await house.says("Adam", "people revoke alma@northwind.example admin")

    for words in (
        "people revoke adam@northwind.example admin",
        "people grant adam@northwind.example admin --until=2026-12-31",
    ):
        assert "Adam is the last admin who stays one" in text_of(await house.says("Adam", words))
    asked = await house.says("Adam", "people leave adam@northwind.example")
    refused = await house.presses("Adam", button(asked, "Let them leave"))

    assert "Adam is the last admin who stays one" in text_of(refused)
    assert (await house.person("Adam")).grants == (Grant("admin"),)


async def test_an_admin_for_a_while_is_not_enough(house: House) -> None:
    await house.says("Adam", "people grant alma@northwind.example admin --until=2026-12-31")

    refused = await house.says("Alma", "people revoke adam@northwind.example admin")

    assert "Adam is the last admin who stays one" in text_of(refused)


async def test_two_admins_who_take_each_others_role_at_once_do_not_both_succeed(
    house: House,
) -> None:
    await asyncio.gather(
        house.says("Adam", "people revoke alma@northwind.example admin"),
        house.says("Alma", "people revoke adam@northwind.example admin"),
    )

    adam, alma = await house.person("Adam"), await house.person("Alma")
    assert len(adam.grants) + len(alma.grants) == 1


async def test_each_change_is_in_the_audit(house: House) -> None:
    await house.says("Adam", "people add Ben --account=@UBEN")
    await house.says("Adam", "people grant mia@northwind.example owner@ta")
    await house.says("Adam", "people revoke mia@northwind.example owner@ta")
    await house.says("Adam", "people department mia@northwind.example hr")

    rows = await house.read(
        lambda s: s.connection().exec_driver_sql("SELECT actor, action, entity FROM audit").all()
    )
    mia, adam = f"person:{house.ids['Mia']}", house.ids["Adam"]
    assert [tuple(row) for row in rows[1:]] == [
        (adam, "people.people_grant", mia),
        (adam, "people.people_revoke", mia),
        (adam, "people.people_department", mia),
    ]


async def test_an_account_of_another_platform_can_be_named_in_full(house: House) -> None:
    await house.says("Adam", "people add Ben --account=teams:tenant:UBEN")

    ben = await house.known(account("Ben", TEAMS))
    assert ben is not None
    assert await house.read(lambda s: people.accounts_of(s, ben.id)) == [
        Account("teams", "tenant", "UBEN")
    ]
