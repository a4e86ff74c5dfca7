"""The people of a tenant, its guests, and people of other tenants."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import NAMESPACE_URL, uuid5

from adapters.simulator.people import Member

Json = dict[str, Any]


class UserRole(StrEnum):
    """How somebody belongs to a conversation, in the words of its roster."""

    USER = "user"
    GUEST = "guest"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Account:
    """One account as the Bot Connector knows it; anonymous people have no directory id.

    Attributes:
        id: the id by which one bot knows the account (`29:…`).
        aad_object_id: its id in the directory of its tenant.
        tenant_id: the tenant it belongs to.
    """

    id: str
    aad_object_id: str | None
    tenant_id: str
    name: str
    handle: str
    title: str = ""
    email: str | None = None
    tz: str = "Europe/Berlin"
    role: UserRole = UserRole.USER
    deleted: bool = False

    @classmethod
    def of(cls, member: Member, tenant_id: str, role: UserRole = UserRole.USER) -> Self:
        """Return the account in *tenant_id* of somebody who is on Slack as well."""
        return cls(
            id=f"29:{stable_id('account', member.handle).replace('-', '')}",
            aad_object_id=stable_id("person", member.handle),
            tenant_id=tenant_id,
            name=member.name,
            handle=member.handle,
            title=member.title,
            email=member.email,
            tz=member.tz,
            role=role,
            deleted=member.deleted,
        )

    def as_sender(self) -> Json:
        """Return the account as an activity names who it is from."""
        directory = {"aadObjectId": self.aad_object_id} if self.aad_object_id else {}
        return {"id": self.id, "name": self.name, **directory}

    def as_member(self) -> Json:
        """Return the account as a roster lists it."""
        body: Json = {
            "id": self.id,
            "name": self.name,
            "tenantId": self.tenant_id,
            "userRole": str(self.role),
        }
        if self.aad_object_id:
            given, _, surname = self.name.partition(" ")
            body |= {
                "objectId": self.aad_object_id,
                "aadObjectId": self.aad_object_id,
                "givenName": given,
                "surname": surname,
                "email": self.email,
                "userPrincipalName": self.email,
            }
        return body


def stable_id(kind: str, name: str) -> str:
    """Return the same id for the same thing at every start."""
    return str(uuid5(NAMESPACE_URL, f"https://northwind.example/{kind}/{name}"))


class Directory:
    """Everybody whom the tenant knows, by the ids and names they go by."""

    def __init__(self, accounts: Mapping[str, Account]) -> None:
        self._accounts = dict(accounts)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts.values())

    def add(self, account: Account) -> None:
        """Add *account*, or put a changed one in the place of the old one."""
        self._accounts[account.id] = account

    def find(self, name: str) -> Account | None:
        """Return who goes by this id, directory id, handle or e-mail."""
        if name in self._accounts:
            return self._accounts[name]
        wanted = name.casefold()
        return next((one for one in self if wanted in _names(one)), None)


def _names(account: Account) -> set[str]:
    names = (account.aad_object_id, account.handle, account.email)
    return {name.casefold() for name in names if name}
