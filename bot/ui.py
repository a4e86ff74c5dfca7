"""What people see, as plain values; every adapter renders the same tree in its platform's way.

All strings are plain text: nothing in them is markup on any platform, so words that people
wrote can be shown anywhere as they are.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator


class Value(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        # A picture waits in a row of text, like everything else that waits to be sent.
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )


class Strong(Value):
    """Words that stand out within a line."""

    kind: Literal["strong"] = "strong"
    text: str


class When(Value):
    """An instant, shown in each reader's own time zone."""

    kind: Literal["when"] = "when"
    at: AwareDatetime


class Link(Value):
    """A link of ours or to a named source; never one that somebody typed into a text."""

    kind: Literal["link"] = "link"
    label: str
    url: str = Field(pattern=r"^https://")


Span = Annotated[Strong | When | Link, Field(discriminator="kind")]
#: One run of text: a string, or strings and spans in order.
Line = str | tuple[str | Span, ...]


class TextStyle(StrEnum):
    """How much a text stands out."""

    HEADING = "heading"
    BODY = "body"


class Text(Value):
    """A heading (one short line) or a paragraph."""

    kind: Literal["text"] = "text"
    text: Line
    style: TextStyle = TextStyle.BODY


class Facts(Value):
    """Labels with their values, in order."""

    kind: Literal["facts"] = "facts"
    facts: tuple[tuple[str, Line], ...]


class Items(Value):
    """A list; *numbered* when the order matters."""

    kind: Literal["items"] = "items"
    items: tuple[Line, ...]
    numbered: bool = False


class Table(Value):
    """Rows under a header; every row has as many cells as the header."""

    kind: Literal["table"] = "table"
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @model_validator(mode="after")
    def is_rectangular(self) -> Self:
        """Refuse a row that has not as many cells as the header."""
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a table has as many cells as its header")
        return self


class Quote(Value):
    """Words of a person, set apart; *source* says whose."""

    kind: Literal["quote"] = "quote"
    text: str
    source: str = ""


class Image(Value):
    """A picture; *alt* says everything that it shows."""

    kind: Literal["image"] = "image"
    alt: str = Field(min_length=1)
    png: bytes


class File(Value):
    """A file that people save; *alt* says what is in it, also where the platform takes none."""

    kind: Literal["file"] = "file"
    name: str = Field(pattern=r"^[A-Za-z0-9._-]{1,80}$")
    content: bytes = Field(min_length=1)
    type: str
    alt: str = Field(min_length=1)


class ButtonStyle(StrEnum):
    """How a button looks; its label must make sense without the look."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"


class Button(Value):
    """A press on it comes back under *route* with *payload*, which holds ids only.

    Made by `Route.button`, which checks the payload against the handler.
    """

    label: str = Field(min_length=1)
    route: str
    payload: dict[str, Any] = Field(default_factory=dict)
    style: ButtonStyle = ButtonStyle.NORMAL
    confirm: str | None = None
    #: The answer is a form; where only a button of its own kind opens one, it is drawn as that.
    opens_form: bool = False
    #: Where the answer belongs that it stands under, by the platform's own name, when the platform
    #: shows that answer elsewhere. Adapters set it, and check it when it comes back.
    asked_in: str = ""

    def primary(self) -> Button:
        """Return the button as the suggested one."""
        return self.model_copy(update={"style": ButtonStyle.PRIMARY})

    def danger(self, confirm: str) -> Button:
        """Return the button as one without a way back, asking *confirm* first."""
        return self.model_copy(update={"style": ButtonStyle.DANGER, "confirm": confirm})


class Buttons(Value):
    """Buttons in a row."""

    kind: Literal["buttons"] = "buttons"
    buttons: tuple[Button, ...]


class Note(Value):
    """A small line: context, a source, what happens next."""

    kind: Literal["note"] = "note"
    text: Line


class Divider(Value):
    """A thin line between two parts."""

    kind: Literal["divider"] = "divider"


Block = Annotated[
    Text | Facts | Items | Table | Quote | Image | File | Buttons | Note | Divider,
    Field(discriminator="kind"),
]


class Message(Value):
    """Something said. *text* alone says it all: notifications and screen readers take only that.

    *about* names the candidate or incident whose data an answer carries, such as "candidate:3":
    where it is posted, the post ledger finds it again. *due* is when it should be there: a post
    that is made later says so.
    """

    text: str = Field(min_length=1)
    blocks: tuple[Block, ...] = ()
    about: str = ""
    due: AwareDatetime | None = None

    def carrying(self, about: str) -> Self:
        """Return this with the name of whose data it carries."""
        return self.model_copy(update={"about": about})


class Result(Value):
    """One thing that was found: a line to choose it by, and what is posted when it is chosen."""

    title: str = Field(min_length=1)
    summary: str
    message: Message


class Results(Message):
    """What a search found; *text* says so where a platform has no list to choose from."""

    results: tuple[Result, ...] = ()


class Option(Value):
    """One choice: what people read, and the value that comes back."""

    value: str = Field(min_length=1)
    label: str = Field(min_length=1)
    hint: str = ""


class Input(Value):
    """What every input has; *name* is the key of its answer."""

    name: str
    label: str
    hint: str = ""
    required: bool = True


class ShortText(Input):
    """One line; length in characters."""

    kind: Literal["short_text"] = "short_text"
    initial: str = ""
    max_length: int = Field(default=150, le=3000)


class LongText(Input):
    """Several lines; length in characters."""

    kind: Literal["long_text"] = "long_text"
    initial: str = ""
    min_length: int = 0
    max_length: int = Field(default=3000, le=3000)


class Number(Input):
    """A number within bounds; whole unless *decimal*."""

    kind: Literal["number"] = "number"
    initial: str = ""
    minimum: int | None = None
    maximum: int | None = None
    decimal: bool = False


class Choice(Input):
    """One of the options."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=1)
    initial: str = ""


class Choices(Input):
    """Any of the options."""

    kind: Literal["choices"] = "choices"
    options: tuple[Option, ...] = Field(min_length=1)
    initial: tuple[str, ...] = ()


class PersonInput(Input):
    """One account of the platform that the form is shown on."""

    kind: Literal["person"] = "person"


class Date(Input):
    """A calendar day."""

    kind: Literal["date"] = "date"
    initial: date | None = None


class DateTime(Input):
    """An instant, typed in the reader's own zone."""

    kind: Literal["datetime"] = "datetime"
    initial: datetime | None = None


class Toggle(Input):
    """Yes or no; *label* reads as a sentence that is true when it is on."""

    kind: Literal["toggle"] = "toggle"
    initial: bool = False
    required: bool = False


AnyInput = ShortText | LongText | Number | Choice | Choices | PersonInput | Date | DateTime | Toggle
FormPart = Annotated[AnyInput | Text | Quote | Note | Divider, Field(discriminator="kind")]


class Form(Value):
    """Questions in one window; explanations may stand between the inputs.

    *route* and *state* say where the answers go; `FormRoute.open` sets them. A form that comes
    back to whoever filled it in says beside its inputs, by their names, what the *problems* are.
    """

    title: str = Field(min_length=1)
    inputs: tuple[FormPart, ...]
    submit: str = "Send"
    route: str = ""
    state: dict[str, Any] = Field(default_factory=dict)
    problems: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def names_are_unique(self) -> Self:
        """Refuse two inputs of one name: the answer to one of them would be lost."""
        names = [question.name for question in self.questions()]
        if len(names) != len(set(names)):
            raise ValueError("two inputs of a form have the same name")
        return self

    def questions(self) -> tuple[AnyInput, ...]:
        """Return the inputs without the explanations between them."""
        return tuple(part for part in self.inputs if isinstance(part, Input))


class Problems(Value):
    """A form was refused: *fields* maps each input's name to what is wrong with it."""

    fields: dict[str, str]


#: What a handler answers to the person who asked.
Reply = Message | Form | None
#: What the engine hands to the adapter.
Answer = Message | Form | Problems | None
