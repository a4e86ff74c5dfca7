"""What whoever reported something reads at once."""

from collections.abc import Sequence
from datetime import datetime

from bot.ui import Block, Button, Buttons, Items, Message, Note, Text, TextStyle, When
from workflows.reports import receipt_texts as texts
from workflows.reports import reporting_texts
from workflows.reports.rules import HARMFUL, Category, Circumstances, Interaction


def steps(seen: Circumstances) -> tuple[str, ...]:
    """Return what to do before anything else; () where nothing hurries."""
    if seen.interaction in HARMFUL:
        return reporting_texts.STEPS[seen.interaction]
    if seen.category is Category.DEVICE and seen.is_missing:
        return reporting_texts.STEPS_MISSING
    if seen.is_ongoing:
        return reporting_texts.STEPS_ONGOING
    if seen.interaction is Interaction.CLICKED:
        return reporting_texts.STEPS[Interaction.CLICKED]
    return ()


def receipt(
    code: str,
    by: datetime,
    buttons: Sequence[Button],
    *,
    todo: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Message:
    """Thank for a report: what to do now comes before the thanks."""
    thanks = texts.thanks(code)
    said = (f"{thanks}{texts.moment(by)}.", *notes)
    blocks: list[Block] = []
    if todo:
        said = (reporting_texts.DO_NOW, *todo, *said)
        blocks += [
            Text(text=reporting_texts.DO_NOW, style=TextStyle.HEADING),
            Items(items=tuple(todo), numbered=True),
        ]
    blocks.append(Text(text=(thanks, When(at=by), ".")))
    blocks += [Note(text=note) for note in notes]
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    return Message(text=" ".join(said), blocks=tuple(blocks))
