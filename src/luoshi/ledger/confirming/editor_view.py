"""An editor as its template shows it: each row with what the registry makes of it, and what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from luoshi.ledger.confirming import words
from luoshi.ledger.confirming.differences import PartyChange, Segment, compare_parties, compare_words
from luoshi.ledger.confirming.forms import DraftEditor, PartyRow, WordingForm
from luoshi.ledger.confirming.presentation import known_name
from luoshi.ledger.confirming.queries import Board
from luoshi.ledger.drafts import PartyDraft
from luoshi.ledger.known_indicators import Known, known_indicators
from luoshi.ledger.models import AssignmentRole
from luoshi.ledger.target_rows_view import TargetChange, TargetsView, compare_targets
from luoshi.registry.matching import Match, Matcher
from luoshi.registry.models import Membership, NameKind


@dataclass(frozen=True)
class RowView:
    """One party as a line of the form."""

    place: int
    row: PartyRow
    error: str
    state: str
    state_label: str
    icon: str
    canonical: str
    suggestions: Sequence[str]
    is_first: bool
    is_last: bool


def view_of(editor: DraftEditor, board: Board) -> "EditorView":
    """Return one editor as its template shows it."""
    return views_of([editor], board)[0]


def views_of(editors: Sequence[DraftEditor], board: Board) -> "list[EditorView]":
    """Return editors as their template shows them, with what the ledger knows of all their indicators."""
    known = known_indicators(editor.draft() for editor in editors)
    return [EditorView(editor, board.matcher, known) for editor in editors]


class EditorView:
    """What the template asks of an editor."""

    roles = AssignmentRole.choices

    def __init__(self, editor: DraftEditor, matcher: Matcher, known: Known) -> None:
        self._editor = editor
        self._matcher = matcher
        self._known = known

    @property
    def form(self) -> WordingForm:
        """The fields of the wording."""
        return self._editor.form

    @property
    def prefix(self) -> str:
        """What stands before every name of this editor's fields, with its dash."""
        return f"{self._editor.prefix}-" if self._editor.prefix else ""

    @cached_property
    def rows(self) -> list[RowView]:
        """The lines of the parties."""
        last = len(self._editor.rows) - 1
        return [self._row(place, row, place == last) for place, row in enumerate(self._editor.rows)]

    @property
    def open_rows(self) -> list[RowView]:
        """The lines whose name the registry does not know under just that form."""
        return [line for line in self.rows if (line.state and line.state not in {"known", "group"}) or line.canonical]

    @property
    def row_errors(self) -> Sequence[str]:
        """What is wrong with the parties, each once."""
        return list(dict.fromkeys(self._editor.row_errors.values()))

    @cached_property
    def wording(self) -> list[Segment]:
        """How the words differ from what was read, empty where they do not."""
        return compare_words(self._editor.base.text, self._editor.draft().text)

    @cached_property
    def changes(self) -> list[PartyChange]:
        """Which parties differ from what was read."""
        return compare_parties(self._editor.base, self._editor.draft())

    @property
    def targets(self) -> TargetsView:
        """The lines of the figures."""
        return TargetsView(self._editor.targets, self._known)

    @cached_property
    def target_changes(self) -> list[TargetChange]:
        """Which figures differ from what was read."""
        return compare_targets(self._editor.base.targets, self._editor.draft().targets)

    def _row(self, place: int, row: PartyRow, is_last: bool) -> RowView:
        error = self._editor.row_errors.get(place, "")
        if not row.name or row.role not in AssignmentRole.values:
            return RowView(place, row, error, "", "", "", "", (), place == 0, is_last)
        match = PartyDraft(role=AssignmentRole(row.role), name=row.name, full_name=row.asked).matched(self._matcher)
        return RowView(
            place=place,
            row=row,
            error=error,
            state=match.state,
            state_label=str(words.MATCH_LABELS.get(match.state, match.state)),
            icon=words.MATCH_ICONS.get(match.state, "question-mark"),
            canonical=known_name(match, row.name),
            suggestions=[each.short_name for each in match.suggestions] or self._posts_of(match),
            is_first=place == 0,
            is_last=is_last,
        )

    def _posts_of(self, match: Match) -> list[str]:
        """Return posts by which the people that an ambiguous name may mean are told apart."""
        meant = {each.pk for each in match.people}
        held = Membership.objects.filter(person__in=meant, until=None).select_related("organization") if meant else []
        forms = [form for each in held for form in (each.post, f"{each.organization.short_name}{each.post}")]
        settled = [form for form in forms if self._matcher.match(form, NameKind.PERSON).is_settled]
        return list(dict.fromkeys(settled))
