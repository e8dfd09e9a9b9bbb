"""What a person should look at before a finding becomes a task, beyond what the parser doubted."""

from collections.abc import Iterable, Sequence

from luoshi.documents.models import Finding, LineReview
from luoshi.ledger.confirming.lines_in_doubt import touching
from luoshi.ledger.drafts import TaskDraft, draft_of
from luoshi.ledger.known_indicators import NOTHING_KNOWN, Known, has_other_unit, known_indicators
from luoshi.ledger.models import ANSWERING_ROLES
from luoshi.registry.matching import Matcher, MatchState

NO_TEXT = "no_text"
NOBODY_ANSWERS = "nobody_answers"
NEW_NAME = "new_name"
GROUP_UNKNOWN = "group_unknown"
AMBIGUOUS_NAME = "ambiguous_name"
OTHER_UNIT = "other_unit"
LINE_IN_DOUBT = "line_in_doubt"

_BY_STATE = {
    MatchState.NEW: NEW_NAME,
    MatchState.GROUP_UNKNOWN: GROUP_UNKNOWN,
    MatchState.AMBIGUOUS: AMBIGUOUS_NAME,
}
# These keep a task from being written at all; the others only ask for a look.
BLOCKING = frozenset({NO_TEXT})


def doubts_of(draft: TaskDraft, matcher: Matcher, known: Known = NOTHING_KNOWN) -> list[str]:
    """Return the codes of what is missing or unknown in the draft, each once; ``known`` are its indicators."""
    doubts = [] if draft.text.strip() else [NO_TEXT]
    if not any(party.role in ANSWERING_ROLES for party in draft.parties):
        doubts.append(NOBODY_ANSWERS)
    states = (party.matched(matcher).state for party in draft.parties)
    doubts.extend(_BY_STATE[state] for state in states if state in _BY_STATE)
    if any(has_other_unit(target, known) for target in draft.targets):
        doubts.append(OTHER_UNIT)
    return list(dict.fromkeys(doubts))


def clean_of(findings: Iterable[Finding], matcher: Matcher, lines: Sequence[LineReview] = ()) -> list[Finding]:
    """Return the findings about which neither the parser nor the registry nor the ledger doubts anything.

    ``lines`` are those of the document that the recogniser was not sure of.
    """
    drafts = [(finding, draft_of(finding)) for finding in findings]
    known = known_indicators(draft for _finding, draft in drafts)
    return [
        each
        for each, draft in drafts
        if not each.doubts and not touching(each, lines) and not doubts_of(draft, matcher, known)
    ]
