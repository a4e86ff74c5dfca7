"""What people see who add to a report."""

from collections.abc import Sequence

from bot.ui import Block, Form, Items, LongText, Message, Note, Text, TextStyle
from workflows.reports import card_texts, reporting_texts, reporting_views
from workflows.reports import detail_texts as texts
from workflows.reports import texts as texts_of_all
from workflows.reports.codes import code
from workflows.reports.rules import LONGEST_TEXT, Circumstances
from workflows.reports.tables import Report

MORE = "more"


def form(report: Report) -> Form:
    """Ask what else there is, filled with what was said before."""
    return Form(
        title=texts.FORM.format(code=code(report)),
        inputs=(
            LongText(name=MORE, label=texts.MORE, required=False, max_length=LONGEST_TEXT),
            *reporting_views.circumstances(
                report.category, report.interaction, is_ongoing=report.is_ongoing
            ),
        ),
        submit=texts.ADD,
    )


def told(seen: Circumstances) -> str:
    """Return in words what a reporter says of what had happened."""
    ongoing = {None: "", True: card_texts.YES, False: card_texts.NO}[seen.is_ongoing]
    lines = (
        texts_of_all.CATEGORIES[seen.category],
        f"{card_texts.DID}: {texts_of_all.INTERACTIONS[seen.interaction]}",
        f"{card_texts.STILL_GOING_ON}: {ongoing}" if ongoing else "",
        reporting_texts.MISSING if seen.is_missing else "",
    )
    return ". ".join(filter(None, lines)) + "."


def thanks(code: str, todo: Sequence[str], *, is_urgent: bool) -> Message:
    """Thank for what was added: what to do now comes first."""
    added = texts.IS_ADDED.format(code=code)
    said = [added, texts.URGENT] if is_urgent and todo else [added]
    blocks: list[Block] = []
    if todo:
        said = [reporting_texts.DO_NOW, *todo, *said]
        blocks += [
            Text(text=reporting_texts.DO_NOW, style=TextStyle.HEADING),
            Items(items=tuple(todo), numbered=True),
        ]
    blocks.append(Text(text=added))
    if is_urgent and todo:
        blocks.append(Note(text=texts.URGENT))
    return Message(text=" ".join(said), blocks=tuple(blocks))
