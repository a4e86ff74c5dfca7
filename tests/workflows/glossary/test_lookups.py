"""Looking terms up: what people read, and what is kept of it."""

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from bot import memory
from bot.ui import Facts, Form, Items, Message, Table
from tests.workflows.glossary.house import CHANNEL, House, button, labels, said
from workflows.glossary import reviewing, shelf, tables, texts
from workflows.glossary.handlers import RESULTS


async def test_a_term_is_explained_to_a_stranger_in_plain_words(house: House) -> None:
    answer = await house.says("Nobody", "EDRM")

    assert said(answer).startswith(
        "EDRM (Electronic Discovery Reference Model), Legal: A well-known"
    )
    assert labels(answer) == [texts.EXPERT, texts.NOT_MEANT]


async def test_a_member_can_share_and_suggest_too(house: House) -> None:
    answer = await house.says("Mia", "EDRM")

    assert labels(answer) == [texts.SHARE, texts.EXPERT, texts.SUGGEST, texts.NOT_MEANT]


async def test_expert_words_are_one_press_away_and_so_is_the_way_back(house: House) -> None:
    plain = await house.says("Mia", "EDRM")

    expert = await house.presses("Mia", button(plain, texts.EXPERT))
    back = await house.presses("Mia", button(expert, texts.PLAIN))

    assert "information governance" in said(expert)
    assert said(back) == said(plain)


async def test_both_meanings_are_shown_the_own_department_on_top(house: House) -> None:
    for name, first, then in (
        ("Mia", "Talent acquisition", "Security"),
        ("Dan", "Security", "Talent acquisition"),
    ):
        answer = await house.says(name, "pipeline")

        assert isinstance(answer, Message)
        assert said(answer).index(f", {first}:") < said(answer).index(f"{then}: ")
        assert any(isinstance(block, Items) for block in answer.blocks)


async def test_a_flag_prefers_another_departments_meaning(house: House) -> None:
    answer = await house.says("Mia", "pipeline --dept=security")

    assert "Security: The automatic steps" in said(answer)


async def test_another_meaning_can_be_put_on_top(house: House) -> None:
    answer = await house.says("Mia", "ATS")

    other = await house.presses("Mia", button(answer, "Show Security: automatic transfer switch"))

    assert "Security: A device that changes" in said(other)


async def test_a_slip_gets_buttons_that_go_on(house: House) -> None:
    answer = await house.says("Mia", "edmr")

    chosen = await house.presses("Mia", button(answer, "EDRM"))

    assert said(answer) == "“edmr” is not in the glossary. Did you mean one of these? EDRM or EDR"
    assert labels(answer) == ["EDRM", "EDR", texts.SUGGEST_MEANING]
    assert said(chosen).startswith("EDRM (")


async def test_a_stranger_is_not_offered_what_only_members_may_do(house: House) -> None:
    nothing = await house.says("Nobody", "flibbertigibbet")

    assert labels(nothing) == []
    assert said(nothing) == texts.nothing_for_strangers("flibbertigibbet")


async def test_a_miss_offers_the_form_with_the_word_in_it(house: House) -> None:
    nothing = await house.says("Mia", "flibbertigibbet")

    form = await house.presses("Mia", button(nothing, texts.SUGGEST_MEANING))

    assert isinstance(form, Form)
    assert form.questions()[0].name == "term"
    assert getattr(form.questions()[0], "initial", "") == "flibbertigibbet"


async def test_what_was_not_meant_leads_to_what_is_near(house: House) -> None:
    answer = await house.says("Mia", "vishing")

    other = await house.presses("Mia", button(answer, texts.NOT_MEANT))

    assert "Perhaps you meant" in said(other)
    assert labels(other) == ["phishing", "smishing", texts.SUGGEST_MEANING]


async def test_when_nothing_else_is_near_a_meaning_can_be_suggested(house: House) -> None:
    answer = await house.says("Mia", "GRC")

    other = await house.presses("Mia", button(answer, texts.NOT_MEANT))

    assert said(other) == texts.nothing_else("GRC")
    assert labels(other) == [texts.SUGGEST_MEANING]


async def test_a_verb_can_be_looked_up_with_get(house: House) -> None:
    added = await house.says("Cleo", 'add "add" = To put one more thing to what is there.')
    case = button(await house.card("Dan"), "Approve")
    await house.presses("Dan", case)

    answer = await house.says("Mia", "get add")

    assert "Thank you" in said(added)
    assert said(answer) == "add, Security: To put one more thing to what is there."


async def test_without_a_word_the_reader_is_told_how(house: House) -> None:
    for words in ("", "share", "get", "--dept=ta", "🙂", "—"):
        assert said(await house.says("Mia", words)) == texts.WHAT_TO_LOOK_UP
    assert said(await house.says("Mia", "search")) == texts.WHAT_TO_SEARCH


async def test_a_hostile_word_is_repeated_shortly_or_not_at_all(house: House) -> None:
    answer = await house.says("Mia", "x" * 2_000)

    assert said(answer).startswith(f"“{'x' * 60}…” is longer than a term can be")
    assert len(said(answer)) < 250
    assert labels(answer) == []


async def test_an_unknown_department_is_named_with_the_known_ones(house: House) -> None:
    answer = await house.says("Mia", "EDR --dept=catering")

    assert said(answer) == ("There is no department “catering”. Use security, ta, legal or shared.")


async def test_sharing_posts_the_meaning_where_everybody_can_read_it(house: House) -> None:
    answer = await house.says("Mia", "EDRM")

    receipt = await house.presses("Mia", button(answer, texts.SHARE))
    typed = await house.says("Mia", "share EDRM")

    posts = await house.sent()
    assert said(receipt) == said(typed) == texts.SHARED_HERE
    assert [post.place for post in posts] == [CHANNEL, CHANNEL]
    assert posts[0].message.text.startswith("EDRM (")
    assert labels(posts[0].message) == []


async def test_a_stranger_cannot_make_the_bot_post(house: House) -> None:
    answer = await house.says("Mia", "EDRM")

    await house.presses("Nobody", button(answer, texts.SHARE))
    await house.says("Nobody", "share EDRM")

    assert await house.sent() == []


async def test_a_chat_with_the_bot_alone_has_nobody_to_share_with(house: House) -> None:
    answer = await house.says("Mia", "share edrm", alone=True)

    assert said(answer) == texts.share_elsewhere("EDRM")
    assert [sent for sent in await house.sent() if not sent.key.startswith("welcome:")] == []


async def test_sharing_a_slip_posts_nothing(house: House) -> None:
    answer = await house.says("Mia", "share edmr")

    assert labels(answer)[0] == "EDRM"
    assert await house.sent() == []


async def test_a_made_up_id_reads_like_everything_that_is_not_there(house: House) -> None:
    found = button(await house.says("Mia", "edmr"), "EDRM")
    shared = button(await house.says("Mia", "EDRM"), texts.SHARE)

    for pressed in (found, shared):
        forged = pressed.model_copy(update={"payload": dict.fromkeys(pressed.payload, 999_999)})
        assert "not here, or not for you to see" in said(await house.presses("Mia", forged))


async def test_search_looks_into_every_explanation(house: House) -> None:
    answer = await house.says("Mia", "search power supply")

    assert said(answer).startswith("1 meaning mentions “power supply”: ATS:")
    assert said(await house.says("Mia", "search qwertz")).startswith("No explanation")


async def test_a_search_that_finds_much_goes_on_page_by_page(house: House) -> None:
    first = await house.says("Mia", "search the")

    second = await house.presses("Mia", button(first, texts.NEXT_PAGE))

    assert "meanings mention “the”; these are 1 to 20:" in said(first)
    assert "these are 21 to" in said(second)
    assert "no page comes after" in said(await house.says("Mia", "search the --page=99"))


async def test_the_search_that_the_hint_proposes_finds_something(house: House) -> None:
    answer = await house.says("Mia", "search lost laptop")

    assert "lost laptop" in texts.WHAT_TO_SEARCH
    assert "incident:" in said(answer)


async def test_the_list_shows_the_number_by_which_a_meaning_is_edited(house: House) -> None:
    listed = await house.says("Mia", "list --dept=legal")
    assert isinstance(listed, Message)
    table = next(block for block in listed.blocks if isinstance(block, Table))
    number = next(row[0] for row in table.rows if row[1] == "EDRM")

    form = await house.says("Mia", f"edit {number}")

    assert isinstance(form, Form)
    assert "EDRM, Legal:" in str(form.inputs[0])


async def test_the_list_goes_on_page_by_page(house: House) -> None:
    first = await house.says("Mia", "list --dept=ta")

    second = await house.presses("Mia", button(first, texts.NEXT_PAGE))

    assert said(first).startswith("Meanings 1 to 20 of ")
    assert said(second).startswith("Meanings 21 to 39 of 39")
    assert said(await house.says("Mia", "list --page=99")) == texts.NO_TERMS
    assert said(await house.says("Mia", "list --status=stale")) == texts.NO_TERMS
    assert "no status" in said(await house.says("Mia", "list --status=odd"))


async def test_a_last_page_has_no_button(house: House) -> None:
    answer = await house.says("Mia", "list --dept=shared")

    assert labels(answer) == []


async def test_a_message_with_one_term_is_explained(house: House) -> None:
    answer = await house.uses("Mia", "glossary.explain", "Did the EDRM folks call?")

    assert said(answer).startswith("EDRM (")


async def test_a_message_with_several_terms_explains_each_the_longest_first(house: House) -> None:
    text = "The SIEM saw it, and the legal hold is on; time to fill is 52 days"

    answer = await house.uses("Mia", "glossary.explain", text)

    assert labels(answer) == ["SIEM", "legal hold", "time to fill"]
    opened = await house.presses("Mia", button(answer, "legal hold"))
    assert said(opened).startswith("legal hold")


async def test_a_message_without_a_term_says_so(house: House) -> None:
    member = await house.uses("Mia", "glossary.explain", "Good morning to you all")
    stranger = await house.uses("Nobody", "glossary.explain", "Good morning to you all")

    assert said(member).startswith(texts.NOTHING_QUOTED)
    assert labels(member) == [texts.SUGGEST_MEANING]
    assert labels(stranger) == []


async def test_what_is_counted_of_a_lookup_names_nobody(house: House) -> None:
    for words in ("EDRM", "quiddity", "quiddity"):
        await house.says("Mia", words)

    await house.database.write(reviewing.keep_up)

    rows = await house.database.read(
        lambda session: session.execute(sa.text("SELECT * FROM glossary_lookup")).mappings().all()
    )
    assert {column for row in rows for column in row} == {
        *("key_norm", "hit", "department", "day", "count")
    }
    assert sorted(
        (row["key_norm"], row["hit"], row["department"], row["count"]) for row in rows
    ) == [
        ("edrm", "exact", "ta", 1),
        ("quiddity", "none", "ta", 2),
    ]


async def test_what_people_missed_most_comes_first_with_a_button_to_define_it(
    house: House,
) -> None:
    for words in ("quiddity", "haecceity", "haecceity", "EDRM"):
        await house.says("Noor", words)

    answer = await house.says("Mia", "missing")

    assert said(answer).endswith("haecceity (2), quiddity (1)")
    assert labels(answer)[0] == "Suggest a meaning for haecceity"


async def test_when_everything_was_found_nothing_is_missing(house: House) -> None:
    await house.says("Mia", "EDRM")

    assert said(await house.says("Mia", "missing")) == texts.NOTHING_MISSING


async def test_counts_are_forgotten_after_ninety_days(house: House) -> None:
    await house.says("Mia", "quiddity")
    await house.says("Mia", "missing")
    house.clock.advance(timedelta(days=100))

    await house.runs("glossary.morning")

    counts = await house.database.read(
        lambda session: session.execute(sa.text("SELECT count(*) FROM glossary_lookup")).scalar()
    )
    assert counts == 0


async def test_a_change_by_another_replica_is_seen_within_a_second(house: House) -> None:
    await house.says("Mia", "EDRM")

    def change(session: Session) -> None:
        number = tables.next_edition(session)
        term = tables.term_named(session, "edrm")
        assert term is not None
        term.label, term.changed = "E.D.R.M.", number

    await house.database.write(change)
    await asyncio.sleep(memory.SECONDS)

    assert said(await house.says("Mia", "EDRM")).startswith("E.D.R.M. (")


async def test_a_backup_that_was_put_back_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.says("Mia", "EDRM")

    def put_back(session: Session) -> None:
        session.execute(sa.update(tables.Edition).values(number=0))
        older = sa.update(tables.Term).values(changed=0)
        session.execute(older)
        session.execute(older.where(col(tables.Term.key_norm) == "edrm").values(label="E-D-R-M"))

    await house.database.write(put_back)
    monkeypatch.setattr(memory, "SECONDS", 0)

    assert said(await house.says("Mia", "EDRM")).startswith("E-D-R-M (")


@pytest.mark.parametrize("kept", [2])
async def test_only_so_many_different_lookups_are_counted(
    house: House, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(shelf, "_TALLIES_KEPT", kept)

    for words in ("one thing", "two things", "three things", "one thing"):
        await house.says("Mia", words)
    await house.database.write(reviewing.keep_up)

    missed = await house.database.read(
        lambda session: tables.most_missed(session, date(2026, 11, 2), 9)
    )
    assert missed == [("onething", 2), ("twothings", 1)]


async def test_facts_say_why_it_matters_and_where_to_find_it(house: House) -> None:
    answer = await house.says("Mia", "litigation hold")

    assert isinstance(answer, Message)
    facts = dict(next(block for block in answer.blocks if isinstance(block, Facts)).facts)
    assert "candidate files" in str(facts[texts.FIELD_NAMES["why_it_matters"]])
    assert facts[texts.ALIASES] == "litigation hold, preservation notice"


async def test_a_search_box_offers_the_likeliest_first(house: House) -> None:
    for typed, first in (("EDRM", "EDRM"), ("edmr", "EDRM"), ("pipel", "pipeline"), ("", "")):
        found = await house.searches("Mia", typed)

        assert found.results[0].title.startswith(first)
        assert len(found.results) <= RESULTS
        assert len({result.title for result in found.results}) == len(found.results)


async def test_a_search_box_finds_words_of_an_explanation(house: House) -> None:
    found = await house.searches("Mia", "lost laptop")

    listed = await house.says("Mia", "search lost laptop")
    assert all(result.title.partition(":")[0] in said(listed) for result in found.results)
    assert found.results


async def test_what_is_chosen_in_a_search_box_is_the_own_departments_meaning(house: House) -> None:
    for name, department in (("Mia", "Talent acquisition"), ("Dan", "Security")):
        found = await house.searches(name, "pipeline")

        assert f", {department}: " in said(found.results[0].message)
        assert labels(found.results[0].message) == []


async def test_a_search_box_that_finds_nothing_says_so(house: House) -> None:
    found = await house.searches("Nobody", "xyzzyplugh")

    assert found.results == ()
    assert said(found) == texts.nothing_for_strangers("xyzzyplugh")
