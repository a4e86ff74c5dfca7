"""The tour of Parley: what the page suggests, and what `python app.py demo` plays."""

from adapters.simulator.demo import Step
from adapters.simulator.menu import NEXT_MONDAY_EARLY, NEXT_SUNDAY
from adapters.simulator.scenes import DIRECT, TEAMS, Jumps, Presses, Says, Types, Waits

TOUR = (
    Step(
        title="Look a term up",
        does="Ada, a recruiter, asks what EDRM means. Only she sees the answer.",
        person="ada",
        channel="general",
        act=Types("/term", "EDRM"),
        expects="Electronic Discovery Reference Model",
    ),
    Step(
        title="Spell it wrong",
        does="Ben mixes two letters up. Parley asks what he meant instead of guessing.",
        person="ben",
        channel="general",
        act=Types("/term", "edmr"),
        expects="Did you mean",
    ),
    Step(
        title="Choose what was meant",
        does="Ben presses the word he had in mind.",
        person="ben",
        channel="general",
        act=Presses("EDRM"),
        expects="Electronic Discovery Reference Model",
    ),
    Step(
        title="Suggest a meaning",
        does=(
            "Ada suggests a word that she hears from candidates. It belongs to security, "
            "and it is not published yet."
        ),
        person="ada",
        channel="general",
        act=Types(
            "/term",
            'add "crown jewels" --dept=security = What would hurt us most if it were lost.',
        ),
        expects="can approve it",
    ),
    Step(
        title="Let another person approve it, on Teams",
        does=(
            "Farid, the director of security, lives on Teams and approves it in his chat with "
            "Parley. His card changes there, and Ada's copy of it on Slack."
        ),
        person="farid",
        channel=DIRECT,
        act=Presses("Approve"),
        expects="Approved by Farid Haddad",
        platform=TEAMS,
        beside="ada",
    ),
    Step(
        title="Share it with everybody",
        does="Ada posts the new meaning in the channel, where Ben reads it too.",
        person="ada",
        channel="general",
        act=Types("/term", "share crown jewels"),
        expects="would hurt us most",
        seen_by="ben",
    ),
    Step(
        title="Ask on Teams",
        does="Grace, an interviewer, asks for it on Teams, and is answered in her own chat.",
        person="grace",
        channel="hiring-security",
        act=Says("@Parley term crown jewels"),
        expects="would hurt us most",
        seen_in=DIRECT,
        platform=TEAMS,
    ),
    Step(
        title="Give the last scorecard",
        does=(
            "Elena met a candidate yesterday, together with Chiara and Dev. They have written "
            "their scorecards, which she cannot read before hers is in. It is the last one, so "
            "the summary opens, and the room of the search hears of it: its private channel on "
            "Slack, and security's on Teams."
        ),
        person="elena",
        channel="hiring-security",
        act=Types(
            "/scorecard",
            "quick I-1 overall=yes tech=3 ir=3 comm=4 growth=3 team=3 -- Told the board in two "
            "minutes what was lost, what was not known yet, and what she would do next.",
        ),
        expects="The summary on C-1 in S-1, stage panel is ready",
        beside="farid",
        beside_in="Security",
    ),
    Step(
        title="Read where the panel is split",
        does=(
            "Farid, the hiring manager, reads the summary in his own chat. The score hides "
            "nothing: on each criterion he sees the lowest, the middle and the highest rating, and "
            "where they are far apart."
        ),
        person="farid",
        channel="Security",
        act=Presses("Read the summary"),
        expects="far apart (!!)",
        seen_in=DIRECT,
        platform=TEAMS,
    ),
    Step(
        title="Vote on Teams",
        does=(
            "A strong yes has met a strong no, so a vote has opened by itself. Its card stands in "
            "the room of the search, on both platforms. Chiara presses her answer on Teams; a "
            "window asks why, and she sends it as it is. Both cards count one answer, and tell "
            "nobody which it was."
        ),
        person="chiara",
        channel="Security",
        act=Presses("Advance", then="Vote"),
        expects="1 of 5",
        platform=TEAMS,
        beside="ada",
        beside_in="hiring-security",
    ),
    Step(
        title="Vote on Slack, in words",
        does=(
            "Ada, who recruits, types hers as a slash command, which nobody else sees. Both cards "
            "go on counting. Had she written it to @Parley in the channel, it would not have "
            "counted, and she alone would have been told how to vote."
        ),
        person="ada",
        channel="hiring-security",
        act=Types("/vote", 'V-1 advance "She told the board what she did not know yet."'),
        expects="2 of 5",
        beside="farid",
        beside_in="Security",
    ),
    Step(
        title="Read nothing of how it stands",
        does=(
            "Farid is asked to vote as well, and he decides in the end. He types his vote in his "
            "own chat. Until the close even he reads only how many have answered."
        ),
        person="farid",
        channel=DIRECT,
        act=Says('vote V-1 advance "She can learn the rest from Dev."'),
        expects="You voted in V-1: Advance",
        platform=TEAMS,
    ),
    Step(
        title="Let the deadline pass",
        does=(
            "The clock is moved five days on. The vote has closed by itself, three of five have "
            "answered, and both sides among them. Now Farid reads what it came to, and is asked "
            "to decide: a vote recommends, a person decides."
        ),
        person="farid",
        channel=DIRECT,
        act=Waits(days=5),
        expects="Confirm: Advance",
        platform=TEAMS,
    ),
    Step(
        title="Decide",
        does=(
            "Farid confirms it with one press. To decide otherwise, he would have to say why. "
            "Whoever voted otherwise would be asked how they stand to it."
        ),
        person="farid",
        channel=DIRECT,
        act=Presses("Confirm: Advance"),
        expects="Decided: Advance",
        platform=TEAMS,
        beside="ada",
    ),
    Step(
        title="Report something odd",
        does=(
            "Elena had an odd call and says so in one line, which nobody else there reads. "
            "She gets a number, and by when a person looks. On Teams the report's card stands "
            "where those read who triage. A post in #security-reports does the same."
        ),
        person="elena",
        channel="general",
        act=Types("/report", "that Somebody called, from IT he said, and wanted my sign-in code."),
        expects="R-6",
        beside="chiara",
        beside_in="security-triage",
    ),
    Step(
        title="Take the report, on Teams",
        does=(
            "Chiara is on duty and takes it with one press, so that nobody else is called. "
            "The card names her, and Elena is told that somebody has it."
        ),
        person="chiara",
        channel="security-triage",
        act=Presses("Take it"),
        expects="Looked at by",
        platform=TEAMS,
    ),
    Step(
        title="Ask whoever reported it",
        does=(
            "Chiara asks a question from Teams. Elena reads it on Slack as security's, with a "
            "button for the answer; how it ended she will hear in the same place."
        ),
        person="chiara",
        channel=DIRECT,
        act=Says("security ask R-6 Did he leave a number to call back?"),
        expects="question about",
        platform=TEAMS,
        beside="elena",
    ),
    Step(
        title="Read the draft of an agenda",
        does=(
            "Security and talent acquisition meet every Monday at nine. The clock is moved to the "
            "Sunday before: both owners, Elena on Slack and Chiara on Teams, have the draft, which "
            "wrote itself from what is open now, the action of last week first."
        ),
        person="elena",
        channel=DIRECT,
        act=Jumps(NEXT_SUNDAY),
        expects="draft of the agenda (AG-1)",
        beside="chiara",
    ),
    Step(
        title="Approve it",
        does=(
            "Elena could change the order, leave something out or say it better. She approves it; "
            "without a word of anybody it would be posted all the same."
        ),
        person="elena",
        channel=DIRECT,
        act=Presses("Approve"),
        expects="the agenda is approved",
    ),
    Step(
        title="Read the agenda on both platforms",
        does=(
            "The clock is moved to Monday, two hours before they meet. The agenda is posted once "
            "in each channel of the meeting, and says what everybody who reads there may know."
        ),
        person="elena",
        channel="hiring-security",
        act=Jumps(NEXT_MONDAY_EARLY),
        expects="Security and TA: agenda (AG-1)",
        beside="farid",
        beside_in="Security",
    ),
    Step(
        title="Let the meeting begin",
        does="Two hours on it is nine. The drafts have done their work and say what to do now.",
        person="elena",
        channel=DIRECT,
        act=Waits(hours=2),
        expects="has begun",
        beside="chiara",
    ),
    Step(
        title="Keep an action",
        does=(
            "Ada keeps what they agree, here by a slash command; in the thread of the agenda, or "
            "from beside a message, it goes as well. It stands in the minutes, Dev is told when "
            "the meeting is over, and it comes back every Monday until it is done."
        ),
        person="ada",
        channel="hiring-security",
        act=Types("/action", '"Ask who still has no badge" dev@northwind.example due=fri'),
        expects="A-2 is kept: Dev Raghunathan does it",
    ),
)
