"""What operators measure: base units, closed label sets, no names and no texts."""

from prometheus_client import Counter, Gauge, Histogram

INBOUND = Counter(
    "parley_inbound_requests",
    "Requests from platforms that were verified and handled.",
    ["platform", "kind", "outcome"],
)
ACK_SECONDS = Histogram(
    "parley_inbound_ack_seconds",
    "Time from the first byte to the acknowledgement.",
    ["platform"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3),
)
REJECTED = Counter(
    "parley_inbound_rejected",
    "Requests that were refused before anything read them.",
    ["platform", "reason"],
)
JOBS_READY = Gauge("parley_jobs_ready", "Jobs that wait for their time or for a worker.")
JOBS_OLDEST = Gauge("parley_jobs_oldest_seconds", "How long the oldest due job has waited.")
JOBS_DEAD = Gauge("parley_jobs_dead", "Jobs that failed for good and wait for an operator.")
DELIVERIES = Counter(
    "parley_deliveries", "Posts and edits handed to platforms.", ["platform", "outcome"]
)
SCHEDULE_LAG = Gauge("parley_schedule_lag_seconds", "How late the last scheduled slot was fired.")
