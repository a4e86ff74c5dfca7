"""Opening searches, moving them on, and who may know of them."""

from sqlmodel import Session

from bot.ui import Form
from bot.workflow import NO_SUCH_THING
from tests.workflows.engine import MONDAY
from tests.workflows.hiring.house import ROLE, House, account, button, labels, problems, said
from workflows.hiring import tables, template_texts, texts
from workflows.hiring.rules import InterviewStatus, Reveal, SearchStatus, TemplateState
from workflows.hiring.tables import Search

CREW = "--security=@USID --ta=@UTOM --manager=@UMAX"


def filled(**changes: str) -> dict[str, str]:
    about = {
        "title": "SOC analyst, Berlin",
        "role": ROLE,
        "security_owner": account("Sid").user,
        "ta_owner": account("Tom").user,
        "hiring_manager": account("Max").user,
        "target_start": "2027-01-04",
        "reveal": "after_own",
    }
    return about | changes


async def test_a_form_opens_a_search_and_tells_its_owners(house: House) -> None:
    form = await house.says("Rita", "search add")

    answer = await house.submits("Rita", form, **filled())

    assert said(answer) == "S-1, “SOC analyst, Berlin”, is open."
    found = await house.reads(lambda session: tables.search(session, 1))
    assert found is not None
    assert (found.role_family, found.level, found.reveal) == ("SOC analyst", "junior", "after_own")
    assert (found.security_owner_id, found.ta_owner_id) == (house.ids["Sid"], house.ids["Tom"])
    told = {parcel.person for parcel in await house.sent()}
    assert told == {house.ids[name] for name in ("Sid", "Tom", "Max")}


async def test_one_line_opens_a_search(house: House) -> None:
    words = f'search add Night shift --role="{ROLE}" {CREW} --start=2027-01-04'

    answer = await house.says("Rita", f"{words} --reveal=after_own")

    assert said(answer) == "S-1, “Night shift”, is open."
    found = await house.reads(lambda session: tables.search(session, 1))
    assert found is not None
    assert found.reveal is Reveal.AFTER_OWN
    assert "Wanted from: 2027-01-04" in said(await house.says("Rita", "search S-1"))


async def test_a_title_alone_is_kept_in_the_form(house: House) -> None:
    form = await house.says("Rita", "search add Night shift")

    assert isinstance(form, Form)
    assert form.questions()[0].initial == "Night shift"  # type: ignore[union-attr]


BAD_ANSWERS: list[tuple[dict[str, str], str, str]] = [
    ({"target_start": "2026-11-01"}, "target_start", "from today on"),
    ({"target_start": "2031-01-01"}, "target_start", "at most two years"),
    ({"ta_owner": "USID"}, "ta_owner", "two different owners"),
    ({"hiring_manager": "UNOBODY"}, "hiring_manager", "I do not know this account"),
    ({"hiring_manager": "UGUS"}, "hiring_manager", "Gus has left or is a guest"),
    ({"security_owner": "ULEE"}, "security_owner", "Lee has left or is a guest"),
    ({"role": "Poet, senior"}, "role", "choose one of the options"),
    ({"title": " \u200b "}, "title", "Please answer"),
]


async def test_an_answer_that_cannot_be_is_refused_beside_its_field(
    house: House,
) -> None:
    form = await house.says("Rita", "search add")

    for changes, field, problem in BAD_ANSWERS:
        answer = await house.submits("Rita", form, **filled(**changes))
        assert problem in problems(answer)[field]

    assert await house.reads(tables.searches) == []


BAD_WORDS = [
    (f'search add X --role="Poet, senior" {CREW}', "No scorecard is in force for “Poet"),
    (f'search add X --role="{ROLE}" --security=@USID', "Say who looks after it"),
    (f'search add --role="{ROLE}" {CREW}', "Please give the search a title"),
    (f'search add X --role="{ROLE}" {CREW} --start=tomorrow', "“tomorrow” is not a day"),
    (f'search add X --role="{ROLE}" {CREW} --start=2020-01-01', "from today on"),
    (f'search add X --role="{ROLE}" {CREW} --reveal=never', "There is no policy “never”"),
    (f'search add X --role="{ROLE}" {CREW.replace("USID", "UNOBODY")}', "UNOBODY"),
    ("search list --status=lost", "There is no status “lost”"),
    ("search hold", "Say which search"),
]


async def test_what_was_typed_wrongly_is_refused_in_words(
    house: House,
) -> None:
    for words, problem in BAD_WORDS:
        assert problem in said(await house.says("Rita", words))

    assert await house.reads(tables.searches) == []


async def test_without_a_scorecard_no_search_is_opened(
    house: House,
) -> None:
    def withdraw(session: Session) -> None:
        for one in tables.templates(session, TemplateState.IN_FORCE):
            one.state = TemplateState.WITHDRAWN

    await house.writes(withdraw)

    listed = await house.says("Rita", "template list")
    form = await house.says("Rita", "search add")
    typed = await house.says("Rita", f'search add X --role="{ROLE}" {CREW}')

    assert said(form) == said(typed) == texts.NO_TEMPLATES
    assert said(listed) == template_texts.NO_TEMPLATES


async def test_recruiters_owners_and_the_manager_see_a_search_and_nobody_else(
    furnished: House,
) -> None:
    for name in ("Rita", "Ruth", "Tom", "Sid", "Max"):
        assert "C-1, screening, I-1" in said(await furnished.says(name, "search S-1"))
        assert said(await furnished.says(name, "search")).startswith("S-1, SOC analyst")
    for name in ("Pia", "Otto", "Zoe", "Lars"):
        assert said(await furnished.says(name, "search S-1")) == NO_SUCH_THING
        assert said(await furnished.says(name, "search list")) == texts.NO_SEARCHES


async def test_a_search_that_is_not_there_reads_like_one_that_is_not_for_you(
    furnished: House,
) -> None:
    assert said(await furnished.says("Rita", "search S-99")) == NO_SUCH_THING
    assert said(await furnished.says("Pia", "search S-1")) == NO_SUCH_THING


async def test_only_recruiters_change_a_search(furnished: House) -> None:
    for name in ("Tom", "Sid", "Max", "Pia"):
        for words in ("search hold S-1", "candidate add S-1", "interview add C-1"):
            assert said(await furnished.says(name, words)) == NO_SUCH_THING


async def test_a_search_is_held_and_goes_on(furnished: House) -> None:
    held = await furnished.says("Rita", "search hold S-1")
    again = await furnished.says("Rita", "search hold S-1")
    refused = await furnished.says("Rita", "interview add C-1")
    reopened = await furnished.says("Rita", "search reopen S-1")

    assert said(held) == "S-1 is on hold now."
    assert said(again).startswith("S-1 is on hold, so this cannot be done.")
    assert "say `search reopen S-1` first" in said(refused)
    assert said(reopened) == "S-1 is open now."


async def test_cancelling_asks_first_and_takes_the_planned_interviews_along(
    furnished: House,
) -> None:
    asks = await furnished.says("Rita", "search cancel S-1")
    sure = button(asks, texts.SURE)
    before = await furnished.reads(lambda session: tables.search(session, 1))
    done = await furnished.presses("Rita", sure)
    late = await furnished.presses("Ruth", sure)

    assert "1 planned interview would be cancelled" in said(asks)
    assert sure.confirm == said(asks)
    assert before is not None
    assert before.status is SearchStatus.OPEN
    assert said(done) == "S-1 is cancelled now. 1 interview cancelled with it."
    assert [one.interview.status for one in furnished.told] == [InterviewStatus.CANCELLED]
    assert said(late).startswith("S-1 is cancelled, so this cannot be done.")
    assert said(await furnished.says("Rita", "search reopen S-1")).startswith("S-1 is cancelled")


async def test_a_filled_search_takes_no_candidate_until_it_is_reopened(furnished: House) -> None:
    await furnished.says("Rita", "search fill S-1")

    refused = await furnished.says("Rita", "candidate add S-1")
    card = await furnished.says("Rita", "search S-1")

    assert "nothing is added to it" in said(refused)
    assert labels(card) == ["Reopen", "Close"]


async def test_a_forged_button_ends_no_search(furnished: House) -> None:
    sure = button(await furnished.says("Rita", "search close S-1"), texts.SURE)
    forged = [
        sure.model_copy(update={"payload": {"search": 1, "verb": "hold"}}),
        sure.model_copy(update={"payload": {"search": 99, "verb": "close"}}),
    ]

    answers = [await furnished.presses("Rita", one) for one in forged]
    answers.append(await furnished.presses("Tom", sure))

    assert [said(answer) for answer in answers] == [NO_SUCH_THING] * 3


async def stored(house: House) -> Search:
    found = await house.reads(lambda session: tables.search(session, 1))
    assert found is not None
    return found


def brought(session: Session) -> None:
    """Store a search as a hiring system tells of it: nobody looks after it."""
    session.add(
        Search(
            title="SOC analyst",
            role_family="SOC analyst",
            level="junior",
            opened_on=MONDAY.date(),
        )
    )


async def test_a_search_from_elsewhere_is_given_its_owners_and_manager(house: House) -> None:
    await house.writes(brought)
    card = await house.says("Rita", "search S-1")
    form = await house.presses("Rita", button(card, texts.CREW))

    answer = await house.submits(
        "Rita",
        form,
        security_owner=account("Sid").user,
        ta_owner=account("Tom").user,
        hiring_manager=account("Max").user,
        reveal="after_own",
    )

    assert said(answer).startswith(
        "S-1: Sid owns it for security, Tom for talent acquisition, and the hiring manager is Max."
    )
    assert (await stored(house)).reveal is Reveal.AFTER_OWN
    told = {parcel.person for parcel in await house.sent()}
    assert told == {house.ids[name] for name in ("Sid", "Tom", "Max")}
    for name in ("Sid", "Tom", "Max"):
        assert said(await house.says(name, "search S-1")).startswith("S-1: SOC analyst")


async def test_one_line_replaces_who_was_named_and_leaves_the_others(furnished: House) -> None:
    sent = len(await furnished.sent())

    answer = await furnished.says("Rita", "search crew S-1 --manager=@UPAUL --reveal=after_own")

    assert "the hiring manager is Paul" in said(answer)
    assert said(await furnished.says("Max", "search S-1")) == NO_SUCH_THING
    assert "C-1" in said(await furnished.says("Paul", "search S-1"))
    assert "Security owner: Sid" in said(await furnished.says("Paul", "search S-1"))
    assert (await stored(furnished)).reveal is Reveal.AFTER_OWN
    told = await furnished.sent()
    assert [parcel.person for parcel in told[sent:]] == [furnished.ids["Paul"]]
    assert furnished.told == []


BAD_CREWS = [
    ("--ta=@USID", texts.TWO_OWNERS),
    ("--security=@UTOM", texts.TWO_OWNERS),
    ("--manager=@ULEE", "Lee has left or is a guest"),
    ("--manager=@UGUS", "Gus has left or is a guest"),
    ("--manager=", "Say who looks after it"),
    ("--reveal=never", "There is no policy “never”"),
]


async def test_a_crew_that_cannot_be_changes_nothing(furnished: House) -> None:
    before = (await stored(furnished)).model_dump()
    form = await furnished.says("Rita", "search crew S-1")

    for flags, problem in BAD_CREWS:
        assert problem in str(await furnished.says("Rita", f"search crew S-1 {flags}"))
    same = await furnished.submits("Rita", form, ta_owner=account("Sid").user)

    assert problems(same)["ta_owner"] == texts.TWO_OWNERS
    assert (await stored(furnished)).model_dump() == before


async def test_only_recruiters_say_who_looks_after_a_search(furnished: House) -> None:
    form = await furnished.says("Rita", "search crew S-1")

    for name in ("Tom", "Sid", "Max", "Pia"):
        assert said(await furnished.says(name, "search crew S-1")) == NO_SUCH_THING
        assert said(await furnished.says(name, "search crew S-1 --ta=@UPIA")) == NO_SUCH_THING
        assert said(await furnished.submits(name, form)) == NO_SUCH_THING


async def test_an_owner_who_is_the_candidate_sees_the_search_without_themselves(
    furnished: House,
) -> None:
    await furnished.adds_candidate("Paul", internal="Paul")

    answer = await furnished.says("Rita", "search crew S-1 --ta=@UPAUL")
    card = await furnished.says("Paul", "search S-1")

    assert "Paul for talent acquisition" in said(answer)
    assert "C-1, screening" in said(card)
    assert "C-2" not in str(card)
    assert said(await furnished.says("Paul", "candidate C-2")) == NO_SUCH_THING
    assert "C-2" not in str(await furnished.sent())
