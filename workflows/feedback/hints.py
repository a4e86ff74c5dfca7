"""Words in evidence that say something about a person which nobody may judge, or say nothing.

They are hints for the author alone: words are looked for, and what is meant by them is not known.
What people in security say every day (a child process, a health check) is left out first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Hint(StrEnum):
    """What a text may be about."""

    AGE = "age"
    FAMILY = "family"
    MARRIAGE = "marriage"
    RELIGION = "religion"
    ORIGIN = "origin"
    HEALTH = "health"
    ORIENTATION = "orientation"
    UNION = "union"
    RECORD = "record"
    IMPRESSION = "impression"


_THEY = r"(?:he|she|they|candidate|who|applicant)"
_THEIR = r"(?:his|her|their|candidate's|applicant's)"
_ARE = r"(?:'s|'re| is| are| was| were| seems| seemed| looks| looked| sounds| sounded)"

#: Said of machines and texts, never of a candidate.
_OF_MACHINES = (
    r"(?:child|children|parent|orphan(?:ed)?|zombie) "
    r"(?:process|node|thread|element|domain|account|key|object|class|director|table|record|task"
    r"|commit|job)\w*",
    r"process(?:es)?(?: \w+){0,2} child(?:ren)?",
    r"health[- ]?(?:check|endpoint|probe|status|monitor|care|data|record|sector|insurance)\w*",
    r"race condition\w*",
    r"accent(?:ed)? (?:colou?r|char|character|letter|mark)\w*",
    r"non-?binary (?:file|format|data|protocol|output|class)\w*",
    r"(?:born|divorced) (?:from|of|out)\b",
    r"birthday (?:attack|paradox|problem|collision|bound)\w*",
    r"(?:alert|log|key|secret|ticket|event|certificate|account)s? by their age",
    r"(?:process|service|daemon)\w* (?:\w+ ){0,2}in jail",
    r"old(?:er)? (?:version|log|server|system|machine|ticket|alert|code|rule|key|account)\w*",
)
_TOPICS: Mapping[Hint, tuple[str, ...]] = {
    Hint.AGE: (
        rf"{_THEIR} age",
        rf"{_THEY}{_ARE}(?: \w+)?(?: \w+)? (?:old|older|young|younger|elderly|\d\ds?)"
        r"(?! (?:minutes|hours|days|weeks|months|percent|times|of)\b)",
        r"too (?:old|young) for",
        r"(?:older|younger|elderly|young) (?:man|woman|guy|girl|lady|gentleman|person|people"
        r"|candidate|colleague|mother|father)",
        r"\d\d[- ]years?[- ]old (?:man|woman|guy|girl|lady|person|candidate)",
        rf"in {_THEIR} (?:early |mid |late )?(?:twenties|thirties|forties|fifties|sixties|\d0s)",
        r"(?:close|near|next) to retire\w*|near(?:ing)? retirement|retirement age",
        r"date of birth|birthday|millennial\w*|boomer\w*|gen z|for (?:his|her|their) age",
    ),
    Hint.FAMILY: (
        r"pregnan\w+|maternity|paternity|parental leave|child ?care|breast-?feeding|nursing mother",
        rf"{_THEIR} (?:\w+ )?(?:kids?|child|children|bab(?:y|ies)|family|sons?|daughters?)",
        r"(?:has|have|had|with|wants?|plans?|expecting) (?:\w+ ){0,2}(?:kids?|children|a baby)",
        r"(?:start|starting|raise|raising|have|having) a family",
        r"single (?:mother|mom|mum|father|dad|parent)",
        r"(?:mother|father) of (?:a|two|three|four|five|twins|young|small)",
    ),
    Hint.MARRIAGE: (
        r"(?:un)?married|divorc(?:ed|ee|ing)|marital|spouse|husband|wife|widow(?:ed|er)?"
        r"|fianc[ée]e?|maiden name|(?:his|her) (?:boy|girl)friend",
    ),
    Hint.RELIGION: (
        r"religio(?:n|ns|us)|muslim|islam(?:ic)?|jew|jewish|hindu|buddhist|sikh|catholic"
        r"|protestant|mormon|atheist|hijab|headscar(?:f|ves)|kippah?|yarmulke|turban|mosque"
        r"|synagogue|ramadan|sabbath|shabbat|prays|praying|prayers?",
        r"(?:a|is|was|devout|practi[cs]ing) christian|christian (?:faith|values|background)",
        rf"(?:goes to|attends|{_THEIR}) church",
    ),
    Hint.ORIGIN: (
        r"accent|accents|(?:non-?)?native (?:\w+ )?speaker|mother tongue|immigrants?|foreigners?"
        r"|foreign (?:accent|name|born|background)|nationality|national origin|ethnic\w*|racial"
        r"|skin colou?r|ancestry",
        rf"{_THEIR} (?:race|heritage|country of origin|home country)",
        rf"where {_THEY}(?:{_ARE}| comes?| came) (?:originally )?from|originally from"
        r"|(?:moved|came) here from|(?:im|e)migrated from",
        rf"{_THEY} (?:was|were) born in",
    ),
    Hint.HEALTH: (
        r"disabilit(?:y|ies)|wheelchair|hearing aids?|hard of hearing|legally blind|autis(?:m|tic)"
        r"|adhd|asperger\w*|dyslexi\w+|depression|bipolar|anxiety disorder|diabet\w+|epilep\w+"
        r"|stammer\w*|stutter(?:s|ed)|overweight|obese|chronically ill|sick leave|mental illness",
        rf"{_THEY}{_ARE}(?: \w+)? (?:disabled|deaf|blind|depressed|ill|sick|healthy)",
        rf"{_THEIR} (?:\w+ )?(?:health|illness|disease|medication|therapy|medical)",
        r"(?:has|had|survived) cancer",
    ),
    Hint.ORIENTATION: (
        r"gay|lesbian|bisexual|homosexual|heterosexual|queer|transgender|lgbt\w*"
        r"|trans (?:man|woman|person)|sexual orientation|gender identity",
        r"(?:is|as) non-?binary",
    ),
    Hint.UNION: (
        r"(?:trade|labou?r) unions?|unioni[sz]\w*|works council|shop steward",
        r"union (?:member|rep|representative|steward|activist|organi[sz]er|dues)\w*",
        r"(?:member of|joined|in) (?:a|the|their) union(?! of)",
    ),
    Hint.RECORD: (
        r"criminal (?:record|history|background|past|conviction)s?|felon(?:y|ies|s)?"
        r"|ex-?(?:con|convict|offender)s?|(?:time|months|years|was|been) in (?:prison|jail)",
        rf"{_THEY} (?:was|were|is|has been|had been|got) (?:\w+ )?(?:convicted|arrested|jailed)",
    ),
}
_IMPRESSIONS = (
    r"gut (?:feel(?:ing)?|says|tells)|(?:not|isn't|wasn't) a (?:\w+ )?fit"
    r"|(?:good|great|bad|strange|weird|no|nice) (?:vibes?|fit|energy|chemistry)"
    r"|(?:cultur(?:e|al)|team) fit|vibes?|hunch|my instinct|did(?:n't| not) feel right"
    r"|something (?:felt|was) off|felt (?:right|wrong|off)|one of us|not (?:our|my) type"
    r"|rubbed me|(?:dis)?liked? (?:him|her|them)|nice (?:guy|girl|person)|have a beer",
)
#: Where one of these stands, the text tells what somebody did.
_BEHAVIOUR = (
    r"ask(?:s|ed)|said|explain(?:s|ed)|describ(?:es|ed)|walk(?:s|ed)|show(?:s|ed)|wrote"
    r"|writes|buil[dt]s?|named|gave|gives|solv(?:es|ed)|answer(?:s|ed)|list(?:s|ed)|drew|found"
    r"|propos(?:es|ed)|missed|led|handled|debugged|identif(?:ies|ied)|interrupt(?:s|ed)"
    r"|listen(?:s|ed)|admit(?:s|ted)|compar(?:es|ed)|chose|refus(?:es|ed)|apologi[sz]ed|trac(?:es|ed)"
    r"|used|mention(?:s|ed)|told|suggest(?:s|ed)|notic(?:es|ed)|check(?:s|ed)|correct(?:s|ed)"
    r"|present(?:s|ed)|mapped|stopped|started|escalated|isolated|contained|could not|did not \w+"
    r"|for example|for instance|when i",
)
#: What is left of these words alone names no behaviour, however often they are said.
_FILLER = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are at bad be been but candidate chemistry company cultural culture "
        "definitely "
        "did do does excellent feel feels felt fit fits fitted fitting for from good great had has "
        "have he her here him his i in is it just like match matches me my nice no not of our ours "
        "overall perfect person personality poor probably quite really seem seems she so some "
        "strong such team that the their them there they think this to total totally us value "
        "values very vibe vibes was we weak well were will with would wrong",
    )
)
_ABOUT_FIT = frozenset({"fit", "fits", "fitted", "fitting", "vibe", "vibes", "match", "matches"})


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    # Without a flag for capitals, which makes a search four times as long: see `found`.
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_MACHINES, _EMPTY, _DONE = _any(_OF_MACHINES), _any(_IMPRESSIONS), _any(_BEHAVIOUR)
_WORDS = {hint: _any(patterns) for hint, patterns in _TOPICS.items()}


def found(text: str) -> frozenset[Hint]:
    """Return what *text* may be about that does not belong into a judgement."""
    line = _MACHINES.sub(";", " ".join(text.casefold().replace("\u2019", "'").split()))
    topics = {hint for hint, words in _WORDS.items() if words.search(line)}
    if _EMPTY.search(line) and not _DONE.search(line):
        topics.add(Hint.IMPRESSION)
    return frozenset(topics)


def in_fields(texts: Mapping[str, str]) -> dict[str, frozenset[Hint]]:
    """Return the hints of each text that has any."""
    hinted = {name: found(text) for name, text in texts.items() if text}
    return {name: hints for name, hints in hinted.items() if hints}


def counted(hinted: Mapping[str, frozenset[Hint]]) -> dict[str, int]:
    """Return how many texts have each hint; this is all that is ever kept of them."""
    counts = Counter(hint.value for hints in hinted.values() for hint in hints)
    return dict(sorted(counts.items()))


def names_no_behaviour(text: str) -> bool:
    """Say whether *text* speaks of a fit and of nothing that somebody did."""
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    return bool(words & _ABOUT_FIT) and words <= _FILLER
