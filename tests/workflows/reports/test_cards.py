"""The triage card is drawn on both platforms, whatever somebody wrote."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.slack import render as slack
from adapters.teams import render as teams
from bot.ui import Message
from tests.workflows.engine import MONDAY
from workflows.reports import card_views, overview, triaging
from workflows.reports.card_views import IN_FULL, ON_CARD, Shown
from workflows.reports.defanging import defang
from workflows.reports.rules import LONGEST_TEXT, Remark, Severity, Source
from workflows.reports.tables import Report

LINKS = "1.1.1.1 "
MARKUP = "\u202e@channel <!here> [x](http://a.example) <at>Rita</at> "


@pytest.mark.parametrize("draw", [slack.render_message, teams.render_message, teams.render_post])
@pytest.mark.parametrize("at_most", [ON_CARD, IN_FULL])
@pytest.mark.parametrize("text", [LINKS, MARKUP, "é", "😀"])
def test_the_longest_reports_with_many_additions_still_fit(
    draw: Callable[[Message], Any], text: str, at_most: int
) -> None:
    longest = defang((text * LONGEST_TEXT)[:LONGEST_TEXT])
    report = Report(
        id=999_999, source=Source.POST, platform="", received_at=MONDAY, severity=Severity.S2
    )
    shown = Shown(
        report=report,
        text=longest,
        reporter="Rita",
        holder="Tess",
        held_until=MONDAY,
        additions=[(Remark.DETAIL, longest[: LONGEST_TEXT // 4])] * 20,
    )
    pressed = [triaging.take.button("Take it", report=1), overview.read.button("Read", report=1)]

    drawn = draw(card_views.card(shown, pressed, at_most=at_most))

    assert "R-999999" in str(drawn)
