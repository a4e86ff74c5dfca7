"""Who may do what with meetings that come back: lines of the table in `test_rights.py`."""

from tests.workflows.met import MET
from tests.workflows.rights import ADMIN, ITS_OWNER, MEMBERS, NOBODY, PANEL, Line

_OWNS = PANEL | ADMIN
_SERIES = {"series": MET}
#: Nobody knows of this one; what owners do stands in `tests/workflows/agendas`.
_MEETING = {"meeting": 990}
_TERMS = {
    "name": "Weekly",
    "days": ["tue"],
    "at": "10:00",
    "zone": "UTC",
    "weeks": "1",
    "length": "45",
    "first": "2026-11-03",
    "draft": "24",
    "publish": "2",
    "policy": "skip",
    "parts": ["carried"],
}

AGENDAS = (
    # Everybody plans meetings; one that is there its owners change, and those who come see it.
    Line("say agenda", MEMBERS),
    Line("say agenda list", MEMBERS),
    Line("say agenda schedule", MEMBERS),
    Line("open agendas.plan_series", MEMBERS),
    Line(
        "send agendas.plan_series",
        MEMBERS - ITS_OWNER,
        {},
        {**_TERMS, "partner": "UOWNER"},
        told=ITS_OWNER,
    ),
    Line(f"say agenda show AG-{MET}", _OWNS),
    Line(f"say agenda calendar AG-{MET}", _OWNS),
    Line(f"say agenda here AG-{MET}", _OWNS),
    Line(f"say agenda not here AG-{MET}", _OWNS),
    Line(f"say agenda invite AG-{MET} @UMANAGER", _OWNS),
    Line(f"say agenda uninvite AG-{MET} @UMANAGER", _OWNS),
    Line(f"say agenda owners AG-{MET} @UMEMBER @UOWNER", _OWNS),
    Line(f"say agenda skip AG-{MET} 2026-11-16", _OWNS),
    Line(f"say agenda restore AG-{MET} 2026-11-16", _OWNS),
    Line(f"say agenda move AG-{MET} 2026-11-16 to 2026-11-17", _OWNS),
    Line(f"say agenda pause AG-{MET} until 2026-12-01", _OWNS),
    Line(f"say agenda resume AG-{MET}", _OWNS),
    Line(f"say agenda change AG-{MET} 11:00", _OWNS),
    Line("open agendas.edit_series", _OWNS, _SERIES),
    Line("send agendas.edit_series", _OWNS, _SERIES, _TERMS),
    Line(f"say agenda end AG-{MET}", _OWNS),
    Line("press agendas.end", _OWNS, _SERIES),
    Line("press agendas.approve", NOBODY, _MEETING),
    Line("press agendas.cancel", NOBODY, _MEETING),
    Line("open agendas.reorder", NOBODY, _MEETING),
    Line("send agendas.reorder", NOBODY, _MEETING, {"what": "votes", "where": "first"}),
    Line("open agendas.drop", NOBODY, _MEETING),
    Line("send agendas.drop", NOBODY, _MEETING, {"what": "votes"}),
    Line("open agendas.reword", NOBODY, _MEETING),
    Line("send agendas.reword", NOBODY, _MEETING, {"what": "vote:1", "words": "Hm"}),
)
