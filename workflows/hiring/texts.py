"""What hiring says."""

SUMMARY = "Searches, candidates, interviews, and what people are judged by."
