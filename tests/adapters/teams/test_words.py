"""Marked-up text as the words that were typed: mentions are told by their entities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.shapes import Account, Entity
from adapters.teams.words import addressed_to, plain, without_html

BOT = "28:parley"


def mention(name: str, id: str = BOT, aad: str | None = None) -> Entity:
    who = Account(id=id, name=name, aadObjectId=aad)
    return Entity(type="mention", mentioned=who, text=f"<at>{name}</at>")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<at>Parley</at> term EDRM", "term EDRM"),
        ("<at>Parley</at>&nbsp;term EDRM", "term EDRM"),
        ("<at>Parley</at>\xa0term EDRM ", "term EDRM"),
        ("<at>Parley</at>", ""),
        ("Dear <at>Parley</at> term EDRM", "term EDRM"),
        ("term EDRM <at>Parley</at>", "term EDRM"),
        ("<at>Parley</at> term <at>x</at> &amp; <b>", "term <at>x</at> &amp; <b>"),
    ],
)
def test_what_is_said_to_the_bot_stands_after_its_mention(text: str, said: str) -> None:
    assert addressed_to(BOT, text, [mention("Parley")]) == said


def test_words_that_look_like_a_mention_are_none() -> None:
    assert addressed_to(BOT, "<at>Parley</at> term EDRM", []) is None


def test_a_person_of_the_same_name_is_not_the_bot() -> None:
    entities = [mention("Parley", id="29:somebody", aad="a-b")]

    assert addressed_to(BOT, "<at>Parley</at> hello", entities) is None
    assert plain("<at>Parley</at> hello", entities) == "@a-b hello"


def test_others_are_named_by_their_ids_or_names_wherever_they_stand() -> None:
    entities = [mention("Parley"), mention("Ben", "29:b", "b-1"), mention("Noor", "29:n")]
    text = "<at>Ben</at> see <at>Parley</at> ask <at>Noor</at>"

    assert addressed_to(BOT, text, entities) == "ask @Noor"
    assert plain(text, entities) == "@b-1 see @Parley ask @Noor"


def test_the_bot_mentioned_twice_is_addressed_once() -> None:
    text = "<at>Parley</at> ask <at>Parley</at> term EDRM"

    assert addressed_to(BOT, text, [mention("Parley"), mention("Parley")]) == "ask  term EDRM"


@given(
    st.text(), st.lists(st.sampled_from([mention("Parley"), mention("Ben", "29:b"), mention("")]))
)
def test_no_text_and_no_mentions_break_the_reader(text: str, entities: list[Entity]) -> None:
    addressed = addressed_to(BOT, text, entities)

    assert addressed is None or "&nbsp;" not in addressed
    assert plain(text, []) == text.replace("&nbsp;", " ").replace("\xa0", " ").strip()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div><div>What is EDRM?</div></div>", "What is EDRM?"),
        ("<p>One &amp; two</p><p>three&nbsp;four</p>", "One & two\nthree four"),
        ('<at id="0">Ben</at>, see <a href="https://x">this</a>', "@Ben, see this"),
        ('<p>Fine <emoji id="smile" alt="🙂"></emoji></p>', "Fine 🙂"),
        ("<blockquote>said</blockquote>answer<br>more", "said\nanswer\nmore"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("a < b", "a < b"),
        ("<div", "<div"),
        ("", ""),
    ],
)
def test_quoted_words_lose_their_markup(html: str, words: str) -> None:
    assert without_html(html) == words


@given(st.text())
def test_no_html_breaks_the_reader(html: str) -> None:
    assert "\n\n" not in without_html(html)
