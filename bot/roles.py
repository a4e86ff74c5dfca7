"""The roles that code asks for; which person holds one is data, see storage/people.py."""

from enum import StrEnum


class Role(StrEnum):
    """Who may use a route; a grant of the same name gives the role to a person."""

    STRANGER = "stranger"  #: everybody, known to Parley or not
    MEMBER = "member"  #: every person Parley knows, without a grant
    OWNER = "owner"  #: of a department's vocabulary: approves what its members propose
    ADMIN = "admin"  #: configures; reads no confidential content by virtue of the role
