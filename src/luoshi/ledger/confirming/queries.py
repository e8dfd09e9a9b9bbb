"""Reads of the confirming pages, a constant number of queries whatever the document holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min
from django.utils.translation import pgettext

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding, LineReview, Reading
from luoshi.documents.states import DocumentStatus, FindingStatus
from luoshi.ledger.confirming.checks import LINE_IN_DOUBT, doubts_of
from luoshi.ledger.confirming.lines_in_doubt import lines_in_doubt, touching
from luoshi.ledger.drafts import draft_of
from luoshi.ledger.known_indicators import Known, known_indicators
from luoshi.ledger.models import Confirmation, ConfirmationKind, Plan
from luoshi.registry.matching import Matcher

HISTORY_ROWS = 20
FILTERS = ("todo", "doubtful", "clean", "accepted", "rejected", "all")


@dataclass(frozen=True)
class FindingState:
    """One finding with what is doubted about it: first what the parser says, then what the registry does not know.

    ``lines`` are the lines of a scan with words of it that the recogniser was not sure of.
    """

    finding: Finding
    place: int
    doubts: tuple[str, ...]
    lines: tuple[LineReview, ...] = ()

    @property
    def is_pending(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.finding.status == FindingStatus.PENDING

    @property
    def is_clean(self) -> bool:
        """Tell whether nobody doubts anything."""
        return not self.doubts

    @property
    def rank(self) -> tuple[bool, int]:
        """The order of the work: doubtful ones first, then as printed."""
        return self.is_clean, self.finding.position

    def is_in(self, show: str) -> bool:
        """Tell whether a filter shows the finding."""
        status = FindingStatus(self.finding.status)
        return {
            "todo": self.is_pending,
            "doubtful": self.is_pending and not self.is_clean,
            "clean": self.is_pending and self.is_clean,
            "accepted": status == FindingStatus.ACCEPTED,
            "rejected": status == FindingStatus.REJECTED,
            "all": True,
        }[show]


@dataclass(frozen=True)
class HistoryRow:
    """One key press of somebody: how many decisions it made, and who took them back where somebody did."""

    confirmation_id: int
    kind: str
    decisions: int
    numbers: list[str]
    reason: str
    made_by: str
    made_at: Any
    undone_by: str
    undone_at: Any

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(ConfirmationKind(self.kind).label)

    @property
    def numbers_joined(self) -> str:
        """The numbers of the findings in one line."""
        return pgettext("between names", ", ").join(self.numbers)


@dataclass
class Board:
    """All findings of one document with their states, and what the filters show of them."""

    document: Document
    matcher: Matcher
    known: Known
    states: list[FindingState] = field(default_factory=list)

    def shown(self, show: str) -> list[FindingState]:
        """Return what a filter shows; what waits for a decision comes doubtful first, the rest as printed."""
        kept = [state for state in self.states if state.is_in(show)]
        return sorted(kept, key=lambda state: state.rank) if show in {"todo", "doubtful", "clean"} else kept

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many findings each filter shows."""
        return {show: sum(state.is_in(show) for state in self.states) for show in FILTERS}

    @property
    def decided(self) -> int:
        """How many findings somebody has decided about."""
        return len(self.states) - self.counts["todo"]

    def state_of(self, finding_pk: int | None) -> FindingState | None:
        """Return the state of one finding of this document."""
        return next((state for state in self.states if state.finding.pk == finding_pk), None)

    def next_after(self, finding_pk: int, show: str) -> FindingState | None:
        """Return what waits behind a finding in the order of the work, from the beginning where nothing does.

        The filter is not left: where nothing in it waits any more, there is none.
        """
        before = self.state_of(finding_pk)
        waiting = self.shown(show if show in {"doubtful", "clean"} else "todo")
        behind = (state for state in waiting if before and state.rank > before.rank)
        return next(behind, waiting[0] if waiting else None)

    def following_pending(self, finding_pk: int) -> FindingState | None:
        """Return the undecided finding that is printed next."""
        place = next((i for i, state in enumerate(self.states) if state.finding.pk == finding_pk), -1)
        return next((state for state in self.states[place + 1 :] if state.is_pending), None)


def read_board(document: Document) -> Board:
    """Return the findings of a document with their doubts, from one reading of the registry."""
    drafts = [(finding, draft_of(finding)) for finding in document.findings.select_related("decided_by")]
    board = Board(document, Matcher(), known_indicators(draft for _finding, draft in drafts))
    doubtful_lines = lines_in_doubt(document)
    for place, (finding, draft) in enumerate(drafts, start=1):
        lines = touching(finding, doubtful_lines)
        unsure = [LINE_IN_DOUBT] if lines else []
        doubts = [*finding.doubts, *unsure, *doubts_of(draft, board.matcher, board.known)]
        board.states.append(FindingState(finding, place, tuple(dict.fromkeys(doubts)), lines))
    return board


def current_of_family(document: Document) -> Document | None:
    """Return the printing of the same document that can be confirmed, where it is another one."""
    others = Document.objects.filter(family=document.family, status=DocumentStatus.CURRENT)
    return others.exclude(pk=document.pk).first()


def plan_pk_of(document: Document) -> int | None:
    """Return the key of the document's plan, where something was accepted from it."""
    return Plan.objects.filter(document=document).values_list("pk", flat=True).first()


def issues_within(document: Document, finding: Finding) -> list[dict[str, Any]]:
    """Return the parser's issues whose place lies inside a finding."""
    found = Reading.objects.filter(pk=document.reading_id).values_list("result__issues", flat=True).first()
    return [issue for issue in found or [] if _lies_within(issue.get("span"), finding)]


def decision_of(finding: Finding) -> Confirmation | None:
    """Return the decision about a finding that holds, with its tasks read along."""
    return (
        Confirmation.objects.filter(findings=finding, undone_at=None)
        .select_related("made_by")
        .prefetch_related("tasks")
        .first()
    )


def last_decision_of(user: User, document: Document) -> Confirmation | None:
    """Return what the person decided last in this document and has not taken back."""
    mine = Confirmation.objects.filter(document=document, made_by=user, undone_at=None)
    return mine.select_related("document").order_by("-made_at", "-pk").first()


def count_batch(confirmation: Confirmation) -> int:
    """Return how many decisions stand that were made with the same key press."""
    return Confirmation.objects.filter(batch=confirmation.batch, undone_at=None).count()


def list_history(document: Document, *, rows: int = HISTORY_ROWS) -> list[HistoryRow]:
    """Return the latest key presses of everybody in this document, newest first; two queries."""
    grouped: Any = (
        Confirmation.objects.filter(document=document)
        .order_by()
        .values("batch", "kind", "reason", "made_by__display_name", "undone_by__display_name")
        .annotate(first=Min("pk"), decisions=Count("pk"), made=Max("made_at"), undone=Max("undone_at"))
        .order_by("-made", "-first")[:rows]
    )
    listed = list(grouped)
    numbers = _numbers_of(row["first"] for row in listed if row["decisions"] == 1)
    return [_history_row(row, numbers.get(row["first"], [])) for row in listed]


def _numbers_of(confirmation_pks: Iterable[int]) -> dict[int, list[str]]:
    pairs = (
        Confirmation.findings.through.objects.filter(confirmation__in=list(confirmation_pks))
        .order_by("finding__position")
        .values_list("confirmation_id", "finding__number")
    )
    numbers: dict[int, list[str]] = {}
    for confirmation_pk, number in pairs:
        numbers.setdefault(confirmation_pk, []).append(number)
    return numbers


def _history_row(row: dict[str, Any], numbers: list[str]) -> HistoryRow:
    return HistoryRow(
        confirmation_id=row["first"],
        kind=row["kind"],
        decisions=row["decisions"],
        numbers=numbers,
        reason=row["reason"],
        made_by=row["made_by__display_name"],
        made_at=row["made"],
        undone_by=row["undone_by__display_name"] or "",
        undone_at=row["undone"],
    )


def _lies_within(span: dict[str, int] | None, finding: Finding) -> bool:
    return bool(span and finding.start <= span["start"] and span["end"] <= finding.end)
