"""Whatever hiring shows fits on both platforms, page by page."""

from datetime import timedelta

from sqlmodel import Session

from adapters.slack.forms import render_form as slack_form
from adapters.slack.render import render_message as slack_message
from adapters.teams.forms import render_form as teams_form
from adapters.teams.render import render_message as teams_message
from bot.ui import Form, Message
from tests.workflows.engine import MONDAY
from tests.workflows.hiring.house import House, button, labels, said
from workflows.hiring.tables import Application, Candidate, Search

SAID = (
    "search",
    "search S-1",
    "search close S-1",
    "candidate C-1",
    "candidate recuse C-1 @UPIA",
    "candidate colleague C-1 @UPIA",
    "interview I-1",
    "template",
    "template T-3",
)
OPENED = (
    "search add",
    "search crew S-1",
    "candidate add S-1",
    "candidate colleague C-1",
    "interview add C-1 --search=S-1",
    "interview move I-1",
    'template propose "SOC analyst" junior',
)
MANY = 45


def crowd(session: Session) -> None:
    """Add many searches with long titles, and as many candidates to the first one."""
    for number in range(MANY):
        later = MONDAY + timedelta(minutes=number)
        session.add(
            Search(
                title=f"{number} {'x' * 110}",
                role_family="Security manager / director",
                level="any",
                opened_on=MONDAY.date(),
            )
        )
        known = Candidate(created_at=later)
        session.add(known)
        session.flush()
        session.add(
            Application(
                candidate_id=known.id or 0, search_id=1, stage="y" * 40, stage_entered_at=later
            )
        )


async def test_what_is_said_and_asked_is_drawn_on_both(furnished: House) -> None:
    await furnished.writes(crowd)

    for words in SAID:
        answer = await furnished.says("Rita", words)
        assert isinstance(answer, Message), answer
        assert slack_message(answer)
        assert teams_message(answer)
    for words in OPENED:
        form = await furnished.says("Rita", words)
        assert isinstance(form, Form), form
        assert slack_form(form, metadata="")
        assert teams_form(form, instance="one")


async def test_long_lists_are_read_page_by_page(furnished: House) -> None:
    await furnished.writes(crowd)

    for words, last in (("search list --status=open", "S-1, SOC analyst"), ("search S-1", "C-46,")):
        page, pages = await furnished.says("Rita", words), 1
        while "Next page" in labels(page):
            page, pages = await furnished.presses("Rita", button(page, "Next page")), pages + 1
        assert pages == 3
        assert last in said(page)

    assert said(await furnished.says("Rita", "search S-1 --page=9999999")) == said(page)
