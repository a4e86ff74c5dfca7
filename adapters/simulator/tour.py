"""The tour of Parley: what the page suggests, and what `python app.py demo` plays."""

from adapters.simulator.demo import Step, Types

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
        does="Ben mixes two letters up and is offered what he may have meant.",
        person="ben",
        channel="general",
        act=Types("/term", "edmr"),
        expects="EDRM",
    ),
)
