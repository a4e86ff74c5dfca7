"""What the lead fills in once, what a department looks at, and what goes out."""

from collections.abc import Sequence

from bot.shown import moment
from bot.ui import (
    Block,
    Button,
    Buttons,
    Date,
    Form,
    FormPart,
    Items,
    LongText,
    Message,
    Note,
    ShortText,
    Text,
    TextStyle,
    When,
)
from workflows.glossary import Explained
from workflows.incidents import facts as rules
from workflows.incidents import sheets_texts as said
from workflows.incidents.facts import Facts, Said
from workflows.incidents.sheet_tables import Standing, Words
from workflows.reports.views import with_buttons


def facts_form(code: str, known: Facts | None) -> Form:
    """Ask for the facts, beginning with those that were told before."""
    inputs = tuple(
        ShortText(
            name=name,
            label=said.FACTS[name],
            initial=getattr(known, name, ""),
            max_length=longest,
            required=name != "unknown",
        )
        for name, longest in rules.LONGEST.items()
    )
    return Form(title=said.form(code), inputs=inputs, submit=said.SUBMIT)


def facts(code: str, known: Facts) -> Message:
    """Show the facts."""
    lines = [(said.FACTS[name], getattr(known, name)) for name in rules.LONGEST]
    shown = tuple(f"{label} {text}" for label, text in lines if text)
    heading = said.sheet_heading(code)
    blocks = (Text(text=heading), Items(items=shown))
    return Message(text=" ".join((heading, *shown)), blocks=blocks)


def drafted(text: str, unexplained: Sequence[str], buttons: Sequence[Button]) -> Message:
    """Confirm the facts, and offer to explain the words that only some understand."""
    return with_buttons(text, buttons, note=said.unexplained(unexplained) if unexplained else "")


def edit_form(code: str, present: Said) -> Form:
    """Ask a department how it wants to hear it, and what it is asked."""
    inputs: list[FormPart] = [
        LongText(
            name="text",
            label=said.TEXT,
            initial=present.text,
            max_length=rules.LONGEST_TEXT,
        )
    ]
    for number, (what, owner, by) in enumerate(rules.ASK_INPUTS):
        ask = present.asks[number] if number < len(present.asks) else None
        inputs += [
            ShortText(
                name=what,
                label=said.ASK,
                hint=said.HINT_ASK,
                initial=ask.what if ask else "",
                max_length=rules.LONGEST_ASK,
                required=False,
            ),
            ShortText(
                name=owner,
                label=said.OWNER,
                initial=ask.owner if ask else "",
                max_length=rules.LONGEST_OWNER,
                required=False,
            ),
            Date(
                name=by,
                label=said.BY,
                initial=ask.by if ask else None,
                required=False,
            ),
        ]
    return Form(title=said.edit(code), inputs=tuple(inputs), submit=said.EDIT_SUBMIT)


def words(
    words: Words,
    heading: str,
    present: Said,
    explained: Sequence[Explained],
    *,
    mark: str = "",
) -> Message:
    """Show a department's words, with what is asked and what words in it mean."""
    asks = tuple(said.asked(one.what, one.owner, f"{one.by:%Y-%m-%d}") for one in present.asks)
    meanings = tuple(said.explanation(one.label, one.plain) for one in explained)
    blocks: list[Block] = [
        Text(text=heading, style=TextStyle.HEADING),
        *(Text(text=line) for line in present.text.splitlines() if line.strip()),
    ]
    if asks:
        blocks.append(Items(items=asks, numbered=True))
    blocks += [Note(text=meaning) for meaning in meanings]
    plain = [heading, present.text, *asks, *meanings, mark]
    if words.standing is Standing.DRAFT:
        blocks.append(Note(text=(f"{said.ANSWER_BY} ", When(at=words.due_at))))
        plain.append(f"{said.ANSWER_BY} {moment(words.due_at)}.")
    if mark:
        blocks.append(Note(text=mark))
    return Message(text="\n".join(filter(None, plain)), blocks=tuple(blocks))


def with_row(message: Message, buttons: Sequence[Button]) -> Message:
    """Return a message with buttons under it."""
    if not buttons:
        return message
    row = Buttons(buttons=tuple(buttons))
    return message.model_copy(update={"blocks": (*message.blocks, row)})
