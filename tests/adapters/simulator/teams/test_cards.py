"""The checker of cards: what Teams shows passes, what it refuses or hides does not."""

from typing import Any

import pytest

from adapters.simulator.teams.cards import Surface, problems_in_attachment, problems_in_card
from adapters.simulator.teams.reading import words_of
from tests.adapters.simulator.teams.samples import (
    asked,
    attached,
    card,
    execute,
    opens,
    submit,
    text,
)

Json = dict[str, Any]

PICTURE = "data:image/png;base64,iVBORw0KGgo="
LINK = {"type": "Action.OpenUrl", "title": "Open", "url": "https://northwind.example/"}
RICH = {
    "type": "RichTextBlock",
    "inlines": ["plain ", {"type": "TextRun", "text": "bold", "weight": "Bolder"}],
}
TABLE = {
    "type": "Table",
    "columns": [{"width": 1}, {"width": "auto"}],
    "rows": [
        {
            "type": "TableRow",
            "cells": [{"type": "TableCell", "items": [text("Yes")]}],
        }
    ],
}
CHOICES = [{"title": "Yes", "value": "yes"}, {"title": "No", "value": "no"}]
EVERYTHING = (
    text("Due {{DATE(2026-11-23T09:00:00Z, SHORT)}} {{TIME(2026-11-23T09:00:00+01:00)}}"),
    text("Heading", style="heading", size="large", weight="bolder", wrap=True, separator=True),
    RICH,
    TABLE,
    {"type": "FactSet", "facts": [{"title": "Owner", "value": "Farid"}]},
    {"type": "Image", "url": PICTURE, "altText": "Three of four", "size": "medium"},
    {"type": "ImageSet", "images": [{"type": "Image", "url": PICTURE}], "imageSize": "small"},
    {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "stretch", "items": [text("Left")]},
            {"type": "Column", "width": 2, "items": [text("Right")]},
        ],
    },
    {"type": "Container", "items": [text("Inside")], "style": "emphasis", "bleed": True},
    {"type": "ActionSet", "actions": [LINK]},
)
QUESTIONS = (
    asked("Text", "Term", isRequired=True, maxLength=80, regex="^[A-Z]+$"),
    asked("Number", "Count", min=1, max=4, value=2),
    asked("Date", "Day", value="2026-11-23"),
    asked("Time", "Hour", value="09:30"),
    asked("ChoiceSet", "Answer", choices=CHOICES, style="expanded", value="yes"),
    asked(
        "ChoiceSet",
        "Owner",
        choices=[],
        **{"choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}},
    ),
    {"type": "Input.Toggle", "id": "tell", "title": "Tell everybody", "value": "true"},
)


def test_everything_teams_shows_in_a_message_passes() -> None:
    full = card(
        *EVERYTHING,
        *QUESTIONS,
        actions=(
            execute(style="positive", tooltip="At once"),
            opens(),
            LINK,
            {"type": "Action.ShowCard", "title": "Sure?", "card": card(actions=(execute("Yes"),))},
            {
                "type": "Action.ToggleVisibility",
                "title": "More",
                "targetElements": ["term"],
            },
        ),
        fallbackText="EDRM",
        msteams={"width": "Full"},
        refresh={"action": execute(), "userIds": ["29:1"]},
    )

    assert problems_in_card(full) == []


def test_everything_teams_shows_in_a_dialog_passes() -> None:
    assert problems_in_card(card(*QUESTIONS, actions=(submit(),)), Surface.DIALOG) == []


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ([], "unsupported type: None"),
        ({"type": "HeroCard"}, "unsupported type: HeroCard"),
        (card(version="1.6"), "a version that Teams knows"),
        (card(version=None), "missing required field: version"),
        ({"type": "AdaptiveCard", "version": "1.5"}, "at least one of body, actions"),
        (card(colour="red"), "invalid additional property: colour"),
        (card({"type": "Badge", "text": "New"}), "unsupported type: Badge"),
        (card({"type": "Media", "sources": []}), "unsupported type: Media"),
        (card(text("")), "at least 1 character"),
        (card(text(size="huge")), "must be one of default, small"),
        (card(text(wrap="yes")), "must be true or false"),
        (card(text("{{DATE(tomorrow, SHORT)}}")), "DATE needs a moment"),
        (card(text("{{DATE(2026-11-23, SHORT)}}")), "DATE needs a moment"),
        (card(text("{{TIME(2026-11-23T09:00:00Z, SHORT)}}")), "TIME knows no style SHORT"),
        (card({"type": "Image", "url": "http://northwind.example/a.png"}), "an https address"),
        (card({"type": "FactSet", "facts": [{"title": "Owner"}]}), "required field: value"),
        (card({"type": "Container"}), "missing required field: items"),
        (card(asked("Text", "Term") | {"label": ""}), "at least 1 character"),
        (card({"type": "Input.Text", "id": "term"}), "missing required field: label"),
        (card({"type": "Input.Text", "label": "Term"}), "missing required field: id"),
        (card({"type": "Input.Toggle", "id": "tell"}), "missing required field: title"),
        (card(asked("Date", "Day", value="23.11.2026")), "a date as YYYY-MM-DD"),
        (card(asked("Date", "Day", min="2026-02-30")), "a date as YYYY-MM-DD"),
        (card(asked("Time", "Hour", value="9am")), "a time as HH:MM"),
        (card(asked("Number", "Count", value="two")), "must be a number"),
        (card(asked("ChoiceSet", "Answer")), "at least one of choices"),
        (card(asked("ChoiceSet", "Answer", choices=[{"title": "Yes"}])), "required field: value"),
        (
            card(
                asked(
                    "ChoiceSet",
                    "Answer",
                    isMultiSelect=True,
                    choices=[{"title": "A, B", "value": "a,b"}],
                )
            ),
            "a comma in its value",
        ),
        (card(asked(), asked()), "id term stands 2 times"),
        (card(actions=(execute(),) * 7), "no more than 6 items"),
        (card({"type": "ActionSet", "actions": [execute()] * 7}), "no more than 6 items"),
        (card({"type": "ActionSet", "actions": []}), "at least 1 item"),
        (card(actions=(execute() | {"title": None},)), "missing required field: title"),
        (card(actions=(execute(style="danger"),)), "must be one of default, positive"),
        (card(actions=(execute(data=[1]),)), "an object or a string"),
        (card(asked("ChoiceSet", "Answer", choices="yes")), "must be a list"),
        (card(actions=(submit(),)), "Action.Submit in a message only opens dialogs"),
        (card(actions=({"type": "Action.Http", "title": "Go"},)), "unsupported type: Action.Http"),
        (card(actions=({**LINK, "url": "javascript:alert(1)"},)), "an address that Teams opens"),
        (card(version="1.3", actions=(execute(),)), "Action.Execute is not known to version 1.3"),
        (card(TABLE, version="1.4"), "Table is not known to version 1.4"),
        (card(refresh={"action": execute(), "userIds": ["29:1"] * 61}), "no more than 60 items"),
        (card(TABLE | {"rows": [{"cells": []}]}), "unsupported type: None"),
    ],
)
def test_what_teams_does_not_show_is_refused(broken: object, problem: str) -> None:
    assert problem in "; ".join(problems_in_card(broken))


def test_a_dialog_knows_no_execute() -> None:
    problems = problems_in_card(card(actions=(execute(),)), Surface.DIALOG)

    assert problems == ["card: Action.Execute does nothing in a dialog"]


@pytest.mark.parametrize(
    "attachment",
    ["a card", {"contentType": "application/vnd.microsoft.card.hero", "content": {}}],
)
def test_only_adaptive_cards_are_attached(attachment: object) -> None:
    content, problems = problems_in_attachment(attachment)

    assert content is None
    assert len(problems) == 1


def test_a_card_in_an_attachment_is_checked() -> None:
    content, problems = problems_in_attachment(attached(card(version="2.0")))

    assert content is not None
    assert len(problems) == 1


def test_a_card_reads_as_its_words_in_order() -> None:
    full = card(*EVERYTHING, *QUESTIONS, actions=(execute(), opens()))

    assert words_of(full) == [
        "Due {{DATE(2026-11-23T09:00:00Z, SHORT)}} {{TIME(2026-11-23T09:00:00+01:00)}}",
        "Heading",
        "plain bold",
        "Yes",
        "Owner",
        "Farid",
        "Three of four",
        "Left",
        "Right",
        "Inside",
        "Open",
        "Term",
        "Count",
        "Day",
        "Hour",
        "Answer",
        "Yes",
        "No",
        "Owner",
        "Tell everybody",
        "Approve",
        "Edit",
    ]
