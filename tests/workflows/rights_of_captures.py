"""Who may keep what of meetings: lines of the table in `test_rights.py`.

Of these meetings nobody knows; what those who come may do stands in `tests/workflows/agendas`.
"""

from tests.workflows.rights import MEMBERS, NOBODY, Line

_ACTION, _MEETING = {"action": 990}, {"meeting": 990}
_PART = {**_MEETING, "part": 1}

CAPTURES = (
    Line("say action AG-990 Look", NOBODY),
    Line("say decision AG-990 Go", NOBODY),
    Line("say note AG-990 Hm", NOBODY),
    Line("use agendas.keep", MEMBERS),
    Line("open agendas.keep_form", NOBODY, _MEETING),
    Line("send agendas.keep_form", NOBODY, _MEETING, {"kind": "note", "what": "Hm"}),
    Line("say action list", MEMBERS),
    Line("say action done A-990", NOBODY),
    Line("say action drop A-990", NOBODY),
    Line("say action convert A-990 V-1", NOBODY),
    Line("say action give A-990", NOBODY),
    Line("press agendas.finish_action", NOBODY, _ACTION),
    Line("press agendas.drop_action", NOBODY, _ACTION),
    Line("open agendas.give_action", NOBODY, _ACTION),
    Line("send agendas.give_action", NOBODY, _ACTION, {"who": "UMEMBER"}),
    Line("say agenda minutes AG-990", NOBODY),
    Line("say agenda add AG-990 Badges", NOBODY),
    Line("open agendas.suggest_topic", NOBODY, {"series": 990}),
    Line("send agendas.suggest_topic", NOBODY, {"series": 990}, {"topic": "Badges"}),
    Line("say agenda topics AG-990", NOBODY),
    Line("say agenda park TP-990", NOBODY),
    Line("say agenda withdraw TP-990", NOBODY),
    Line("say agenda need AG-990 Analyst by=2027-01-15", NOBODY),
    Line("say agenda needs AG-990", NOBODY),
    Line("press agendas.need_over", NOBODY, {"need": 990}),
    Line("press agendas.keep_time", NOBODY, _MEETING),
    Line("press agendas.next_part", NOBODY, _PART),
    Line("press agendas.more_time", NOBODY, _PART),
)
