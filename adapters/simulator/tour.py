"""The tour of Parley: what the page suggests, and what `python app.py demo` plays."""

from adapters.simulator.demo import DIRECT, Presses, Step, Types

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
        does="Ada suggests a word of her trade. It is not published yet.",
        person="ada",
        channel="general",
        act=Types("/term", "add boomerang = Somebody who left and now comes back to work here."),
        expects="can approve it",
    ),
    Step(
        title="Let another person approve it",
        does="Elena, who owns the recruiters' words, approves it in her direct messages.",
        person="elena",
        channel=DIRECT,
        act=Presses("Approve"),
        expects="Approved by Elena",
    ),
    Step(
        title="Share it with everybody",
        does="Ada posts the new meaning in the channel, where Ben reads it too.",
        person="ada",
        channel="general",
        act=Types("/term", "share boomerang"),
        expects="now comes back to work here",
        seen_by="ben",
    ),
)
