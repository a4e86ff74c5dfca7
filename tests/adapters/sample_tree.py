"""One message with every block, and one form with every input, for every adapter to render."""

import base64
from datetime import UTC, date, datetime

from bot.ui import (
    Block,
    Button,
    Buttons,
    Choice,
    Choices,
    Date,
    DateTime,
    Divider,
    Facts,
    Form,
    Image,
    Items,
    Link,
    LongText,
    Message,
    Note,
    Number,
    Option,
    PersonInput,
    Quote,
    ShortText,
    Strong,
    Table,
    Text,
    TextStyle,
    Toggle,
    When,
)

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

#: One grey pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mOorwcAAYUBBNPhK3oAAAAASUVORK5CYII="
)


def sample_message() -> Message:
    """Return a message in which each block and each span of a line stands at least once."""
    return Message(
        text="Vote V-3 on C-104 is open until Monday; the panel is split.",
        blocks=(
            Text(text="Vote V-3: should C-104 go on?", style=TextStyle.HEADING),
            Text(
                text=(
                    "The panel is ",
                    Strong(text="split"),
                    ". Please vote by ",
                    When(at=MONDAY),
                    "; the rules are in the ",
                    Link(label="panel guide", url="https://example.com/guide?a=1&b=2"),
                    ".",
                )
            ),
            Facts(
                facts=(
                    ("Search", "Security engineer, Berlin"),
                    ("Closes", (When(at=MONDAY),)),
                    ("Decider", (Strong(text="Imani"), " of Security")),
                )
            ),
            Items(
                items=("Read the scorecards.", ("Vote ", Strong(text="once"), ".")), numbered=True
            ),
            Items(items=("Yes: 2", "No: 2")),
            Quote(text="Strong on *detection*, <no> doubt.", source="Ada, interviewer"),
            Table(
                header=("Criterion", "Lowest", "Highest"),
                rows=(("Detection", "2", "4"), ("Writing", "3", "3")),
            ),
            Image(alt="Bars: detection from 2 to 4, writing 3.", png=PIXEL),
            Divider(),
            Buttons(
                buttons=(
                    Button(
                        label="Vote yes", route="votes.cast", payload={"vote": 3, "choice": "yes"}
                    ).primary(),
                    Button(
                        label="Vote no", route="votes.cast", payload={"vote": 3, "choice": "no"}
                    ),
                    Button(
                        label="Withdraw the vote", route="votes.withdraw", payload={"vote": 3}
                    ).danger("Withdraw V-3? The ballots cast so far are dropped."),
                )
            ),
            Note(text=("Opened ", When(at=MONDAY), " under the ", _RULES, " by Ada.")),
        ),
    )


_RULES = Link(label="voting rules", url="https://example.com/rules")


def sample_form() -> Form:
    """Return a form in which each input and each explanation stands at least once."""
    return Form(
        title="Scorecard for I-881",
        route="feedback.give",
        submit="Send scorecard",
        inputs=(
            Text(text="Detection", style=TextStyle.HEADING),
            Note(text="4 means: finds what others miss."),
            Quote(text="Tell me how you would hunt for this.", source="Interview guide"),
            Divider(),
            ShortText(name="headline", label="In one line", hint="As you would say it aloud."),
            LongText(name="evidence", label="What did you see or hear?", min_length=10),
            Number(name="years", label="Years with detection", minimum=0, maximum=60, initial="3"),
            Choice(name="rating", label="Rating", options=_RATINGS, initial="3"),
            Choice(name="country", label="Country", options=_COUNTRIES, required=False),
            Choices(name="tools", label="Tools", options=_RATINGS[:2], initial=("1",)),
            Choices(name="sites", label="Sites", options=_COUNTRIES, required=False),
            PersonInput(name="second", label="Who else was there?", required=False),
            Date(name="day", label="Day of the interview", initial=date(2026, 11, 20)),
            DateTime(name="call", label="When can we call you?", initial=MONDAY),
            Toggle(name="debrief", label="I will come to the debrief", initial=True),
        ),
    )


_RATINGS = (
    Option(value="1", label="1 - well below", hint="Could not start."),
    Option(value="2", label="2 - below"),
    Option(value="3", label="3 - meets"),
    Option(value="4", label="4 - exceeds"),
)
_COUNTRIES = tuple(Option(value=f"c{n}", label=f"Country {n}") for n in range(1, 13))


def everywhere(text: str) -> tuple[Block, ...]:
    """Return blocks with *text* in each place where words of people can stand."""
    return (
        Text(text=text),
        Text(text=text, style=TextStyle.HEADING),
        Text(text=(text, Strong(text=text), Link(label=text, url="https://example.com"))),
        Facts(facts=((text, text),)),
        Items(items=(text,)),
        Quote(text=text, source=text),
        Table(header=(text,), rows=((text,),)),
        Image(alt=text, png=PIXEL),
        Note(text=text),
        Note(text=(text, When(at=MONDAY), Strong(text=text))),
        Buttons(buttons=(Button(label=text, route="r", payload={"id": 1}, confirm=text),)),
    )
