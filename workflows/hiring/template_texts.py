"""What hiring says of scorecard templates."""

from collections.abc import Sequence

from workflows.hiring.rules import FULL_WEIGHT, SECURITY, SHARED, TALENT, TemplateState

HELP_LIST = "List the scorecard templates."
HELP_TEMPLATE = "Show what people are judged by, role by role."
HELP_SHOW = "Show a scorecard template with the bar of each criterion."
HELP_PROPOSE = "Suggest other weights for a role's scorecard."
HELP_SIGN = "Agree to a template for your department."
USAGE_TEMPLATE = "[T-3]"
USAGE_PROPOSE = '["<role family>" <level> tech=40 ir=25 …]'
USAGE_SIGN = "T-3"

FORM_PROPOSE = "Suggest weights"
SUBMIT_PROPOSE = "Suggest"
MUST = "Must be passed"
HINT_MUST = "Whatever the sum says, a candidate below the bar here is flagged."
EXPLAIN_WEIGHTS = f"All weights together are exactly {FULL_WEIGHT} percent."
SIGN = "Sign"
CHANGE = "Suggest other weights"
FAMILY_MAX, LEVEL_MAX = 50, 20

STATES = {
    TemplateState.PROPOSED: "Waits for signatures",
    TemplateState.IN_FORCE: "In force",
    TemplateState.WITHDRAWN: "Replaced by a newer one",
}
OWNERS = {SECURITY: "security", TALENT: "talent acquisition", SHARED: "shared"}
COLUMNS = ("Template", "Role", "Version", "State", "Weights")
FACTS = {
    "role": "Role",
    "version": "Version",
    "state": "State",
    "signed": "Signed by",
    "frozen": "Used",
}
FROZEN = "by interviews, so it never changes"
AT_SETUP = "agreed when Parley was set up"
NO_PROMPT = "Evidence: what did you see or hear?"
NO_TEMPLATES = "There are no templates yet. `python app.py seed` adds six to begin with."
OWN_SEAT_TAKEN = (
    "You have signed it already. The other signature comes from an owner of the other "
    "department, and from another person."
)
NOT_YOURS = (
    "It waits for a department that you do not own. "
    "`people list --role=owner` tells an admin who does."
)
NOT_OPEN = "It does not wait for signatures any more. `template list` shows what is in force."
HOW_TO_PROPOSE = (
    "Say the role family, the level and the weights, such as "
    '`template propose "SOC analyst" junior tech=25 ir=20 comm=20 growth=25 team=10`.'
)


def must_pass(least: int) -> str:
    """Say that a criterion must be passed."""
    return f", must be passed with {least}"


def bad_sum(total: int) -> str:
    """Say that the weights do not add up."""
    off = FULL_WEIGHT - total
    hint = f"{off} more" if off > 0 else f"{-off} less"
    return f"The weights add up to {total}; they must be exactly {FULL_WEIGHT}: give {hint}."


def bad_weight(key: str) -> str:
    """Say what a weight is."""
    return f"The weight of {key} must be a whole number from 1 to {FULL_WEIGHT}."


def no_criterion(unknown: Sequence[str], offered: Sequence[str]) -> str:
    """Say which criteria there are."""
    return f"There is no criterion “{', '.join(unknown)[:60]}”. Use {', '.join(offered)}."


def nothing_to_change(role: str) -> str:
    """Say that a role has no template to begin from."""
    return (
        f"No template is in force for {role} yet. Name one to begin from, such as --like=T-1; "
        "`template list` shows them all."
    )


def replaced(code: str) -> str:
    """Say that something newer is there to begin from."""
    return f"{code} is not in force, so nothing begins from it. `template list` shows what is."


def same_weights(code: str) -> str:
    """Say that nothing would change."""
    return f"{code} says exactly this already, so nothing was suggested."


def proposed(code: str, names: Sequence[str], ownerless: Sequence[str]) -> str:
    """Confirm a suggestion, and say who is asked, and where nobody can sign."""
    asked = f" I asked {', '.join(names)}." if names else ""
    if ownerless:
        missing = " or ".join(OWNERS[department] for department in ownerless)
        asked += f" Nobody owns {missing} yet: ask an admin for `people grant @who owner@…`."
    return (
        f"{code} waits for two signatures: an owner of security and one of talent acquisition."
        f"{asked} Interviews that are planned keep the scorecard they have."
    )


def signed(code: str, waits_for: Sequence[str]) -> str:
    """Confirm a signature."""
    if not waits_for:
        return f"{code} is in force: new interviews use it, and planned ones keep theirs."
    return f"You have signed {code}. It waits for {' and '.join(map(_owner, waits_for))}."


def _owner(department: str) -> str:
    return f"an owner of {OWNERS[department]}"
