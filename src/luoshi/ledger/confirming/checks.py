"""What a person should look at before a finding becomes a task, beyond what the parser doubted."""

from luoshi.documents.models import Finding
from luoshi.ledger.drafts import TaskDraft, draft_of
from luoshi.ledger.models import ANSWERING_ROLES
from luoshi.registry.matching import Matcher, MatchState

NO_TEXT = "no_text"
NOBODY_ANSWERS = "nobody_answers"
NEW_NAME = "new_name"
GROUP_UNKNOWN = "group_unknown"
AMBIGUOUS_NAME = "ambiguous_name"

_BY_STATE = {
    MatchState.NEW: NEW_NAME,
    MatchState.GROUP_UNKNOWN: GROUP_UNKNOWN,
    MatchState.AMBIGUOUS: AMBIGUOUS_NAME,
}
# These keep a task from being written at all; the others only ask for a look.
BLOCKING = frozenset({NO_TEXT})


def doubts_of(draft: TaskDraft, matcher: Matcher) -> list[str]:
    """Return the codes of what is missing or unknown in the draft, each once."""
    doubts = [] if draft.text.strip() else [NO_TEXT]
    if not any(party.role in ANSWERING_ROLES for party in draft.parties):
        doubts.append(NOBODY_ANSWERS)
    states = (party.matched(matcher).state for party in draft.parties)
    doubts.extend(_BY_STATE[state] for state in states if state in _BY_STATE)
    return list(dict.fromkeys(doubts))


def is_clean(finding: Finding, matcher: Matcher) -> bool:
    """Tell whether neither the parser nor the registry doubts anything about the finding."""
    return not finding.doubts and not doubts_of(draft_of(finding), matcher)
