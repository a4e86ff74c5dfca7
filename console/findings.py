"""What `doctor` looks for: pure judgements, each with how to mend what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.errors import DeliveryError
from bot.health import OLDEST_DUE
from bot.scheduler import MOST_LATE
from console.keys import Use
from storage.accounts import Noted
from storage.jobs import State
from storage.schedules import Schedule

#: Bytes free beside the SQLite file; with less, writes fail before long.
LEAST_FREE = 200 * 1024**2
COMFORTABLY_FREE = 1024**3
#: Signed requests more than five minutes old are refused, on both sides.
MOST_SKEW = timedelta(minutes=5)
NOTABLE_SKEW = timedelta(minutes=1)
MOST_NAMES = 10


class Condition(StrEnum):
    """How a thing stands."""

    FINE = "fine"
    NOTABLE = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; *mend* says what to do when it is not fine."""

    about: str
    condition: Condition
    text: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a platform must let us have, called *noun*, each with what does not work without it.

    Parley works without its *wishes*, and says what it does worse then.
    """

    noun: str
    uses: Mapping[str, str]
    mend: str
    wishes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a platform answers when we show it our token."""

    at: datetime | None  #: by the platform's clock, if it tells
    has: frozenset[str]  #: what we may use of all that we need


def fine(about: str, text: str) -> Finding:
    """Return that all is well with a thing."""
    return Finding(about, Condition.FINE, text)


def notable(about: str, text: str, mend: str) -> Finding:
    """Return that a thing works, and could be better."""
    return Finding(about, Condition.NOTABLE, text, mend)


def broken(about: str, text: str, mend: str) -> Finding:
    """Return that a thing does not work."""
    return Finding(about, Condition.BROKEN, text, mend)


def disk(folder: Path, free: int) -> Finding:
    """Judge the space beside the SQLite file; *free* is in bytes."""
    text = f"{free // 1024**2:,} MiB are free in {folder}."
    mend = "Free some space, or move the file and PARLEY_DATABASE_URL to a larger disk."
    if free < LEAST_FREE:
        return broken("disk", text, mend)
    return notable("disk", text, mend) if free < COMFORTABLY_FREE else fine("disk", text)


def missing_keys(missing: Sequence[Use]) -> Finding:
    """Judge whether everything that was sealed and signed can be read."""
    if not missing:
        return fine("keys", "Everything that is sealed or signed is under a key that we have.")
    texts, entries = sum(use.texts for use in missing), sum(use.entries for use in missing)
    return broken(
        "keys",
        f"Nobody can read {texts:,} sealed texts and verify {entries:,} entries of the audit: "
        f"they are under {', '.join(use.key for use in missing)}, and that key is not among ours.",
        "Add the key of then to PARLEY_OLDER_SECRET_KEYS, then start Parley again.",
    )


def dead_jobs(counts: Mapping[State, int]) -> Finding:
    """Judge what was given up."""
    dead = counts[State.DEAD]
    if not dead:
        return fine("dead jobs", "No job was given up.")
    return broken(
        "dead jobs",
        f"Parley gave up on {dead}: what they would have sent has not arrived.",
        "See why with `python app.py jobs list`, mend the cause, then `jobs replay --all`.",
    )


def oldest_job(oldest: datetime | None, now: datetime) -> Finding:
    """Judge how long the longest overdue job waits."""
    waited = now - oldest if oldest else timedelta(0)
    if waited <= OLDEST_DUE:
        return fine("waiting jobs", "Nothing that is due waits for long.")
    return broken(
        "waiting jobs",
        f"A job has been due for {_minutes(waited)}.",
        "Start Parley if it is not running; if it is, its log says what it stumbles over.",
    )


def late_schedules(known: Iterable[Schedule], now: datetime) -> Finding:
    """Judge whether everything that comes back by itself does."""
    late = [one for one in known if one.enabled and now - one.next_at > MOST_LATE]
    if not late:
        return fine("schedules", "Everything that comes back by itself is on time.")
    worst = min(late, key=lambda one: one.next_at)
    return broken(
        "schedules",
        f"{worst.kind} is {_minutes(now - worst.next_at)} late"
        + (f", and {len(late) - 1} more are late." if len(late) > 1 else "."),
        "Start Parley if it is not running; if it is, its log says why the clock stands still.",
    )


def clock(platform: str, ours: datetime, theirs: datetime) -> Finding:
    """Judge how far our clock is from the platform's."""
    skew = abs(ours - theirs)
    about, text = f"{platform}: clock", f"Our clocks differ by {int(skew.total_seconds())} s."
    mend = "Let this machine set its clock by NTP; beyond 300 s every request is refused."
    if skew > MOST_SKEW:
        return broken(about, text, mend)
    return notable(about, text, mend) if skew > NOTABLE_SKEW else fine(about, text)


def needs(platform: str, has: frozenset[str], needed: Needs) -> Iterable[Finding]:
    """Judge whether we have everything that we need of a platform, and nothing beyond it."""
    about = f"{platform}: {needed.noun}s"
    missing = {name: use for name, use in needed.uses.items() if name not in has}
    if not missing:
        yield fine(about, "Everything that Parley needs is there.")
    for name, use in missing.items():
        yield broken(about, f"The {needed.noun} {name} is missing: {use}", needed.mend)
    for name, use in needed.wishes.items():
        if name not in has:
            yield notable(about, f"The {needed.noun} {name} is missing: {use}", needed.mend)
    if beyond := sorted(has - needed.uses.keys() - needed.wishes.keys()):
        text = f"Parley makes no use of the {needed.noun}s {', '.join(beyond)}."
        yield notable(about, text, needed.mend)


def refused(platform: str, error: DeliveryError) -> Finding:
    """Say why the platform did not greet us."""
    about = f"{platform}: token"
    if error.permanent:
        return broken(
            about,
            f"The token was refused ({error.code}).",
            "Copy it again from the app's settings, or install the app to the workspace again.",
        )
    return broken(
        about,
        f"The platform did not answer as it should ({error.code}).",
        "Check that this machine reaches it (firewall, proxy, name lookup), then try again.",
    )


def closed(outlet: str, error: DeliveryError) -> Finding:
    """Say why nothing would leave by a way out."""
    return broken(
        outlet,
        f"It does not take what we would tell it ({error.code}).",
        "docs/outbound.md says what each code means; until then nobody outside is told anything.",
    )


def approvers(departments_without: Iterable[str]) -> Finding:
    """Judge whether somebody can approve each department's words."""
    missing = sorted(departments_without)
    if not missing:
        return fine("owners", "Each vocabulary has somebody who approves.")
    return notable(
        "owners",
        f"Nobody approves for {' and '.join(missing)}, so what is proposed there stays open.",
        f"`python app.py people grant WHO owner --department {missing[0]}`",
    )


def unreachable(people_without_account: int) -> Finding:
    """Judge whether everybody can be told something."""
    if not people_without_account:
        return fine("people", "Everybody who is active has an account.")
    return notable(
        "people",
        f"{people_without_account} active people have no account, so no message reaches them.",
        "Give them one with `python app.py import people FILE`.",
    )


def out_of_reach(lost: Sequence[Noted]) -> Finding:
    """Judge whom no message reached, by account."""
    about = "out of reach"
    if not lost:
        return fine(about, "No message is known to have missed somebody for good.")
    names = _listed(f"{one.name} ({_note(one)} since {one.at:%d %B %Y})" for one in lost)
    return notable(
        about,
        f"Nothing reaches {names}.",
        "See whether the account is still theirs and, on Teams, whether the app is installed for "
        "them; give them another account by `python app.py import people FILE`; "
        "whoever left, `python app.py people leave WHO`.",
    )


def outsiders(others: Sequence[Noted]) -> Finding:
    """Judge whose roles do not count, since their account is no member's."""
    about = "guests"
    if not others:
        return fine(about, "Every account is a member's, as far as the platforms have said.")
    names = _listed(f"{one.name} ({_note(one)})" for one in others)
    return notable(
        about,
        f"Roles do not count for {names}: the account is not a member's.",
        "Make it a full member's on the platform, which is seen within a day; "
        "if they should not have been added, `python app.py people leave WHO`.",
    )


def _note(one: Noted) -> str:
    return f"{one.account.platform}: {one.note}"


def _listed(names: Iterable[str]) -> str:
    """Return *names* in a row, and how many more there are than fit into a sentence."""
    shown = list(names)
    more = len(shown) - MOST_NAMES
    return ", ".join(shown[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _minutes(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)} minutes"
