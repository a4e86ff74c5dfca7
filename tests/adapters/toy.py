"""A small workflow that gives each kind of answer, so that each way back can be walked."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid, NotAllowed
from bot.inbound import Post, QuotedMessage
from bot.roles import Role
from bot.ui import (
    Block,
    Buttons,
    Choice,
    Choices,
    Date,
    DateTime,
    Form,
    Image,
    Message,
    Note,
    Number,
    Option,
    PersonInput,
    Reply,
    Result,
    Results,
    ShortText,
    Text,
    Toggle,
)
from bot.workflow import Workflow

#: A paragraph; sixty of them are more than any platform takes at once.
PARAGRAPH = Text(text="An engineer who asks before she answers. " * 15)
PNG = bytes.fromhex("89504e470d0a1a0a")
ROOM = "watched"


class Toy:
    """The workflow, and what its handlers were given."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.workflow = Workflow("toy", summary="For tests.")
        self._words()
        self._shows()
        self._presses()
        self._form()
        self._survey()
        self._places()

    def _words(self) -> None:
        it, heard = self.workflow, self.heard

        @it.command("term", help="Look a term up.", allow=Role.STRANGER, read_only=True)
        def term(ctx: Context, text: str) -> Reply:
            heard.append(f"term {text}")
            return Message(text=f"You asked for {text}.")

        @it.command("members", help="For members only.")
        def members(ctx: Context, text: str) -> Reply:
            heard.append(f"members {ctx.person.name}")
            return Message(text=f"Welcome, {ctx.person.name}.")

        @it.command("silent", help="Say nothing.", allow=Role.STRANGER)
        def silent(ctx: Context, text: str) -> Reply:
            heard.append("silent")
            return None

    def _shows(self) -> None:
        it = self.workflow

        @it.command("huge", help="Say too much.", allow=Role.STRANGER)
        def huge(ctx: Context, text: str) -> Reply:
            return Message(text="Too much", blocks=(PARAGRAPH,) * 60)

        @it.command("chart", help="Show a picture.", allow=Role.STRANGER)
        def chart(ctx: Context, text: str) -> Reply:
            return Message(text="Seven of nine", blocks=(Image(alt="Seven of nine", png=PNG),))

        @it.command("menu", help="Show buttons.", allow=Role.STRANGER)
        def menu(ctx: Context, text: str) -> Reply:
            return self.buttons()

        @it.command("announce", help="Show buttons to all.", allow=Role.STRANGER)
        def announce(ctx: Context, text: str) -> Reply:
            ctx.send(ctx.place, self.buttons(), key="announcement")
            return None

        @it.command("form", help="Open a form.", allow=Role.STRANGER)
        def form(ctx: Context, text: str) -> Reply:
            return self.note.open(ctx, number=7, size=int(text or 0))

    def _presses(self) -> None:
        it, heard = self.workflow, self.heard

        @it.action("count", allow=Role.STRANGER)
        def count(ctx: Context, number: int) -> Reply:
            heard.append(f"count {number} in {ctx.place.channel}")
            return Message(text=f"Counted {number}.")

        @it.action("hush", allow=Role.STRANGER)
        def hush(ctx: Context) -> Reply:
            heard.append("hush")
            return None

        @it.action("forbid", allow=Role.STRANGER)
        def forbid(ctx: Context) -> Reply:
            raise NotAllowed("Only the lead may do this. Nothing was changed.")

        @it.action("share", allow=Role.STRANGER)
        def share(ctx: Context) -> Reply:
            ctx.send(ctx.place, self.buttons())
            return Message(text="Announced.")

        @it.action("show", allow=Role.STRANGER)
        def show(ctx: Context) -> Reply:
            return self.buttons()

        self.count, self.hush, self.forbid = count, hush, forbid
        self.share, self.show = share, show

    def _form(self) -> None:
        it, heard = self.workflow, self.heard

        @it.form("note", allow=Role.STRANGER)
        def note(ctx: Context, number: int, size: int = 0) -> Form:
            inputs = (ShortText(name="words", label="Your words"),)
            return Form(title="A note", inputs=inputs + (PARAGRAPH,) * size)

        @note.submit
        def write(ctx: Context, answers: Answers, number: int, size: int = 0) -> Reply:
            words = answers.text("words")
            heard.append(f"note {number} {words} in {ctx.place.channel}")
            return self._after_note(ctx, words)

        self.note = note

    def _survey(self) -> None:
        it, heard = self.workflow, self.heard
        colours = tuple(Option(value=name, label=name.title()) for name in ("red", "blue, dark"))

        @it.form("survey", allow=Role.STRANGER)
        def survey(ctx: Context) -> Form:
            inputs = (
                ShortText(name="words", label="Your words"),
                Number(name="years", label="Years", required=False),
                Choice(name="best", label="Best colour", options=colours),
                Choices(name="good", label="Good colours", options=colours, required=False),
                Date(name="day", label="Day", required=False),
                DateTime(name="at", label="Moment", required=False),
                PersonInput(name="who", label="Person", required=False),
                Toggle(name="sure", label="I am sure"),
            )
            return Form(title="A survey", inputs=inputs)

        @survey.submit
        def take(ctx: Context, answers: Answers) -> Reply:
            if answers.text("words") == "wrong":
                raise Invalid(fields={"words": "Please say it differently."})
            heard.append(", ".join(f"{name} {value}" for name, value in answers.items()))
            return Message(text="Taken.")

        self.survey = survey

    def _places(self) -> None:
        it, heard = self.workflow, self.heard

        def coloured(name: str) -> Message:
            return Message(text=f"All {name}.", blocks=(PARAGRAPH,) * (60 * (name == "long")))

        @it.search("find", title="Find a colour", help="Find one.", allow=Role.STRANGER)
        def find(ctx: Context, text: str) -> Results:
            heard.append(f"find {text}")
            found = [name for name in ("red", "blue", "<b>bold</b>", "long") if text in name]
            results = tuple(
                Result(title=name, summary=f"It is {name}.", message=coloured(name))
                for name in found
            )
            return Results(text=f"{len(found)} colours.", results=results)

        @it.shortcut("explain", title="Explain a term", help="Explain.", allow=Role.STRANGER)
        def explain(ctx: Context, quoted: QuotedMessage) -> Reply:
            heard.append(f"explain {quoted.author}: {quoted.text} {quoted.link}")
            if quoted.text == "form":
                return self.note.open(ctx, number=9)
            return Message(text=f"Explained {quoted.text}.")

        @it.post(ROOM)
        def listen(ctx: Context, post: Post) -> Reply:
            heard.append(f"post {post.text} {[file.name for file in post.files]}")
            return None

        @it.home
        def home(ctx: Context) -> tuple[Block, ...]:
            return (
                Note(text=f"At home in {ctx.place.channel}"),
                Buttons(buttons=(self.count.button("Count at home", number=5),)),
            )

    def _after_note(self, ctx: Context, words: str) -> Reply:
        if words == "wrong":
            raise Invalid(fields={"words": "Please say it differently.", "other": "And this."})
        if words == "again":
            return self.note.open(ctx, number=8)
        if words == "warn":
            form = self.note.open(ctx, number=8)
            return form.model_copy(update={"problems": {"words": "Please think it over."}})
        if words == "nothing":
            return None
        if words == "huge":
            return Message(text="Too much", blocks=(PARAGRAPH,) * 120)
        buttons = Buttons(buttons=(self.count.button("Count in window", number=6),))
        opener = Buttons(buttons=(self.note.button("Once more", number=3, size=0),))
        return Message(text="Noted.", blocks=(Text(text="Noted."), buttons, opener))

    def buttons(self) -> Message:
        """Return a message with a button for each way back."""
        row = Buttons(
            buttons=(
                self.count.button("Count", number=1),
                self.hush.button("Hush"),
                self.forbid.button("Forbidden"),
                self.note.button("Write a note", number=2, size=0),
                self.survey.button("Fill the survey in"),
            )
        )
        more = Buttons(
            buttons=(self.share.button("Announce here"), self.show.button("Show it again"))
        )
        return Message(text="Press one", blocks=(Text(text="Press one"), row, more))
