"""What is said about agendas, in English, ready for translation."""

from workflows.agendas.rules import Part

SUMMARY = "The weekly meeting's agenda, written from live data, and the actions that come of it."
WHICH_SERIES = (
    "Name the meeting by its number, such as AG-3, or say this in the channel where its agenda is "
    "posted. Say `agenda list` for the meetings that you come to."
)
WHICH_ACTION = "Name the action by its number, such as A-33. Say `action list` for your own."
WHICH_TOPIC = "Name the topic by its number, such as TP-5; the draft of the agenda shows it."

TITLES = {
    Part.CARRIED: "Carry-over actions",
    Part.ESCALATIONS: "Open escalations",
    Part.FEEDBACK: "Overdue feedback",
    Part.SEARCHES: "Active searches",
    Part.DECISIONS: "Decisions due",
    Part.NEEDS: "Upcoming needs",
    Part.INCIDENTS: "Incidents affecting hiring",
    Part.PULSE: "KPI pulse",
    Part.WORDS: "Glossary and requirements",
    Part.ADDED: "Added items",
}
