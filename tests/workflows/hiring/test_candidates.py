"""Candidates go by code; few read the name, and nobody reads about themselves."""

from bot.workflow import NO_SUCH_THING
from tests.workflows.hiring.house import House, account, button, labels, problems, said
from workflows.hiring import calls, tables, texts
from workflows.hiring.tables import Candidate


async def stored(house: House, id: int = 1) -> Candidate:
    found = await house.reads(lambda session: tables.candidate(session, id))
    assert found is not None
    return found


async def test_a_name_is_stored_sealed_and_read_by_few(furnished: House) -> None:
    known = await stored(furnished)

    assert "Ines" not in (known.name or "")
    assert calls.name_of(furnished.sealer, known) == "Ines Marsh"
    for name in ("Rita", "Ruth", "Tom"):
        assert "Name: Ines Marsh" in said(await furnished.says(name, "candidate C-1"))
    for name in ("Sid", "Max"):
        answer = await furnished.says(name, "candidate C-1")
        assert "screening" in said(answer)
        assert "Ines" not in str(answer)


async def test_where_a_name_was_read_the_ledger_finds_the_candidate(furnished: House) -> None:
    asks = await furnished.says("Rita", "candidate colleague C-1 @UPIA")
    marked = await furnished.presses("Rita", button(asks, texts.SURE_MARK))
    card = await furnished.says("Rita", "candidate C-1")
    asks_back = await furnished.says("Rita", "candidate colleague drop C-1")

    assert all("about='candidate:1'" in repr(one) for one in (card, asks, marked, asks_back))


async def test_others_learn_nothing_of_a_candidate(furnished: House) -> None:
    for name in ("Pia", "Otto", "Lars"):
        assert said(await furnished.says(name, "candidate C-1")) == NO_SUCH_THING
    assert said(await furnished.says("Rita", "candidate C-99")) == NO_SUCH_THING


async def test_no_post_and_no_answer_to_the_room_carries_a_name(furnished: House) -> None:
    assert "Ines" not in str(await furnished.sent())
    assert "Ines" not in str(await furnished.says("Rita", "search S-1"))
    assert "Ines" not in str(await furnished.says("Rita", "interview I-1"))


async def test_a_name_that_was_typed_is_not_kept(furnished: House) -> None:
    answer = await furnished.says("Rita", 'candidate add S-1 "Ines Marsh"')

    assert said(answer) == texts.NAME_IN_FORM.format(search="S-1")
    assert await furnished.reads(lambda session: tables.candidate(session, 2)) is None


async def test_a_colleague_who_applies_reads_nothing_about_themselves(house: House) -> None:
    await house.opens_search()
    await house.adds_candidate("Ruth", internal="Ruth")

    answers = [
        said(await house.says("Ruth", words))
        for words in (
            "candidate C-1",
            "candidate stage C-1 onsite",
            "interview add C-1",
            "candidate recuse C-1 @UPIA",
        )
    ]
    search = await house.says("Ruth", "search S-1")

    assert answers == [NO_SUCH_THING] * 4
    assert "C-1" not in str(search)
    assert "Works here: yes" in said(await house.says("Rita", "candidate C-1"))


BAD_COLLEAGUES = [
    ("URITA", "Nobody keeps their own candidacy"),
    ("UGUS", "Gus has left or is a guest"),
    ("UNOBODY", "I do not know this account"),
]


async def test_an_internal_candidate_is_a_colleague_and_not_whoever_adds_them(
    furnished: House,
) -> None:
    form = await furnished.says("Rita", "candidate add S-1")

    for who, problem in BAD_COLLEAGUES:
        answer = await furnished.submits("Rita", form, name="Somebody", internal=who)
        assert problem in problems(answer)["internal"]


async def test_a_colleague_is_one_candidate_in_all_searches(house: House) -> None:
    await house.opens_search()
    await house.opens_search("Second")
    await house.adds_candidate("Ruth", internal="Ruth")

    again = await house.adds_candidate("Ruth", search="S-2", internal="Ruth")
    added = await house.says("Rita", "candidate add S-2 C-1 --stage=Onsite")
    twice = await house.says("Rita", "candidate add S-2 C-1")

    assert "Say `candidate add S-2 C-1`" in problems(again)["internal"]
    assert said(added) == "The candidate is C-1 in S-2. Speak of them by this code."
    assert said(twice).startswith("C-1 is in S-2 already.")


async def test_whoever_is_recused_does_not_learn_who_applied_by_adding_them_again(
    house: House,
) -> None:
    await house.opens_search()
    await house.adds_candidate("Pia", internal="Pia")
    asks = await house.says("Rita", "candidate recuse C-1 @URUTH")
    await house.presses("Rita", button(asks, texts.RECUSE))
    form = await house.says("Ruth", "candidate add S-1")

    answer = await house.submits("Ruth", form, name="Pia", internal=account("Pia").user)

    assert said(answer).startswith("The candidate is C-2")


async def test_a_stage_is_changed_in_the_search_that_was_named(furnished: House) -> None:
    await furnished.opens_search("Second")
    await furnished.says("Rita", "candidate add S-2 C-1")

    which = await furnished.says("Rita", "candidate stage C-1 onsite")
    foreign = await furnished.says("Rita", "candidate stage C-1 onsite --search=S-9")
    moved = await furnished.says("Rita", "candidate stage C-1 On  Site --search=S-2")
    nothing = await furnished.says("Rita", "candidate stage C-1 --search=S-2")

    assert said(which) == "C-1 is in S-2, S-1. Say which one you mean, such as --search=S-2."
    assert said(foreign) == NO_SUCH_THING
    assert said(moved) == "C-1 is at the stage “on site” in S-2 now."
    assert said(nothing) == texts.STAGE_MISSING


async def test_who_is_recused_leaves_the_panels_and_knows_nothing_any_more(
    furnished: House,
) -> None:
    asks = await furnished.says("Rita", "candidate recuse C-1 @UPIA")
    still = await furnished.says("Pia", "interview I-1")
    done = await furnished.presses("Rita", button(asks, texts.RECUSE))

    assert "Keep Pia out of all that concerns C-1?" in said(asks)
    assert said(still).startswith("I-1.")
    assert "They left I-1" in said(done)
    assert said(await furnished.says("Pia", "interview I-1")) == NO_SUCH_THING
    assert "Panel: Pam (lead)" in said(await furnished.says("Rita", "interview I-1"))
    assert [one.interview.id for one in furnished.told] == [1]
    refused = await furnished.says("Rita", "interview panel add I-1 @UPIA")
    assert "Pia cannot be on this panel" in said(refused)


async def test_an_interviewer_recuses_themselves_and_nobody_else(furnished: House) -> None:
    other = await furnished.says("Pia", "candidate recuse C-1 @UPAM")
    stranger_to_it = await furnished.says("Paul", "candidate recuse C-1")
    asks = await furnished.says("Pia", "candidate recuse C-1")
    forged = button(asks, texts.RECUSE).model_copy(
        update={"payload": {"candidate": 1, "person": furnished.ids["Pam"]}}
    )

    nobody = forged.model_copy(update={"payload": {"candidate": 1, "person": 99}})

    assert said(other) == said(stranger_to_it) == NO_SUCH_THING
    assert said(await furnished.presses("Pia", forged)) == NO_SUCH_THING
    assert said(await furnished.presses("Rita", nobody)) == NO_SUCH_THING
    assert "Pia is kept out" in said(await furnished.presses("Pia", button(asks, texts.RECUSE)))
    assert said(await furnished.presses("Pia", button(asks, texts.RECUSE))) == NO_SUCH_THING


async def test_a_recused_recruiter_and_owner_read_nothing(furnished: House) -> None:
    for who in ("URUTH", "UTOM"):
        asks = await furnished.says("Rita", f"candidate recuse C-1 @{who}")
        await furnished.presses("Rita", button(asks, texts.RECUSE))

    for name in ("Ruth", "Tom"):
        assert said(await furnished.says(name, "candidate C-1")) == NO_SUCH_THING
        assert said(await furnished.says(name, "interview I-1")) == NO_SUCH_THING
        assert "C-1" not in str(await furnished.says(name, "search S-1"))


async def test_a_recusal_follows_the_candidate_into_another_search(furnished: House) -> None:
    asks = await furnished.says("Rita", "candidate recuse C-1 @UPIA")
    await furnished.presses("Rita", button(asks, texts.RECUSE))
    await furnished.opens_search("Second")
    await furnished.says("Rita", "candidate add S-2 C-1")

    answer = await furnished.plans("--search=S-2", panel=("Pia",))

    assert "Pia cannot be on this panel" in said(answer)


async def test_a_recruiter_goes_on_from_the_card(furnished: House) -> None:
    card = await furnished.says("Rita", "candidate C-1")
    form = await furnished.presses("Rita", button(card, "Plan an interview (S-1)"))

    answer = await furnished.submits(
        "Rita", form, kind="technical", starts_at="2026-11-05T14:00Z", lead=account("Paul").user
    )

    assert said(answer).startswith("I-2 with C-1 is planned.")
    assert labels(await furnished.says("Sid", "candidate C-1")) == []


async def marks(house: House, who: str, candidate: str = "C-1") -> str:
    asks = await house.says("Rita", f"candidate colleague {candidate} @{account(who).user}")
    return said(await house.presses("Rita", button(asks, texts.SURE_MARK)))


async def test_a_known_candidate_who_turns_out_a_colleague_leaves_their_own_panels(
    furnished: House,
) -> None:
    asks = await furnished.says("Rita", "candidate colleague C-1 @UPIA")
    still = await furnished.says("Pia", "interview I-1")
    done = await furnished.presses("Rita", button(asks, texts.SURE_MARK))

    assert said(asks).startswith("Is C-1 Pia?")
    assert said(still).startswith("I-1.")
    assert "They left I-1: say `interview panel add I-1 @who`." in said(done)
    assert [one.interview.id for one in furnished.told] == [1]
    assert (await stored(furnished)).internal_person_id == furnished.ids["Pia"]
    assert said(await furnished.says("Pia", "interview I-1")) == NO_SUCH_THING
    refused = await furnished.says("Rita", "interview panel add I-1 @UPIA")
    assert "Pia cannot be on this panel" in said(refused)


async def test_whoever_is_the_candidate_sees_nothing_as_recruiter_owner_or_manager(
    furnished: House,
) -> None:
    for name in ("Ruth", "Tom", "Sid", "Max"):
        assert f"C-1 is {name}" in await marks(furnished, name)

        assert said(await furnished.says(name, "candidate C-1")) == NO_SUCH_THING
        assert said(await furnished.says(name, "interview I-1")) == NO_SUCH_THING
        assert said(await furnished.says(name, "candidate colleague drop C-1")) == NO_SUCH_THING
        assert "C-1" not in str(await furnished.says(name, "search S-1"))
        asks = await furnished.says("Rita", "candidate colleague drop C-1")
        undo = button(asks, texts.SURE_UNMARK)
        assert said(await furnished.presses(name, undo)) == NO_SUCH_THING
        await furnished.presses("Rita", undo)


async def test_a_mistaken_colleague_reads_again_but_sits_on_no_panel(furnished: House) -> None:
    await marks(furnished, "Pia")
    await marks_nobody(furnished)

    again = await furnished.says("Rita", "candidate colleague drop C-1")

    assert (await stored(furnished)).internal_person_id is None
    assert said(again).startswith("C-1 is no colleague")
    assert said(await furnished.says("Pia", "interview I-1")) == NO_SUCH_THING
    assert "Panel: Pam (lead)" in said(await furnished.says("Rita", "interview I-1"))
    seated = await furnished.says("Rita", "interview panel add I-1 @UPIA")
    assert "Pia" in said(seated)
    assert said(await furnished.says("Pia", "interview I-1")).startswith("I-1.")


async def marks_nobody(house: House) -> None:
    asks = await house.says("Rita", "candidate colleague drop C-1")
    await house.presses("Rita", button(asks, texts.SURE_UNMARK))


async def test_a_colleague_is_one_candidate_and_a_candidate_one_colleague(
    furnished: House,
) -> None:
    await furnished.adds_candidate("Somebody else")
    early = await furnished.says("Rita", "candidate colleague C-2 @UPIA")
    await marks(furnished, "Pia")

    other = await furnished.says("Rita", "candidate colleague C-1 @UPAM")
    twice = await furnished.says("Rita", "candidate colleague C-2 @UPIA")
    late = await furnished.presses("Rita", button(early, texts.SURE_MARK))

    assert "say `candidate colleague drop C-1` first" in said(other)
    assert said(twice) == said(late)
    assert said(late).startswith("Pia is known as C-1. Nothing was changed")
    assert (await stored(furnished, 2)).internal_person_id is None


async def test_the_card_leads_to_who_a_candidate_is_and_back(furnished: House) -> None:
    form = await furnished.presses(
        "Rita", button(await furnished.says("Rita", "candidate C-1"), texts.MARK)
    )
    for who, problem in (*BAD_COLLEAGUES, ("", "Please answer")):
        answer = await furnished.submits("Rita", form, internal=who)
        assert problem in problems(answer)["internal"]

    asks = await furnished.submits("Rita", form, internal=account("Pam").user)
    await furnished.presses("Rita", button(asks, texts.SURE_MARK))
    card = await furnished.says("Rita", "candidate C-1")
    back = await furnished.presses("Rita", button(card, texts.UNMARK))

    assert "Works here: yes" in said(card)
    assert said(back).startswith("Is C-1 not Pam?")
    assert texts.MARK not in labels(card)
