"""Findings and drafts in the form in which the confirming pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from luoshi.documents.models import Finding
from luoshi.ledger.confirming import words
from luoshi.ledger.confirming.checks import AMBIGUOUS_NAME, GROUP_UNKNOWN, LINE_IN_DOUBT, NEW_NAME, OTHER_UNIT
from luoshi.ledger.confirming.queries import FindingState
from luoshi.ledger.drafts import TaskDraft, draft_of
from luoshi.ledger.known_indicators import Known, has_other_unit
from luoshi.ledger.models import AssignmentRole
from luoshi.registry.matching import Match, Matcher, MatchState

ROW_CHARACTERS = 60
_STATE_OF_DOUBT = {
    NEW_NAME: MatchState.NEW,
    GROUP_UNKNOWN: MatchState.GROUP_UNKNOWN,
    AMBIGUOUS_NAME: MatchState.AMBIGUOUS,
}
ROLE_ICONS: Mapping[str, str] = {
    AssignmentRole.LEAD_LEADER: "user-star",
    AssignmentRole.LEAD_UNIT: "building-bank",
    AssignmentRole.RESPONSIBLE: "building",
    AssignmentRole.COOPERATING: "users-group",
    AssignmentRole.IMPLEMENTING: "tool",
}


@dataclass(frozen=True)
class Chip:
    """One party as printed with what the registry makes of it; ``index`` is its place among the draft's parties."""

    name: str
    index: int
    state: str
    state_label: str
    icon: str
    canonical: str
    members: Sequence[str]
    open_list: bool
    asks: bool


@dataclass(frozen=True)
class RoleChips:
    """The parties of one role."""

    label: str
    icon: str
    chips: Sequence[Chip]


@dataclass(frozen=True)
class Doubt:
    """One doubt in words, with the names or the words that it is about and where more is shown."""

    code: str
    about: str
    advice: str
    names: str
    tone: str
    url: str = ""


@dataclass(frozen=True)
class FindingRow:
    """One line of the list of findings."""

    pk: int
    number: str
    words: str
    who: str
    kind: str
    label: str
    icon: str
    is_pending: bool
    is_current: bool
    has_lines_in_doubt: bool = False


def chips_by_role(draft: TaskDraft, matcher: Matcher) -> list[RoleChips]:
    """Return the parties of a draft by role; roles without a party are left out."""
    numbered = list(enumerate(draft.parties))
    groups: list[RoleChips] = []
    for role in AssignmentRole:
        chips = [
            _chip(index, party.matched(matcher), party.name, party.open_list)
            for index, party in numbered
            if party.role == role
        ]
        if chips:
            groups.append(RoleChips(str(role.label), ROLE_ICONS[role], chips))
    return groups


def _chip(index: int, match: Match, name: str, open_list: bool) -> Chip:
    return Chip(
        name=name,
        index=index,
        state=match.state,
        state_label=str(words.MATCH_LABELS.get(match.state, match.state)),
        icon=words.MATCH_ICONS.get(match.state, "question-mark"),
        canonical=known_name(match, name),
        members=[each.short_name for each in match.members],
        open_list=open_list,
        asks=not match.is_settled,
    )


def known_name(match: Match, printed: str) -> str:
    """Return the registry's name where it is not the printed one."""
    if match.organization:
        return "" if printed in {match.organization.name, match.organization.short_name} else str(match.organization)
    name = match.person.name if match.person else match.group.name if match.group else ""
    return "" if name == printed else name


def doubts_in_words(
    state: FindingState, matcher: Matcher, known: Known, issues: Iterable[Mapping[str, Any]]
) -> list[Doubt]:
    """Return the doubts about a finding in words, those that weigh most first."""
    named: dict[str, list[str]] = {}
    for issue in issues:
        named.setdefault(issue["code"], []).append(str((issue.get("params") or {}).get("name", "")))
    draft = draft_of(state.finding)
    for code, match_state in _STATE_OF_DOUBT.items():
        named[code] = [each.name for each in draft.parties if each.matched(matcher).state == match_state]
    # What the parser says about a name is said once; that the registry lacks it too stands at the chip.
    said = {name for code, names in named.items() if code != NEW_NAME for name in names}
    unsaid = [name for name in named[NEW_NAME] if name not in said]
    codes = [code for code in state.doubts if code != NEW_NAME or unsaid]
    named[NEW_NAME] = unsaid
    named[OTHER_UNIT] = [each.quote or each.printed for each in draft.targets if has_other_unit(each, known)]
    named[LINE_IN_DOUBT] = [f"“{' '.join(line.read_as.split())}”" for line in state.lines]
    url = _lines_url(state)
    found = [_doubt(code, named.get(code, []), url if code == LINE_IN_DOUBT else "") for code in codes]
    return sorted(found, key=lambda doubt: doubt.tone != "warn")


def join_names(names: Iterable[str]) -> str:
    """Return names in one line, divided as the language does it."""
    return pgettext("between names", ", ").join(names)


def _lines_url(state: FindingState) -> str:
    """Return the address of the first line that a finding shares with the doubtful print, beside its picture."""
    if not state.lines:
        return ""
    line = state.lines[0]
    show = "&show=all" if line.is_decided else ""
    address = reverse("documents:doubtful_lines", args=[state.finding.document_id])
    return f"{address}?line={line.pk}{show}#line-{line.pk}"


def _doubt(code: str, names: Sequence[str], url: str = "") -> Doubt:
    about, advice = words.DOUBTS.get(code, words.UNKNOWN_DOUBT)
    listed = join_names(dict.fromkeys(name for name in names if name))
    return Doubt(code, str(about), str(advice), listed, "info" if code in words.MILD else "warn", url)


def rows_of(states: Iterable[FindingState], current_pk: int | None) -> list[FindingRow]:
    """Return the lines of the list of findings."""
    return [_row(state, state.finding.pk == current_pk) for state in states]


def _row(state: FindingState, is_current: bool) -> FindingRow:
    finding = state.finding
    kind = state_kind(state)
    text = finding.text
    return FindingRow(
        pk=finding.pk,
        number=finding.number,
        words=text if len(text) <= ROW_CHARACTERS else f"{text[:ROW_CHARACTERS]}…",
        who=_who(finding),
        kind=kind,
        label=str(words.FILTER_LABELS[kind]),
        icon=STATE_ICONS[kind],
        is_pending=state.is_pending,
        is_current=is_current,
        has_lines_in_doubt=state.is_pending and bool(state.lines),
    )


STATE_ICONS: Mapping[str, str] = {
    "doubtful": "alert-triangle",
    "clean": "circle",
    "accepted": "circle-check",
    "rejected": "circle-x",
}


def state_kind(state: FindingState) -> str:
    """Return the filter that names the finding's state best: doubtful, clean, accepted or rejected."""
    return next(kind for kind in ("accepted", "rejected", "clean", "doubtful") if state.is_in(kind))


def _who(finding: Finding) -> str:
    """Return who leads, as printed: the leaders, then the units."""
    leaders = [party["name"] for party in finding.parties("lead_leaders")]
    units = [party["name"] for field in ("lead_units", "responsible_units") for party in finding.parties(field)]
    shown = [*leaders[:2], *units[:2]]
    return join_names(shown) + ("…" if len(leaders) + len(units) > len(shown) else "")
