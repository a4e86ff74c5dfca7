"""The floor: people, jobs, posts, the audit chain in one SQL database; knows nothing above it."""

from sqlmodel import SQLModel

# Batch migrations on SQLite can only drop or change a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Rows are never validated: a validator for each table cost a start time and 1 MiB.
SQLModel.model_config["defer_build"] = True
