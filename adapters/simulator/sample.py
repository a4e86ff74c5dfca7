"""Northwind Shipping: the small company that lives in the simulator."""

from adapters.simulator.channels import Channel, Kind
from adapters.simulator.people import Member, Standing
from adapters.simulator.workspace import Sample

BOT = Member("U0PARLEY", "Parley", "parley", standing=Standing.BOT)

PAGER = Member("U0PAGER", "Pager", "pager", standing=Standing.BOT)


def _colleague(handle: str, name: str, title: str, tz: str = "Europe/Berlin") -> Member:
    email = f"{handle}@northwind.example"
    return Member(f"U0{handle.upper()}", name, handle, title, email, tz)


ADA = _colleague("ada", "Ada Okafor", "Recruiter")
BEN = _colleague("ben", "Ben Lindqvist", "Recruiter", "Europe/Stockholm")
CHIARA = _colleague("chiara", "Chiara Rossi", "Security engineer", "Europe/Rome")
DEV = _colleague("dev", "Dev Raghunathan", "Security engineer", "Asia/Kolkata")
ELENA = _colleague("elena", "Elena Marković", "Director of talent acquisition")
FARID = _colleague("farid", "Farid Haddad", "Director of security", "Europe/Paris")
GRACE = _colleague("grace", "Grace Kim", "Engineer and interviewer", "America/New_York")
HANA = _colleague("hana", "Hana Sato", "HR business partner", "Asia/Tokyo")
LUIS = _colleague("luis", "Luis Ferreira", "Legal counsel", "Europe/Lisbon")
GUS = Member(
    "U0GUS",
    "Gus Petersen",
    "gus",
    "Agency recruiter",
    "gus@agency.example",
    standing=Standing.SINGLE_CHANNEL_GUEST,
)
STELLA = Member(
    "U0STELLA",
    "Stella Novak",
    "stella",
    "Partner at Harbour Search",
    "stella@harbour.example",
    team="T0HARBOUR",
    standing=Standing.STRANGER,
)
OTTO = Member(
    "U0OTTO",
    "Otto Brandt",
    "otto",
    "Recruiter, until last month",
    "otto@northwind.example",
    deleted=True,
)

COLLEAGUES = (ADA, BEN, CHIARA, DEV, ELENA, FARID, GRACE, HANA, LUIS)


def _ids(*members: Member) -> set[str]:
    return {member.id for member in members}


HIRING_SECURITY = "C0HIRINGSEC"
SECURITY_REPORTS, SECURITY_TRIAGE = "C0SECREPORTS", "C0SECTRIAGE"
CHANNELS = (
    Channel(
        "C0GENERAL", "general", members=_ids(BOT, *COLLEAGUES), topic="Everything for everybody"
    ),
    Channel(
        HIRING_SECURITY,
        "hiring-security",
        Kind.PRIVATE,
        _ids(BOT, ADA, BEN, CHIARA, DEV, ELENA, FARID, GRACE),
        "Searches of the security department",
    ),
    Channel(
        "C0SOC", "soc", members=_ids(BOT, PAGER, CHIARA, DEV, FARID), topic="Alerts and triage"
    ),
    Channel(
        "C0SOURCING",
        "ta-sourcing",
        members=_ids(BOT, ADA, BEN, ELENA, GUS),
        topic="Where candidates come from",
    ),
    Channel(
        "C0HARBOUR",
        "harbour-search",
        members=_ids(BOT, ADA, ELENA, STELLA),
        topic="Shared with Harbour Search",
        is_ext_shared=True,
    ),
    Channel(
        SECURITY_REPORTS,
        "security-reports",
        members=_ids(BOT, *COLLEAGUES),
        topic="Saw something odd? Post it here",
    ),
    Channel(
        SECURITY_TRIAGE,
        "security-triage",
        Kind.PRIVATE,
        _ids(BOT, CHIARA, DEV),
        "What colleagues report",
    ),
    Channel("C0RANDOM", "random", members=_ids(ADA, BEN, CHIARA, DEV, GRACE)),
    Channel("C0OLD", "old-searches", members=_ids(BOT, ADA, BEN), is_archived=True),
)

SAMPLE = Sample("Northwind Shipping", BOT, (*COLLEAGUES, GUS, STELLA, OTTO, PAGER), CHANNELS)
