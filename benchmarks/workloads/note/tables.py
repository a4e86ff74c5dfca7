"""The table of notes."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from storage.prepared import Prepared

note = sa.Table(
    "benchmark_note",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", sa.String, nullable=False),
)
ADD = Prepared(sa.insert(note), "text")
