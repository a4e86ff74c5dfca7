"""Slack's marked-up text becomes what the person typed."""

import pytest

from adapters.slack.words import addressed_to, mentions, plain

BOT = "U0PARLEY"


@pytest.mark.parametrize(
    ("marked", "typed"),
    [
        ("EDRM", "EDRM"),
        ("  EDRM ", "EDRM"),
        ("R&amp;D &lt;secret&gt;", "R&D <secret>"),
        ("&amp;lt;", "&lt;"),
        ("give it to <@U1|ada>", "give it to @U1"),
        ("give it to <@U1>", "give it to @U1"),
        ("in <#C1|general>", "in #C1"),
        ("ask <!subteam^S1|@soc>", "ask @S1"),
        ("<!here> <!channel|channel>", "@here @channel"),
        ("on <!date^1795424400^{date}|23 November>", "on 23 November"),
        ("see <http://example.com|example.com>", "see example.com"),
        ("see <https://example.com/a?b=1&amp;c=2>", "see https://example.com/a?b=1&c=2"),
        ("<https://evil.example|your bank>", "your bank (https://evil.example)"),
        ("<mailto:ada@x.example|ada@x.example>", "ada@x.example"),
        ("a < b > c", "a < b > c"),
        ("<>", "<>"),
    ],
)
def test_markup_becomes_words_that_keep_their_ids(marked: str, typed: str) -> None:
    assert plain(marked) == typed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@U0PARLEY> term EDRM", "term EDRM"),
        ("<@U0PARLEY|parley> term EDRM", "term EDRM"),
        ("hey <@U0PARLEY> term EDRM", "term EDRM"),
        ("help <@U0PARLEY>", "help"),
        ("<@U0PARLEY>", ""),
        ("<@U2> says <@U0PARLEY> help <@U1>", "help @U1"),
    ],
)
def test_what_follows_the_mention_is_the_request(text: str, said: str) -> None:
    assert addressed_to(BOT, text) == said


def test_only_a_mention_of_the_bot_speaks_to_it() -> None:
    assert mentions(BOT, "<@U0PARLEY> hello")
    assert not mentions(BOT, "<@U1> hello")
    assert not mentions(BOT, "@U0PARLEY hello")
    assert not mentions(None, "<@U0PARLEY> hello")
