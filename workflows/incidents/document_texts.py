"""What stands beside the facts in the file of an incident, in English, ready for translation."""

from collections.abc import Mapping

FACTS: Mapping[str, str] = {
    "codename": "Spoken of as",
    "title": "Title",
    "category": "Kind",
    "severity": "Severity",
    "severity_reason": "Because",
    "tlp": "TLP",
    "state": "State",
    "outcome": "Outcome",
    "declared_at": "Declared",
    "contained_at": "Contained",
    "resolved_at": "Resolved",
    "closed_at": "Closed",
    "reopened": "Reopened, times",
    "merged_into": "Part of",
}
LISTS: Mapping[str, str] = {
    "departments": "Departments",
    "reports": "Reports",
    "timeline": "What happened",
}
LEARNED: Mapping[str, str] = {
    "went_well": "What went well",
    "slowed_us": "What slowed us",
    "one_change": "One change",
}
REVIEW, CAUSE, ACTIONS = "Review", "What made it possible", "What is to be done"
