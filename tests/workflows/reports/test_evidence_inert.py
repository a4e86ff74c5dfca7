"""Whatever a reported message holds, it is shown, and nothing of it is obeyed on any platform."""

import json
import re
from datetime import timedelta

import pytest

from adapters.slack.render import render_message as on_slack
from adapters.teams.render import render_message as on_teams
from bot.inbound import FileRef, QuotedMessage
from bot.ui import Message
from tests.adapters.slack.checks import objects as slack_parts
from tests.adapters.teams.checks import texts_in
from tests.workflows.reports.house import House

HOSTILE = [
    "<!channel> <@U0BEN> @here @channel",
    "<at>Ben Lindqvist</at>",
    "*bold* [bank](https://evil.example) <https://evil.example|bank> www.evil.example",
    "{{DATE(2026-11-23T09:30:00Z)}} <!date^0^{date}|never>",
    "invoice\u202egnp.exe \u2066hidden\u2069 \x00\x1b[2J",
    "x" * 30_000,
    "https://evil.example/" + "\U0001f4a3" * 9_000,
    "a@evil.example " * 400,
]
#: What no screen may carry, wherever it stands: a link, or a sign that turns words around.
NOWHERE = re.compile(r"https?://(?:www\.)?evil|www\.evil|[\u202a-\u202e\u2066-\u2069\x00\x1b]")
#: What a platform takes for more than words, where it reads markup.
ON_SLACK = re.compile(r"<[!@#][^>]*>|<https?:")
ON_TEAMS = re.compile(r"</?at>|\{\{DATE\(2026-11-23|\]\(https")


def obeyed_by_slack(message: Message) -> list[str]:
    """Return what Slack would obey: it reads markup in the fallback and in some texts."""
    drawn = on_slack(message)
    parts = list(slack_parts(drawn["blocks"]))
    markup = [one["text"] for one in parts if one.get("type") == "mrkdwn"]
    called = [one["type"] for one in parts if one.get("type") in {"broadcast", "user", "link"}]
    # Ours are the times, which the platform shows in each reader's zone.
    texts = [re.sub(r"<!date\^\d{9,}[^>]*>", "", text) for text in (drawn["text"], *markup)]
    return [*(found for text in texts for found in ON_SLACK.findall(text)), *called, *links(drawn)]


def obeyed_by_teams(message: Message) -> list[str]:
    """Return what Teams would obey: it looks for mentions and times in all texts."""
    drawn = on_teams(message)
    found = [one for text in texts_in(drawn) for one in ON_TEAMS.findall(text)]
    return [*found, *links(drawn)]


def links(drawn: object) -> list[str]:
    """Return what nothing drawn may carry, wherever it stands."""
    return NOWHERE.findall(json.dumps(drawn, ensure_ascii=False))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_reported_message_is_shown_and_leads_nowhere(house: House, text: str) -> None:
    file = FileRef("F1", f"{text[:60]}.exe", 5, "")
    id = await house.keeps(QuotedMessage(id="1.0", text=text, author="USAM", files=(file,)))
    await house.passes(timedelta())

    for words in ("evidence", "verify"):
        answer = await house.says("Tess", f"security {words} R-{id}")
        assert isinstance(answer, Message)
        assert obeyed_by_slack(answer) == obeyed_by_teams(answer) == []


async def test_a_message_that_is_longer_than_one_message_is_read_in_parts(house: House) -> None:
    text = "begin " + "x" * 3_000 + " end"
    id = await house.keeps(QuotedMessage(id="1.0", text=text, author="USAM"))

    first = str(await house.says("Tess", f"security evidence R-{id}"))
    last = str(await house.says("Tess", f"security evidence R-{id} --part=9"))

    assert "begin" in first
    assert "Part 1 of" in first
    assert "end" in last
