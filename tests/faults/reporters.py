"""People who report by form, those who triage, and all that would tell on somebody."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from adapters.simulator.people import Member
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.wire import Parcel, Traffic
from adapters.slack.ticket import Ticket
from storage import migrations, people, places
from storage.places import RoomPlace
from tests.faults.rows import Rows
from tests.faults.traffic import RETRY_SECONDS, Act
from workflows.reports import claims
from workflows.reports.rules import SECURITY, TRIAGE_ROOM, Interaction, Privacy

#: Nobody has made these known: what is found of them would be there by their reports alone.
HANDLES = ("ada", "ben", "chiara", "dev", "elena", "grace", "hana", "luis", "gus")
#: Who is called first, who next, and in which channel the card stands.
ON_DUTY, DEPUTY, TRIAGE_CHANNEL = "dev", "farid", "security-triage"
CHANNEL = "C0WHISPER"
TRIGGER = "13345224609.738474920"


@dataclass(frozen=True)
class Form:
    """A form that somebody sends, each once."""

    slack: SlackSimulator
    number: int

    @property
    def person(self) -> Member:
        return self.slack.person(HANDLES[self.number % len(HANDLES)])

    def opened(self) -> Act:
        """Return the command by which the form of a report is opened."""
        where = self.slack.channel("general")
        typed = self.slack._interactions.command(self.person, where, "/report", "")
        payload = {**typed, "channel_id": CHANNEL}
        return Act(*Parcel(Traffic.COMMAND, "report", payload, self.person.id).encoded())

    def sent(self, route: str, **answers: str) -> Act:
        """Return the submission, the same each time."""
        ticket = Ticket(channel=CHANNEL, instance=f"{route}{self.number}")
        payload = {
            "type": "view_submission",
            "team": {"id": self.slack.team_id},
            "user": {"id": self.person.id, "team_id": self.person.team},
            "trigger_id": f"{TRIGGER}.{self.number}",
            "view": {
                "id": f"V{route.upper().replace('_', '')}{self.number}",
                "type": "modal",
                "callback_id": f"reports.{route}",
                "private_metadata": ticket.write(),
                "state": {"values": {name: _value(name, said) for name, said in answers.items()}},
            },
        }
        return Act(*Parcel(Traffic.INTERACTION, route, payload, self.person.id).encoded())

    def report(
        self, *, privacy: Privacy = Privacy.ANONYMOUS, interaction: Interaction = Interaction.NONE
    ) -> Act:
        """Return a report."""
        chosen = {
            "category": "unsure",
            "interaction": interaction,
            "ongoing": "unknown",
            "scope": "unknown",
        }
        words = f"Number {self.number} looks odd."
        return self.sent("tell", noticed=words, privacy=privacy, **chosen)

    def looks_up(self, code: str) -> Act:
        """Return how somebody comes back."""
        return self.sent("look_up", code=code, words="")


def _value(name: str, said: str) -> dict[str, object]:
    if name in {"code", "noticed", "words"}:
        kind = "short_text" if name == "code" else "long_text"
        return {kind: {"value": said or None}}
    return {"choice": {"selected_option": {"value": said}}}


async def told(slack: SlackSimulator, url: Callable[[], str], act: Act) -> str:
    """Repeat an act until a bot acknowledges it, and return what it answered."""
    while True:
        headers = dict(slack.wire.headers(act.body, act.content_type))
        taken = await slack.wire.post(f"{url()}/slack/events", act.body, headers)
        if taken.ok:
            return taken.body
        await asyncio.sleep(RETRY_SECONDS)


def code_in(answer: str) -> str:
    """Return the code that an answer shows."""
    words = json.dumps(json.loads(answer), ensure_ascii=False).replace("*", " ").split()
    return next(found for word in words if (found := claims.read(word.strip('",.}'))))


# Those who triage -------------------------------------------------------------------------


def let_triage(slack: SlackSimulator, rows: Rows) -> None:
    """Let two people triage what is reported, and a channel be where they do; no one else reads."""
    handles = (ON_DUTY, DEPUTY)
    where = slack.channel(TRIAGE_CHANNEL)
    where.members.clear()
    where.members |= {slack.workspace.bot.id, *(slack.person(handle).id for handle in handles)}
    with rows.connection() as connection, Session(connection) as session:
        for rank, handle in enumerate(handles, start=1):
            known = people.add_person(session, handle, department=SECURITY)
            account = slack.person(handle).id
            people.link_account(session, known.id, "slack", slack.team_id, account)
            people.grant(session, known.id, "triage", department=SECURITY, rank=rank)
        place = RoomPlace("slack", slack.team_id, where.id)
        places.bind_room(session, TRIAGE_ROOM, place)
        session.commit()


def seen_by(slack: SlackSimulator, handle: str, words: str) -> list[str]:
    """Return what the bot wrote to somebody that says *words*."""
    direct = slack.direct_channel(handle).messages.values()
    return [one.text for one in direct if words in one.text]


# All that would tell ----------------------------------------------------------------------


def traces(
    slack: SlackSimulator, codes: Iterable[str], handles: Iterable[str] = HANDLES
) -> list[str]:
    """Return all that would tell on somebody."""
    authors = [slack.person(handle) for handle in handles]
    own = [text for one in authors for text in (one.id, one.name, one.email or one.id)]
    written = [text for code in codes for text in (code, claims.grouped(code))]
    return [*own, *written, CHANNEL, "VTELL", "VLOOKUP", TRIGGER]


def everything(rows: Rows, folder: Path) -> bytes:
    """Return every row, every file of the database, the log, and the figures that were left.

    PostgreSQL's server must be the test's own: its write-ahead log is that of all its databases.
    """
    migrations.import_models()
    found = [path.read_bytes() for path in (*_files(rows), *folder.rglob("*")) if path.is_file()]
    with rows.connection() as connection:
        for table in SQLModel.metadata.sorted_tables:
            stored = connection.execute(sa.select(table)).all()
            found.append(repr(stored).encode())
    return b"\n".join(found)


def _files(rows: Rows) -> list[Path]:
    """Return the files of the database, its write-ahead log as well."""
    if rows.is_sqlite:
        path = Path(rows.url.removeprefix("sqlite:///"))
        return list(path.parent.glob(f"{path.name}*"))
    with rows.connection() as connection:
        stored = connection.exec_driver_sql("SHOW data_directory").scalar_one()
    return list(Path(stored, "pg_wal").iterdir())
