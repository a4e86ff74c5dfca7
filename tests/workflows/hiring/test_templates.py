"""What people are judged by: weights of 100, two signatures, and never a change in use."""

from sqlmodel import Session

from bot.ui import Form
from bot.workflow import NO_SUCH_THING
from storage import people
from tests.workflows.engine import MONDAY
from tests.workflows.hiring.house import House, button, labels, problems, said
from workflows import hiring
from workflows.hiring import calls, defaults, rules, tables
from workflows.hiring import template_texts as texts
from workflows.hiring.rules import TemplateState

PROPOSE = 'template propose "SOC analyst" junior'
WEIGHTS = "tech=30 ir=20 comm=20 growth=20 team=10"


async def states(house: House) -> dict[int, TemplateState]:
    """Return how the templates of junior analysts stand."""

    def read(session: Session) -> dict[int, TemplateState]:
        found = tables.templates(session, *TemplateState)
        return {one.id or 0: one.state for one in found if one.role_family == "SOC analyst"}

    return await house.reads(read)


async def weights(house: House, template: int) -> dict[str, int]:
    criteria = await house.reads(lambda session: tables.criteria_of(session, template))
    return {one.key: one.weight for one in criteria}


def test_the_first_templates_weigh_one_hundred() -> None:
    assert len(defaults.WEIGHTS) == 6
    assert all(sum(given) == rules.FULL_WEIGHT for given in defaults.WEIGHTS.values())
    assert defaults.WEIGHTS["SOC analyst", "junior"] == (25, 20, 20, 25, 10)


async def test_the_first_templates_are_complete_and_added_once(house: House) -> None:
    def read(session: Session) -> list[tuple[TemplateState, list[tables.Criterion]]]:
        found = tables.templates(session, TemplateState.IN_FORCE)
        return [(one.state, tables.criteria_of(session, one.id or 0)) for one in found]

    again = await house.writes(lambda session: hiring.seed(session, MONDAY))
    seeded = await house.reads(read)

    assert again == 0
    assert len(seeded) == 6
    for _, criteria in seeded:
        assert [one.department for one in criteria] == ["security"] * 2 + ["ta"] * 2 + ["shared"]
        assert sum(one.weight for one in criteria) == rules.FULL_WEIGHT
        for one in criteria:
            assert len(set(one.anchors)) == 4
            assert one.evidence_prompt
            assert one.glossary_refs


async def test_two_owners_of_two_departments_put_a_template_in_force(house: House) -> None:
    proposed = await house.says("Rita", f"{PROPOSE} {WEIGHTS}")
    first = await house.says("Tom", "template sign T-7")
    between = await states(house)
    second = await house.says("Sid", "template sign T-7")

    assert "T-7 waits for two signatures" in said(proposed)
    assert "It waits for an owner of security." in said(first)
    assert between == {1: TemplateState.IN_FORCE, 7: TemplateState.PROPOSED}
    assert said(second).startswith("T-7 is in force")
    assert await states(house) == {1: TemplateState.WITHDRAWN, 7: TemplateState.IN_FORCE}
    assert await weights(house, 7) == {"tech": 30, "ir": 20, "comm": 20, "growth": 20, "team": 10}


async def test_one_person_signs_once_even_as_an_owner_of_both(house: House) -> None:
    await house.says("Rita", f"{PROPOSE} {WEIGHTS}")

    first = await house.says("Zoe", "template sign T-7")
    second = await house.says("Zoe", "template sign T-7")

    assert "It waits for an owner of talent acquisition." in said(first)
    assert said(second) == texts.OWN_SEAT_TAKEN
    assert (await states(house))[7] is TemplateState.PROPOSED


def test_a_signature_is_one_persons_for_one_department() -> None:
    assert rules.department_to_sign({}, person=1, owns=("ta", "security")) == "security"
    assert rules.department_to_sign({"security": 1}, person=1, owns=("ta",)) is None
    assert rules.department_to_sign({"security": 1}, person=2, owns=("ta",)) == "ta"
    assert rules.department_to_sign({"ta": 1}, person=2, owns=("ta", "legal")) is None


async def test_two_owners_of_one_department_are_not_enough(house: House) -> None:
    await house.says("Tom", f"{PROPOSE} {WEIGHTS}")
    await house.says("Tom", "template sign T-7")
    await house.writes(
        lambda session: people.grant(session, house.ids["Pia"], "owner", department="ta")
    )

    refused = await house.says("Pia", "template sign T-7")

    assert said(refused) == texts.NOT_YOURS
    assert (await states(house))[7] is TemplateState.PROPOSED


async def test_owners_are_asked_with_a_card_that_loses_its_button(house: House) -> None:
    await house.says("Rita", f"{PROPOSE} {WEIGHTS}")
    asked = await house.sent()
    card = asked[0].message
    await house.presses("Tom", button(card, texts.SIGN))
    await house.presses("Sid", button(card, texts.SIGN))
    late = await house.presses("Zoe", button(card, texts.SIGN))

    whom = {parcel.person for parcel in asked}
    assert whom == {house.ids[name] for name in ("Tom", "Sid", "Zoe", "Rita")}
    assert {parcel.envelope.key for parcel in await house.sent()} == {"hiring:template:7"}
    assert texts.SIGN not in labels((await house.sent())[-1].message)
    assert said(late) == texts.NOT_OPEN


OTHERS = ["Rita", "Max", "Lars", "Otto", "Pia"]


async def test_nobody_else_signs(house: House) -> None:
    await house.says("Rita", f"{PROPOSE} {WEIGHTS}")

    for name in OTHERS:
        assert said(await house.says(name, "template sign T-7")) == NO_SUCH_THING


BAD_WORDS = [
    (f"{PROPOSE} tech=29 ir=20 comm=20 growth=20 team=10", "add up to 99"),
    (f"{PROPOSE} tech=26", "add up to 101"),
    (f"{PROPOSE} tech=0 ir=45", "from 1 to 100"),
    (f"{PROPOSE} tech=-5 ir=50", "from 1 to 100"),
    (f"{PROPOSE} tech=4.5", "from 1 to 100"),
    (f"{PROPOSE} tech=²5", "from 1 to 100"),
    (f"{PROPOSE} tech=99999999999", "from 1 to 100"),
    (f"{PROPOSE} charm=25", "There is no criterion “charm”"),
    (f"{PROPOSE} tech=30 growth=20 --must=charm", "There is no criterion “charm”"),
    (f"{PROPOSE} tech=25", "T-1 says exactly this already"),
    ("template propose Poet senior tech=100", "No template is in force for Poet, senior"),
    ("template propose", "Say the role family"),
    (f'template propose "{"x" * 51}" senior --like=T-1', "Say the role family"),
    ("template propose Poet senior --like=T-99", NO_SUCH_THING),
    ("template sign", "Say which template"),
    ("template sign T-1", texts.NOT_OPEN),
    ("template sign T-99", NO_SUCH_THING),
    ("template T-99", NO_SUCH_THING),
]


async def test_what_cannot_be_is_refused_in_words(house: House) -> None:
    for words, problem in BAD_WORDS:
        assert problem in said(await house.says("Tom", words))

    assert await states(house) == {1: TemplateState.IN_FORCE}


async def test_a_form_suggests_weights_and_what_must_be_passed(house: House) -> None:
    form = await house.says("Tom", PROPOSE)
    wrong = await house.submits("Tom", form, weight_tech="24")
    right = await house.submits(
        "Tom", form, weight_tech="35", weight_growth="15", must_pass=["tech", "ir"]
    )

    assert "give 1 more" in problems(wrong)["weight_tech"]
    assert "T-7 waits" in said(right)
    criteria = await house.reads(lambda session: tables.criteria_of(session, 7))
    assert [one.key for one in criteria if one.must_pass] == ["tech", "ir"]
    old = await house.reads(lambda session: tables.criteria_of(session, 1))
    assert [one.anchors for one in criteria] == [one.anchors for one in old]


async def test_a_template_in_use_never_changes_and_planned_interviews_keep_it(
    furnished: House,
) -> None:
    before = await weights(furnished, 1)
    await furnished.says("Rita", f"{PROPOSE} {WEIGHTS}")
    await furnished.says("Tom", "template sign T-7")
    await furnished.says("Sid", "template sign T-7")
    await furnished.plans()

    def used(session: Session, id: int) -> int:
        found = tables.meeting(session, id)
        assert found is not None
        return sum(one.weight for one in calls.criteria_of(session, found.interview)[:1])

    assert await weights(furnished, 1) == before
    assert await furnished.reads(lambda session: used(session, 1)) == 25
    assert await furnished.reads(lambda session: used(session, 2)) == 30
    stale = await furnished.says("Rita", "template T-1")
    assert "Replaced by a newer one" in said(stale)
    assert labels(stale) == []


async def test_a_newer_suggestion_takes_the_place_of_one_that_waits(house: House) -> None:
    await house.says("Tom", f"{PROPOSE} {WEIGHTS}")
    await house.says("Sid", f"{PROPOSE} tech=35 growth=15")

    late = await house.says("Tom", "template sign T-7")

    assert said(late) == texts.NOT_OPEN
    assert await states(house) == {
        1: TemplateState.IN_FORCE,
        7: TemplateState.WITHDRAWN,
        8: TemplateState.PROPOSED,
    }


async def test_a_new_role_begins_from_another_ones_template(house: House) -> None:
    answer = await house.says("Tom", "template propose Threat intel senior --like=T-2 --must=ir")
    await house.says("Tom", "template sign T-7")
    await house.says("Sid", "template sign T-7")

    assert "T-7 waits" in said(answer)
    found = await house.reads(
        lambda session: tables.template_in_force(session, "Threat intel", "senior")
    )
    assert found is not None
    assert found.version == 1


async def test_capitals_make_no_other_role(house: House) -> None:
    answer = await house.says("Tom", 'template propose "soc ANALYST" Junior --must=ir')

    assert "T-7 waits" in said(answer)
    assert await states(house) == {1: TemplateState.IN_FORCE, 7: TemplateState.PROPOSED}


async def test_where_nobody_can_sign_the_answer_says_whom_to_ask(house: House) -> None:
    def leave(session: Session) -> None:
        for name in ("Sid", "Zoe"):
            people.revoke(session, house.ids[name], "owner", department="security")

    await house.writes(leave)

    answer = await house.says("Rita", f"{PROPOSE} {WEIGHTS}")

    assert "Nobody owns security yet" in said(answer)


async def test_the_form_of_a_replaced_template_is_over(house: House) -> None:
    card = await house.says("Tom", "template T-1")
    form = await house.presses("Tom", button(card, texts.CHANGE))
    await house.says("Rita", f"{PROPOSE} {WEIGHTS}")
    await house.says("Tom", "template sign T-7")
    await house.says("Sid", "template sign T-7")

    late = await house.submits("Tom", form, weight_tech="35", weight_growth="15")

    assert isinstance(form, Form)
    assert said(late).startswith("T-1 is not in force")


async def test_templates_are_read_by_recruiters_and_the_two_departments_owners(
    house: House,
) -> None:
    for name in ("Rita", "Tom", "Sid"):
        assert "tech=25 ir=20" in said(await house.says(name, "template list"))
        assert "Technical depth (tech), 25 %" in said(await house.says(name, "template show T-1"))
    for name in ("Lars", "Max", "Otto"):
        for words in ("template", "template show T-1", f"{PROPOSE} {WEIGHTS}"):
            assert said(await house.says(name, words)) == NO_SUCH_THING
