"""Staff who report, those who triage, and reports that are filed without anybody's act."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.context import Context
from bot.inbound import Command, Place, Post, QuotedMessage
from bot.ui import Answer
from storage import people
from tests.workflows import acting
from tests.workflows.acting import SLACK, TENANTS, account, arrive
from workflows.reports import capturing, filing, tables
from workflows.reports.filing import Filing
from workflows.reports.rules import Category, Circumstances, Interaction, Source
from workflows.reports.tables import Report

#: Name, department and roles. Tess is on duty, Uma is her deputy, Hugo heads security.
CREW: tuple[tuple[str, ...], ...] = (
    ("Rita", "ta"),
    ("Sam", "finance"),
    ("Tess", "security", "triage@security"),
    ("Uma", "security", "triage@security"),
    ("Hugo", "security", "director@security"),
    ("Lou", "legal", "responder@legal"),
    ("Hetty", "hr", "responder@hr"),
    ("Ivan", "it", "responder@it"),
    ("Iris", "it", "responder@it"),
    ("Tara", "ta", "responder@ta", "recruiter"),
    ("Cora", "comms", "responder@comms"),
    ("Finn", "finance", "responder@finance"),
    ("Fae", "facilities", "responder@facilities"),
    ("Xena", "exec", "responder@exec", "sponsor"),
    ("Adam", "it", "admin"),
)
#: Who is asked second.
DEPUTIES = {"Uma": "triage@security", "Iris": "responder@it"}
IDS = {name: number for number, (name, *_) in enumerate(CREW, start=1)}
SEEN = "A caller says he is from IT and wants my code."


class House(acting.House):
    """The engine with what stands around it."""

    async def files(
        self,
        name: str = "Rita",
        text: str = SEEN,
        *,
        category: Category = Category.UNSURE,
        interaction: Interaction = Interaction.NONE,
        **more: Any,
    ) -> int:
        """Let somebody have filed a report, as every door would leave it; return its number."""
        seen = Circumstances(category=category, interaction=interaction)
        fields = {"source": Source.COMMAND, "reporter": IDS[name], **more}
        filed = Filing(text=text, seen=seen, **fields)
        id = await self.within(lambda ctx: _file(ctx, filed))
        await self.passes(timedelta(0))
        return id

    async def posts(
        self,
        name: str,
        text: str,
        platform: str = SLACK,
        *,
        channel: str,
        message: str,
        **how: Any,
    ) -> Answer:
        """Let somebody write in a channel; *how* names `thread` or `link`, or that it `mentions`.

        With an `id` the same act comes again.
        """
        self.acts += 1
        common: dict[str, Any] = {
            "id": how.get("id", f"act-{self.acts}"),
            "user": account(name, platform),
            "place": Place(platform, TENANTS[platform], channel, thread=how.get("thread")),
            "inline": False,
            "opens_forms": False,
        }
        post = Post(**common, text=text, message=message, link=how.get("link"))
        if how.get("mentions"):
            return await self.engine.handle(Command(**common, name="", text=text, post=post))
        return await self.engine.handle(post)

    async def keeps(self, message: QuotedMessage, **more: Any) -> int:
        """Let Rita have reported a message of the channel; return the number of the report."""
        id = await self.files("Rita", **more)
        await self.within(lambda ctx: _keep(ctx, id, message))
        return id

    async def newest(self) -> Report:
        """Return the report that was filed last."""
        newest = select(Report).order_by(col(Report.id).desc()).limit(1)
        return await self.database.read(lambda session: session.exec(newest).one())

    async def report(self, id: int) -> Report:
        """Return a report as it is stored."""
        return await self.database.read(lambda session: session.get_one(Report, id))


def _keep(ctx: Context, id: int, message: QuotedMessage) -> None:
    report = tables.lock_report(ctx.session, id)
    assert report is not None
    ctx.place, ctx.user = Place(SLACK, "T1", "C1"), acting.account("Rita")
    capturing.capture_message(ctx, report, message)


def _file(ctx: Context, wanted: Filing) -> int:
    return filing.file(ctx, wanted).id or 0


def move_in(session: Session) -> None:
    """Let everybody be known; deputies hold their role second."""
    for name, department, *roles in CREW:
        id = arrive(session, name, department, *roles)
        assert id == IDS[name]
    for name, role in DEPUTIES.items():
        kind, _, department = role.partition("@")
        people.grant(session, IDS[name], kind, department=department, rank=2)
