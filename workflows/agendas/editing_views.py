"""The forms with which owners change an agenda."""

from collections.abc import Collection, Iterator, Sequence

from bot.shown import shortened, words
from bot.ui import Choice, Choices, Form, LongText, Option
from workflows.agendas import editing_texts as texts
from workflows.agendas.arranging import Section
from workflows.agendas.rules import LONGEST_LINE

#: As much as every platform shows of a choice.
_LABEL = 75
#: As many choices as every platform has room for.
_MOST = 100


def reorder_form(sections: Sequence[Section]) -> Form:
    """Ask what stands elsewhere, and where."""
    where = tuple(Option(value=move, label=label) for move, label in texts.MOVES.items())
    what = (*_parts(sections), *_items(sections))
    return Form(
        title=texts.REORDER,
        inputs=(
            Choice(name="what", label=texts.WHAT, hint=texts.HINT_REORDER, options=what[:_MOST]),
            Choice(name="where", label=texts.WHERE, options=where),
        ),
        submit=texts.SUBMIT,
    )


def drop_form(sections: Sequence[Section], dropped: Collection[str]) -> Form:
    """Ask what is left out."""
    options = (*_parts(sections), *_items(sections))[:_MOST]
    what = Choices(
        name="what",
        label=texts.LEFT_OUT,
        hint=texts.HINT_LEFT_OUT,
        options=options,
        initial=tuple(one.value for one in options if one.value in dropped),
        required=False,
    )
    return Form(title=texts.DROP, inputs=(what,), submit=texts.SUBMIT)


def reword_form(sections: Sequence[Section]) -> Form:
    """Ask for other words for an item."""
    return Form(
        title=texts.REWORD,
        inputs=(
            Choice(name="what", label=texts.WHAT, options=tuple(_items(sections))[:_MOST]),
            LongText(
                name="words",
                label=texts.WORDS,
                hint=texts.HINT_WORDS,
                max_length=LONGEST_LINE,
                required=False,
            ),
        ),
        submit=texts.SUBMIT,
    )


def keys_of(sections: Sequence[Section]) -> list[str]:
    """Return the keys of all that can be left out."""
    return [option.value for option in (*_parts(sections), *_items(sections))[:_MOST]]


def _parts(sections: Sequence[Section]) -> Iterator[Option]:
    for one in sections:
        yield Option(value=one.part, label=shortened(texts.part(one.part), _LABEL))


def _items(sections: Sequence[Section]) -> Iterator[Option]:
    for one in sections:
        for item in one.items:
            label = texts.item(one.part, words(item.line))
            yield Option(value=item.key, label=shortened(label, _LABEL))
