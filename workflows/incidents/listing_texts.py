"""What is said above and below a list of incidents."""

HELP = "List the open incidents that you may read."
TITLE, HOME = "Open incidents", "Incidents that you act on"
NONE = "There is no open incident that you may read."
MORE = "There are more. Say `security status SI-42` for one that is not on this page."
