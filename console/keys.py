"""`keys`: which secret keys are needed, by name only, and sealing everything under the newest."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import typer
from sqlmodel import Session

from console import rows, terminal
from console.terminal import AsJson
from storage import audit, migrations, rotation
from storage.database import Database
from storage.rotation import Batch, Field
from storage.secrets import KEY_ID_LENGTH, Sealer

app = typer.Typer(name="keys", help="The secret keys, by name only.", no_args_is_help=True)


_NAME = re.compile(rf"[0-9a-f]{{{KEY_ID_LENGTH}}}")
_NO_NAME = "(none)"


class Age(StrEnum):
    """What a key is to us."""

    NEWEST = "newest"
    OLDER = "older"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Use:
    """How much one key is needed for."""

    key: str  #: its name
    age: Age
    texts: int  #: sealed under it
    entries: int  #: of the audit, signed under it


@app.command("list")
def list_keys(*, as_json: AsJson = False) -> None:
    """Show each key by its name, with how much is sealed and signed under it."""
    known = rows.sealer(rows.settings()).key_ids
    found = rows.read(lambda session: uses(session, known))
    if as_json:
        terminal.show_json(found)
        return
    terminal.show_table(
        ("key", "age", "sealed texts", "audit entries"),
        ((use.key, use.age, f"{use.texts:,}", f"{use.entries:,}") for use in found),
    )


@app.command()
def rotate() -> None:
    """Seal every text under the newest key; when stopped, the next run goes on from there."""
    by = rows.sealer(rows.settings())
    try:
        with terminal.waiting("Sealing anew") as bar:
            moved = terminal.follow(bar)
            done, found = rows.run(lambda database: _rotate(database, by, moved))
    except KeyboardInterrupt:
        terminal.refuse("Stopped. What was sealed anew stays so; run it again to go on.")
    terminal.say(f"{_counted(done)} sealed anew under the key {by.key_ids[0]}.")
    _say_what_is_left(found)


def uses(session: Session, known: Sequence[str]) -> list[Use]:
    """Return each key that is *known*, the newest first, and then each that misses."""
    migrations.import_models()
    texts, entries = Counter[str](), _by_name(audit.entries_by_key(session))
    for field in rotation.fields():
        texts += _by_name(field.texts_by_key(session))
    missing = sorted((texts.keys() | entries.keys()) - set(known))
    return [Use(key, _age(key, known), texts[key], entries[key]) for key in (*known, *missing)]


def _by_name(counts: Mapping[str, int]) -> Counter[str]:
    """Return the counts by the names of keys: what is no name may be a text, and is not shown."""
    named = Counter[str]()
    for found, count in counts.items():
        named[found if _NAME.fullmatch(found) else _NO_NAME] += count
    return named


def _age(key: str, known: Sequence[str]) -> Age:
    if key not in known:
        return Age.MISSING
    return Age.NEWEST if key == known[0] else Age.OLDER


async def _rotate(
    database: Database, by: Sealer, moved: Callable[[int, int], None]
) -> tuple[int, list[Use]]:
    """Return how many texts were sealed anew, and what each key is needed for after that."""

    def begin(session: Session) -> list[Use]:
        # The chain's first entry under the newest key says what came before and what after.
        rows.note(session, by, "keys.rotate", f"key:{by.key_ids[0]}")
        return uses(session, by.key_ids)

    total = _texts(await database.write(begin), Age.OLDER)
    done = 0
    for field in rotation.fields():
        async for batch in _batches(database, by, field):
            done += batch.resealed
            moved(done, total)
    return done, await database.read(lambda session: uses(session, by.key_ids))


async def _batches(database: Database, by: Sealer, field: Field) -> AsyncIterator[Batch]:
    """Seal a field's texts anew, each batch in a transaction of its own."""
    batch = await database.write(partial(field.reseal, sealer=by, after=None))
    while batch.last is not None:
        yield batch
        batch = await database.write(partial(field.reseal, sealer=by, after=batch.last))


def _say_what_is_left(found: Iterable[Use]) -> None:
    found = list(found)
    older, missing = _texts(found, Age.OLDER), _texts(found, Age.MISSING)
    if older:
        terminal.say(f"{_counted(older)} still under an older key: run this again.")
    else:
        terminal.say("None is under an older key any more.")
    if any(use.entries for use in found if use.age is Age.OLDER):
        terminal.say(
            "Keep the older keys in PARLEY_OLDER_SECRET_KEYS: the audit is never signed anew, "
            "and needs them to be verified."
        )
    if missing:
        terminal.refuse(
            f"{_counted(missing)} under a key that you did not name, and stayed as they are. "
            "See which with `python app.py keys list`, and add it to PARLEY_OLDER_SECRET_KEYS."
        )


def _texts(found: Iterable[Use], age: Age) -> int:
    return sum(use.texts for use in found if use.age is age)


def _counted(texts: int) -> str:
    return "1 text is" if texts == 1 else f"{texts:,} texts are"
