"""Who may do what: every route of every workflow, for everybody, on each platform.

A route without a line in the table fails the test.
"""

from collections.abc import AsyncIterator, Iterable

import pytest

import workflows
from bot.inbound import Command, Place, UserRef
from bot.menu import FOR_STRANGERS_HERE
from bot.roles import Role
from bot.routes import Routes
from bot.ui import Answer, Message, Problems
from bot.workflow import NO_SUCH_THING, FormRoute, discover
from storage.database import Database
from tests.workflows.everybody import CSV, WORD, House, New, Who, move_in
from tests.workflows.judged import JUDGED
from tests.workflows.rights import (
    ADMIN,
    ANYBODY,
    ITS_OWNER,
    MEMBERS,
    NOBODY,
    OF_THE_SEARCH,
    OTHERS_OWNER,
    OWNERS,
    PANEL,
    READERS,
    RECRUITER,
    UNKNOWN_TO_US,
    WHO_RECRUITS,
    Line,
)
from tests.workflows.rights_of_agendas import AGENDAS
from tests.workflows.rights_of_captures import CAPTURES
from tests.workflows.rights_of_incidents import INCIDENTS, UNHELD
from tests.workflows.voted import VOTED
from workflows.people.linking_texts import CODE_IS_OVER, QUESTION_IS_OVER

pytestmark = pytest.mark.repeats

ROUTES = Routes(discover(workflows))

SENSE, PERSON = {"sense": New.WORD}, {"person": New.PERSON}
WORDS = {"plain": "Somebody who returned.", "kind": "term"}
CARD, ANOTHERS_CARD = {"card": New.CARD}, {"card": New.ANOTHERS_CARD}
LATER = {"until": "2h"}
VOTE, VOTE_IN_VERSION = {"vote": 1}, {"vote": 1, "version": 1}
BALLOT, WHY = {"vote": New.VOTE, "version": 1}, {"reason": "I know her well."}
REPORT, ANOTHERS_REPORT = {"report": New.REPORT}, {"report": New.ANOTHERS_REPORT}
PROFILE = {"who": New.ACCOUNT, "name": "Nia Novak", "zone": "UTC"}

TIME = "--at=2026-11-09T10:00"
CREW = '--role="SOC analyst, junior" --security=@UOTHER --ta=@UOWNER --manager=@UMANAGER'
WEIGHTS = '"SOC analyst" junior tech=30 growth=20'
OPENING = {
    "title": "Night shift",
    "role": "SOC analyst, junior",
    "security_owner": "UOTHER",
    "ta_owner": "UOWNER",
    "hiring_manager": "UMANAGER",
    "reveal": "after_all",
}
APPLYING = {"name": "Ines Marsh", "stage": "screening", "consent": "application"}
MEETING = {
    "kind": "case",
    "stage": "onsite",
    "starts_at": "2026-11-09T10:00Z",
    "minutes": "60",
    "lead": "UMEMBER",
    "criteria": ["tech"],
}
BARS = {f"weight_{key}": "20" for key in ("tech", "ir", "comm", "growth", "team")}

ODD = {
    "noticed": "An odd call",
    "category": "unsure",
    "interaction": "none",
    "ongoing": "unknown",
    "scope": "unknown",
    "privacy": "named",
}
DISPUTED = {
    "dispute": "timeline",
    "question": "Do we wait until May?",
    "mode": "named",
    "duration": "2d",
    "quorum": "60",
    "threshold": "60",
    "weights": "ta=100",
    "basis": "block",
    "authority": "advisory",
}

TABLE = (
    # The glossary: everybody reads, members suggest, and owners decide for their department.
    Line("say term EDRM", ANYBODY),
    Line("say term get add", ANYBODY),
    Line("say term search comes back", ANYBODY),
    Line("say term list", ANYBODY),
    Line("press glossary.found", ANYBODY, {"term": 1}),
    Line("press glossary.show", ANYBODY, {"term": 1, "sense": 1, "vocabulary": "plain"}),
    Line("press glossary.other", ANYBODY, {"asked": WORD}),
    Line("use glossary.explain", ANYBODY),
    Line("search glossary.find", ANYBODY),
    Line(f"say term share {WORD}", MEMBERS),
    Line("press glossary.share", MEMBERS, {"term": 1, "sense": 1}),
    Line("say term add nine box = A grid.", MEMBERS),
    Line(f"say term edit {WORD}", MEMBERS),
    Line(f"say term alias returner = {WORD}", MEMBERS),
    Line(f"say term deprecate {WORD}", MEMBERS),
    Line(f"say term history {WORD}", MEMBERS),
    Line("say term missing", MEMBERS),
    Line("say term export", MEMBERS),
    Line("use glossary.add_quoted", MEMBERS),
    Line("open glossary.add", MEMBERS),
    Line("send glossary.add", MEMBERS, {}, {"term": "nine", "department": "ta", **WORDS}),
    Line("open glossary.suggest", MEMBERS, SENSE),
    Line("send glossary.suggest", MEMBERS, SENSE, WORDS),
    Line("say term review", OWNERS),
    Line("say term import", OWNERS),
    Line("open glossary.import", OWNERS),
    Line("send glossary.import", ITS_OWNER, {}, {"csv": CSV}, told=OTHERS_OWNER),
    Line("press glossary.ask_import", OWNERS, {"proposal": New.DRAFT}),
    Line("press glossary.ask_import", NOBODY, {"proposal": New.ANOTHERS_DRAFT}),
    Line("press glossary.approve", ITS_OWNER, {"proposal": New.PROPOSAL}),
    Line("press glossary.approve", NOBODY, {"proposal": New.DRAFT}),
    Line("open glossary.decline", ITS_OWNER, {"proposal": New.PROPOSAL}),
    Line("send glossary.decline", ITS_OWNER, {"proposal": New.PROPOSAL}, {"note": "No."}),
    Line("press glossary.undo", ITS_OWNER, {"proposal": New.DECLINED}),
    Line("press glossary.revert", ITS_OWNER, {**SENSE, "version": 1}),
    Line("press glossary.still_right", ITS_OWNER, SENSE),
    Line("open glossary.hand_over", ITS_OWNER, SENSE),
    Line("send glossary.hand_over", ITS_OWNER, SENSE, {"keeper": "UOWNER"}),
    # People: everybody sees themselves, and admins all others.
    Line("say people", MEMBERS),
    Line("say people show", MEMBERS),
    Line("say people show 1", ADMIN),
    Line("say people list", ADMIN),
    Line("say people add Nia --email=nia@northwind.example", ADMIN),
    Line("open people.add", ADMIN),
    Line("send people.add", ADMIN, {}, PROFILE),
    Line("say people grant 1 owner@legal", ADMIN),
    Line("open people.give", ADMIN, PERSON),
    Line("send people.give", ADMIN, PERSON, {"role": "owner", "department": "hr", "rank": "1"}),
    Line("say people revoke 1 owner@ta", ADMIN),
    Line("press people.take", ADMIN, {**PERSON, "role": "owner@ta"}),
    Line("say people department 1 hr", ADMIN),
    Line("open people.move", ADMIN, PERSON),
    Line("send people.move", ADMIN, PERSON, {"department": "hr"}),
    Line("say people department add sales Sales", ADMIN),
    Line("say people leave 1", ADMIN),
    Line("press people.leave", ADMIN, PERSON),
    Line("say people away 2026-12-24 2027-01-02", MEMBERS),
    Line("say people away 1 2026-12-24", ADMIN),
    Line("say people back", MEMBERS),
    # Scorecards that do not come: who recruits for a search steps in.
    Line("press feedback.waive", WHO_RECRUITS, {"card": New.LATE_CARD}),
    # Linking: anybody may use a code that somebody gave them, and is asked whether it is them.
    Line("say people link", ANYBODY),
    Line("press people.this_is_me", NOBODY, PERSON, over=QUESTION_IS_OVER),
    Line("press people.not_me", frozenset({Who.STRANGER}), over=QUESTION_IS_OVER),
    Line("press people.join", NOBODY, PERSON, over=CODE_IS_OVER),
    Line("say people unlink", MEMBERS),
    Line("press people.set_apart", ADMIN, {"person": New.LINKED, "platform": "slack"}),
    # Hiring: recruiters keep searches; owners, the manager and the panel read what is theirs.
    Line("say search", MEMBERS),
    Line("say search list", MEMBERS),
    Line("say search S-1", OF_THE_SEARCH),
    Line(f"say search add Night shift {CREW}", RECRUITER),
    Line("open hiring.add_search", RECRUITER),
    Line("send hiring.add_search", RECRUITER, {}, OPENING),
    Line("say search crew S-1 --manager=@UMANAGER", RECRUITER),
    Line("open hiring.name_crew", RECRUITER, {"search": New.SEARCH}),
    Line("send hiring.name_crew", RECRUITER, {"search": New.SEARCH}, {"reveal": "after_own"}),
    Line("say search hold S-1", RECRUITER),
    Line("say search reopen S-1", RECRUITER),
    Line("say search fill S-1", RECRUITER),
    Line("say search reopen S-1", RECRUITER),
    Line("say search cancel S-1", RECRUITER),
    Line("say search close S-1", RECRUITER),
    Line("press hiring.end_search", RECRUITER, {"search": New.SEARCH, "verb": "close"}),
    Line("say candidate C-1", OF_THE_SEARCH),
    Line("say candidate add S-1", RECRUITER),
    Line("open hiring.add_candidate", RECRUITER, {"search": 1}),
    Line("send hiring.add_candidate", RECRUITER, {"search": 1}, APPLYING),
    Line("say candidate stage C-1 onsite", RECRUITER),
    Line("say candidate offer C-1", RECRUITER),
    Line("say candidate recuse C-1 2", RECRUITER),
    Line("say candidate colleague C-1 @UOTHER", RECRUITER),
    Line("open hiring.colleague", RECRUITER, {"candidate": 1}),
    Line("send hiring.colleague", RECRUITER, {"candidate": 1}, {"internal": "UOTHER"}),
    Line("press hiring.mark_colleague", RECRUITER, {"candidate": 1, "person": New.PERSON}),
    Line("say candidate colleague drop C-1", RECRUITER),
    Line("press hiring.unmark_colleague", RECRUITER, {"candidate": 1}),
    Line("say interview I-1", OF_THE_SEARCH | {Who.MEMBER}),
    Line(f"say interview add C-1 {TIME} --kind=case --panel=@UOTHER", RECRUITER),
    Line("open hiring.add_interview", RECRUITER, {"application": 1}),
    Line("send hiring.add_interview", RECRUITER, {"application": 1}, MEETING),
    Line(f"say interview move I-1 {TIME}", RECRUITER),
    Line("open hiring.move_interview", RECRUITER, {"interview": 1}),
    Line("send hiring.move_interview", RECRUITER, {"interview": 1}, MEETING),
    Line("say interview cancel I-1", RECRUITER),
    Line("say interview no-show I-2", RECRUITER),
    Line("say interview done I-2", RECRUITER),
    Line("say interview panel add I-1 @UOTHER", RECRUITER),
    Line("say interview panel drop I-1 @UOTHER", RECRUITER),
    Line("say template", OWNERS | RECRUITER),
    Line("say template list", OWNERS | RECRUITER),
    Line("say template show T-1", OWNERS | RECRUITER),
    Line(f"say template propose {WEIGHTS}", OWNERS | RECRUITER),
    Line("open hiring.propose_template", OWNERS | RECRUITER, {"template": 2}),
    Line("send hiring.propose_template", OWNERS | RECRUITER, {"template": 2}, BARS),
    Line("say template sign T-7", OWNERS),
    Line("press hiring.sign_template", OWNERS, {"template": New.TEMPLATE}),
    Line("press hiring.recuse", RECRUITER, {"candidate": 1, "person": 1}),
    # Feedback: everybody sees what waits for them, and a scorecard is its interviewer's alone.
    Line("say feedback", MEMBERS),
    Line("say feedback quick I-1 tech=4", NOBODY),
    Line("say feedback revise I-1", NOBODY),
    Line("say feedback decline I-1 away", NOBODY),
    Line("say feedback reassign I-1 @U1", NOBODY),
    Line("say feedback snooze I-1 2h", NOBODY),
    Line("use feedback.give_quoted", MEMBERS),
    Line("open feedback.give", MEMBERS, CARD),
    Line("open feedback.give", NOBODY, ANOTHERS_CARD),
    Line("send feedback.give", MEMBERS, CARD),
    Line("send feedback.give", NOBODY, ANOTHERS_CARD),
    Line("open feedback.decline", MEMBERS, CARD),
    Line("open feedback.decline", RECRUITER, ANOTHERS_CARD),
    Line("send feedback.decline", MEMBERS, CARD, {"why": "I was away."}),
    Line("send feedback.decline", RECRUITER, ANOTHERS_CARD, {"why": "I was away."}),
    Line("open feedback.reassign", MEMBERS, CARD),
    Line("open feedback.reassign", RECRUITER, ANOTHERS_CARD),
    Line("send feedback.reassign", NOBODY, CARD, {"who": New.ACCOUNT}, told=MEMBERS),
    Line("send feedback.reassign", NOBODY, ANOTHERS_CARD, {"who": New.ACCOUNT}, told=RECRUITER),
    Line("press feedback.snooze", MEMBERS, {**CARD, **LATER}),
    Line("press feedback.snooze", NOBODY, {**ANOTHERS_CARD, **LATER}),
    # Votes: who may read what is disputed puts it to a vote; owners weigh their departments.
    Line("say escalate S-1", OF_THE_SEARCH | PANEL),
    Line("use votes.escalate_quoted", MEMBERS),
    Line("open votes.open", OF_THE_SEARCH | PANEL, {"search": 1}),
    Line("send votes.open", OF_THE_SEARCH, {"search": New.SEARCH}, DISPUTED),
    Line("say vote weights", MEMBERS),
    Line("press votes.agree_weights", ITS_OWNER, {"weighting": New.WEIGHTING}),
    # Reports: everybody may report, and does with their own what nobody else does.
    Line("say report", ANYBODY),
    Line("say report that somebody called me", ANYBODY),
    Line("open reports.tell", ANYBODY),
    Line("send reports.tell", ANYBODY, {}, ODD),
    Line("use reports.report_quoted", ANYBODY),
    Line("say report for", MEMBERS),
    Line("open reports.tell_for", MEMBERS),
    Line("send reports.tell_for", MEMBERS, {}, {**ODD, "department": "hr"}),
    Line("say report list", ANYBODY),
    Line("say report status R-990", NOBODY, over=NO_SUCH_THING),
    Line("say report anonymously", ANYBODY),
    Line("open reports.look_up", ANYBODY),
    Line("send reports.look_up", NOBODY, {}, {"code": "wrong"}, told=ANYBODY),
    Line("say report add R-990 more", NOBODY, over=NO_SUCH_THING),
    Line("say report withdraw R-990", NOBODY, over=NO_SUCH_THING),
    Line("say security original R-990", NOBODY),
    Line("open reports.add", ANYBODY, REPORT),
    Line("open reports.add", NOBODY, ANOTHERS_REPORT, over=NO_SUCH_THING),
    Line("send reports.add", ANYBODY, REPORT, {**ODD, "more": "He called again."}),
    Line("send reports.add", NOBODY, ANOTHERS_REPORT, ODD, over=NO_SUCH_THING),
    Line("press reports.not_a_report", ANYBODY, REPORT),
    Line("press reports.not_a_report", NOBODY, ANOTHERS_REPORT, over=NO_SUCH_THING),
    Line("press reports.go_private", ANYBODY, REPORT),
    Line("press reports.go_private", NOBODY, ANOTHERS_REPORT, over=NO_SUCH_THING),
    Line("press reports.add_files", NOBODY, {**ANOTHERS_REPORT, "quote": 1}, over=NO_SUCH_THING),
    Line("press reports.withdraw", ANYBODY, REPORT),
    Line("press reports.withdraw", NOBODY, ANOTHERS_REPORT, over=NO_SUCH_THING),
    Line("press reports.rate", ANYBODY, {"report": New.ANSWERED, "is_helpful": True}),
    Line("press reports.rate", NOBODY, {**ANOTHERS_REPORT, "is_helpful": True}, over=NO_SUCH_THING),
    Line("press reports.again", ANYBODY, {"report": New.ANSWERED, "would": True}),
    Line("press reports.again", NOBODY, {**ANOTHERS_REPORT, "would": True}, over=NO_SUCH_THING),
    # Rooms are configuration.
    Line("say room", ADMIN),
    Line("say room list", ADMIN),
    Line("say room add triage", ADMIN),
    Line("say room remove triage", ADMIN),
    # What becomes of a vote: who opened it, who decides and who vetoes, see workflows/votes.
    Line("say vote close V-1", NOBODY),
    Line("say vote decide V-1 decline", NOBODY),
    Line("say vote veto V-1 ground=legal", NOBODY),
    Line("say vote extend V-1 1d", NOBODY),
    Line("say vote mode V-1 secret", NOBODY),
    Line("say vote amend V-1", NOBODY),
    Line("say vote cancel V-1 because", NOBODY),
    Line("say vote reopen V-1 because", NOBODY),
    Line("press votes.close", NOBODY, VOTE_IN_VERSION),
    Line("press votes.confirm", NOBODY, VOTE_IN_VERSION),
    Line("open votes.decide", NOBODY, VOTE_IN_VERSION),
    Line("send votes.decide", NOBODY, VOTE_IN_VERSION),
    Line("open votes.amend", NOBODY, VOTE_IN_VERSION),
    Line("send votes.amend", NOBODY, VOTE_IN_VERSION),
    Line("open votes.reopen", NOBODY, VOTE),
    Line("send votes.reopen", NOBODY, VOTE),
    Line("open votes.veto", NOBODY, VOTE),
    Line("send votes.veto", NOBODY, VOTE),
    Line("press votes.uphold", NOBODY, {**VOTE, "veto": 1}),
    Line("press votes.reject", NOBODY, {**VOTE, "veto": 1}),
    Line("press votes.stand", NOBODY, {**VOTE, "stance": "agree"}),
    Line("open votes.object", NOBODY, VOTE),
    Line("send votes.object", NOBODY, VOTE),
    # A ballot is an elector's.
    Line("open votes.answer", MEMBERS, {**BALLOT, "choice": "decline"}),
    Line("send votes.answer", MEMBERS, {**BALLOT, "choice": "decline"}, WHY),
    Line("open votes.recuse", MEMBERS, {"vote": New.VOTE}),
    Line("send votes.recuse", MEMBERS, {"vote": New.VOTE}, WHY),
    Line("say vote V-990 advance", NOBODY),
    Line("say vote recuse V-990 because", NOBODY),
    Line("press votes.cast", NOBODY, {"vote": 990, "version": 1, "choice": "advance"}),
    Line("open votes.answer", NOBODY, {"vote": 990, "version": 1, "choice": "decline"}),
    Line("send votes.answer", NOBODY, {"vote": 990, "version": 1, "choice": "decline"}),
    Line("open votes.recuse", NOBODY, {"vote": 990}),
    Line("send votes.recuse", NOBODY, {"vote": 990}),
    # What a panel said: itself and who looks after the search; the figures are the lead's.
    Line(f"say feedback summary C-{JUDGED}", READERS),
    Line("press feedback.read_summary", READERS, {"interview": JUDGED}),
    Line("press feedback.read_card", READERS, {"card": JUDGED}),
    Line("press feedback.count_revision", PANEL, {"card": JUDGED, "version": 1}),
    Line(f"say feedback status S-{JUDGED}", ADMIN | RECRUITER),
    Line(f'say feedback open C-{JUDGED} --reason="The debrief was moved ahead."', ADMIN),
    # Votes: who has a part in one may know of it; by name auditors alone read who voted what.
    Line("say vote list", MEMBERS),
    Line(f"say vote status V-{VOTED}", PANEL | RECRUITER),
    Line("press votes.status", PANEL | RECRUITER, {"vote": VOTED}),
    Line(f"say vote record V-{VOTED}", PANEL | RECRUITER),
    Line("press votes.record", PANEL | RECRUITER, {"vote": VOTED}),
    Line(f"say vote ballots V-{VOTED}", NOBODY),
    # Evidence: those who triage read it, see workflows/reports; to all others there is none.
    Line("say security evidence R-990", NOBODY),
    Line("say security verify R-990", NOBODY),
    Line("say security harmless", ADMIN),
    Line("say security link many SI-990 R-990", NOBODY),
    # Reports: who triages them, see workflows/reports; to all others there is none.
    Line("say security queue", NOBODY),
    Line("say security show R-990", NOBODY),
    Line("say security take R-990", NOBODY),
    Line("say security release R-990", NOBODY),
    Line("say security ask R-990 Who called?", NOBODY),
    Line("say security close R-990 stopped", NOBODY),
    Line("say security reopen R-990", NOBODY),
    Line("press reports.take", NOBODY, UNHELD),
    Line("press reports.keep", NOBODY, UNHELD),
    Line("press reports.read", NOBODY, UNHELD),
    Line("open reports.ask", NOBODY, UNHELD),
    Line("send reports.ask", NOBODY, UNHELD, {"question": "Who called?"}),
    Line("open reports.close", NOBODY, UNHELD),
    Line("send reports.close", NOBODY, UNHELD, {"outcome": "stopped"}),
    # What its reporter alone does, who may be a guest.
    Line("say report answer R-990 It was hidden.", NOBODY, over=NO_SUCH_THING),
    Line("open reports.answer", NOBODY, UNHELD, over=NO_SUCH_THING),
    Line("send reports.answer", NOBODY, UNHELD, {"answer": "Hidden."}, over=NO_SUCH_THING),
    Line("open reports.reopen", NOBODY, UNHELD, over=NO_SUCH_THING),
    Line("send reports.reopen", NOBODY, UNHELD, {"why": "Again."}, over=NO_SUCH_THING),
    *INCIDENTS,
    *AGENDAS,
    *CAPTURES,
)


def spoken(words: str) -> str:
    """Return the route that *words* mean."""
    place, user = Place("", "", ""), UserRef("", "", "")
    understood = ROUTES.spoken(Command(id="", user=user, place=place, name="", text=words))
    assert understood, words
    return f"say {understood.command.name}"


def routed(line: Line) -> str:
    verb, about = line.does.split(" ", 1)
    return spoken(about) if verb == "say" else line.does


def all_routes() -> Iterable[str]:
    yield from (f"say {name}" for name in ROUTES.commands)
    yield from (f"use {id}" for id in ROUTES.shortcuts)
    yield from (f"search {id}" for id in ROUTES.searches)
    for id, route in ROUTES.actions.items():
        verbs = ("open", "send") if isinstance(route, FormRoute) else ("press",)
        yield from (f"{verb} {id}" for verb in verbs)


@pytest.fixture
async def on_sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """Rights are decided above the database, so that one kind is enough."""
    database = Database(sqlite_url)
    await database.open()
    yield database
    await database.close()


def test_every_route_has_a_line() -> None:
    assert {routed(line) for line in TABLE} == set(all_routes())


async def done(house: House, who: Who, line: Line) -> Answer:
    verb, about = line.does.split(" ", 1)
    ids = await house.made(who, line.ids)
    match verb:
        case "say":
            return await house.says(who, about)
        case "press" | "open":
            return await house.presses(who, about, ids)
        case "send":
            return await house.sends(who, about, ids, await house.made(who, line.answers))
        case "use":
            return await house.uses(who, about)
        case _:
            return await house.searches(who, about)


def leaves_an_entry(line: Line) -> bool:
    """Say whether the act writes; forms are opened and things are read without a trace."""
    verb, about = routed(line).split(" ", 1)
    if verb == "say":
        return not ROUTES.commands[about].route.rules.read_only
    if verb in {"press", "send"}:
        return not ROUTES.actions[about].rules.read_only
    if verb == "use":
        return not ROUTES.shortcuts[about].route.rules.read_only
    return False


def is_for_anybody(line: Line) -> bool:
    """Say whether a route looks at what everybody does."""
    verb, about = routed(line).split(" ", 1)
    route = ROUTES.commands[about].route if verb == "say" else ROUTES.actions[about]
    return route.rules.allow is Role.STRANGER


@pytest.mark.parametrize("platform", ["slack", "teams"])
@pytest.mark.parametrize("who", Who)
async def test_everybody_may_do_what_the_table_says_and_the_rest_is_not_there(
    on_sqlite: Database, platform: str, who: Who
) -> None:
    house = await move_in(on_sqlite, platform)
    refused = Message(text=FOR_STRANGERS_HERE if who in UNKNOWN_TO_US else NO_SUCH_THING)

    after = await house.audited()
    for line in TABLE:
        before = after
        answer = await done(house, who, line)
        after = await house.audited()
        left = after - before

        if who in line.told:
            assert (type(answer), left) == (Problems, 0), line
        elif who in line.may:
            assert answer != refused, line
            assert bool(left) == leaves_an_entry(line), (line, answer)
        else:
            is_over = line.over and (who not in UNKNOWN_TO_US or is_for_anybody(line))
            said = Message(text=line.over) if is_over else refused
            assert (answer, left) == (said, 0), line


@pytest.mark.parametrize("who", [who for who in Who if who not in UNKNOWN_TO_US])
async def test_what_one_may_not_do_reads_like_what_does_not_exist(
    on_sqlite: Database, who: Who
) -> None:
    house = await move_in(on_sqlite, "slack")

    made_up = [
        await house.presses(who, "glossary.nothing", {}),
        await house.presses(who, "glossary.show", {"term": 99, "sense": 1, "vocabulary": "plain"}),
        await house.sends(who, "people.nothing", {}, {}),
        await house.uses(who, "glossary.nothing"),
        await house.searches(who, "glossary.nothing"),
    ]

    assert made_up == [Message(text=NO_SUCH_THING)] * len(made_up)
