"""What one task's page shows, read in a fixed number of queries: promise, parties, next step, what happened."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document
from luoshi.documents.paper import page_of
from luoshi.documents.paragraphs import shown
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.history_words import TONES, HistoryLine, move_words
from luoshi.ledger.models import (
    ANSWERING_ROLES,
    ROLE_FIELDS,
    Assignment,
    AssignmentRole,
    Task,
    TaskAttachment,
    TaskNote,
    TaskSource,
)
from luoshi.ledger.permissions import can_remove
from luoshi.ledger.presentation import holder_address, known_as, match_of, words_of
from luoshi.ledger.queries import list_tasks
from luoshi.ledger.querysets import TaskQuerySet
from luoshi.ledger.states import Owner, TaskStatus, Transition, moves_from

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Piece:
    """A stretch of a printed sentence; ``kind`` says what was read in it, empty where nothing was."""

    text: str
    kind: str


@dataclass(frozen=True)
class Quote:
    """One place in a document that promises the task, as printed."""

    document: Document
    url: str
    page: int | None
    segments: list[Piece]


@dataclass(frozen=True)
class PartyShown:
    """One party as printed, with today's name and page of who is behind it; members where it is a group term."""

    pk: int
    name: str
    url: str
    known_as: str
    match: str
    members: list["PartyShown"]
    open_list: bool


@dataclass(frozen=True)
class RoleShown:
    """The parties of one role."""

    role: AssignmentRole
    parties: list[PartyShown]

    @property
    def is_answering(self) -> bool:
        """Tell whether they lead the task or answer for it."""
        return self.role != AssignmentRole.COOPERATING


@dataclass(frozen=True)
class Step:
    """One move that is open to the person: the word on its button and what it asks for."""

    to: TaskStatus
    label: Promise | str
    icon: str
    asks: Promise | str
    is_danger: bool
    takes_files: bool


@dataclass(frozen=True)
class NextStep:
    """What the person can do now: one step above all, or a sentence that says who is to act, and what else is open."""

    main: Step | None
    others: list[Step]
    sentence: str


@dataclass(frozen=True)
class AttachmentShown:
    """A file of evidence and whether the person may take it off."""

    attachment: TaskAttachment
    may_remove: bool


@dataclass(frozen=True)
class Trail:
    """The way through the list that the person came from."""

    query: str
    list_url: str
    place: int
    total: int
    previous: int | None
    following: int | None


def visible_tasks(user: User) -> TaskQuerySet:
    """Return the tasks the account may see, with what a task's page names them by."""
    return Task.objects.visible_to(user).select_related("plan__document", "parent", "confirmation__made_by")


def quotes_of(task: Task) -> list[Quote]:
    """Return the places that promise the task, in one query that fetches only their words."""
    text = "document__reading__text__text"
    sources: QuerySet[Any] = (
        TaskSource.objects.filter(task=task)
        .select_related("document", "finding")
        .annotate(
            printed=Substr(text, F("start") + 1, F("end") - F("start")),
            page_starts=F("document__reading__text__page_starts"),
        )
    )
    return [_quote(source) for source in sources]


def _quote(source: Any) -> Quote:
    return Quote(
        document=source.document,
        url=source.document.sentence_url(source.start, source.end),
        page=page_of(source.page_starts, source.start),
        segments=_segments(source.printed, source.start, source.finding.payload),
    )


def _segments(printed: str, offset: int, payload: Mapping[str, Any]) -> list[Piece]:
    """Cut the printed words where names and the time limit stand in them."""
    pieces: list[Piece] = []
    at = 0
    for start, end, kind in sorted(_marks(payload)):
        first, last = start - offset, end - offset
        if first < at or last > len(printed):
            continue
        pieces += [Piece(shown(printed, at, first), ""), Piece(shown(printed, first, last), kind)]
        at = last
    pieces.append(Piece(shown(printed, at, len(printed)), ""))
    return [piece for piece in pieces if piece.text]


def _marks(payload: Mapping[str, Any]) -> Iterable[tuple[int, int, str]]:
    for role, field in ROLE_FIELDS.items():
        for party in payload.get(field) or []:
            if span := party.get("span"):
                yield span["start"], span["end"], "leader" if role == AssignmentRole.LEAD_LEADER else "party"
    if span := (payload.get("deadline") or {}).get("span"):
        yield span["start"], span["end"], "deadline"


def roles_of(task: Task) -> list[RoleShown]:
    """Return the parties of a task by role, leaders first; roles that nobody holds are left out."""
    rows = list(
        Assignment.objects.filter(task=task)
        .select_related("organization", "person", "group")
        .order_by("position", "organization__sort", "pk")
    )
    members: dict[int, list[PartyShown]] = {}
    for row in rows:
        if row.via_id is not None:
            members.setdefault(row.via_id, []).append(_member(row))
    return [
        RoleShown(role, parties)
        for role in AssignmentRole
        if (
            parties := [_party(row, members.get(row.pk, [])) for row in rows if row.role == role and row.via_id is None]
        )
    ]


def _party(row: Assignment, members: list[PartyShown]) -> PartyShown:
    return PartyShown(
        pk=row.pk,
        name=row.printed_name,
        url=holder_address(row),
        known_as=known_as(row),
        match=match_of(row),
        members=members,
        open_list=row.open_list,
    )


def _member(row: Assignment) -> PartyShown:
    name = row.organization.short_name if row.organization else row.printed_name
    return PartyShown(row.pk, name, holder_address(row), "", "known", [], False)


def next_step(task: Task, owner: Owner | None, roles: Iterable[RoleShown]) -> NextStep:
    """Return what the person may do with the task now, from the table of moves."""
    moves = moves_from(TaskStatus(task.status), owner) if owner else []
    main = _main_move(moves, owner)
    return NextStep(
        main=_step(main) if main else None,
        others=[_step(move) for move in moves if move is not main],
        sentence="" if main else _who_is_to_act(task, roles),
    )


def _main_move(moves: list[Transition], owner: Owner | None) -> Transition | None:
    """Return the move that is theirs to make: for a unit the first open one, for the office the verdict on a claim."""
    if owner == Owner.UNIT:
        return moves[0] if moves else None
    return next((move for move in moves if move.after == TaskStatus.DONE), None)


def _step(move: Transition) -> Step:
    words = words_of(move)
    return Step(
        to=move.after,
        label=words.label,
        icon=words.icon,
        asks=words.asks if move.needs_reason else "",
        is_danger=words.is_danger,
        takes_files=move.after == TaskStatus.CLAIMED_DONE,
    )


def _who_is_to_act(task: Task, roles: Iterable[RoleShown]) -> str:
    who = names_in_line(party.name for shown_role in roles if _answers(shown_role) for party in shown_role.parties)
    sentences = {
        TaskStatus.NOT_STARTED: _("Waiting for %(who)s to start."),
        TaskStatus.IN_PROGRESS: _("%(who)s is at work on it."),
        TaskStatus.CLAIMED_DONE: _("Reported done; waiting for the supervision office to find whether it is."),
        TaskStatus.DONE: _("The supervision office has found it done."),
        TaskStatus.WITHDRAWN: _("It was withdrawn and no longer counts."),
    }
    return sentences[TaskStatus(task.status)] % {"who": who or _("somebody who answers for it")}


def _answers(shown_role: RoleShown) -> bool:
    return shown_role.role in ANSWERING_ROLES


def names_in_line(names: Iterable[str]) -> str:
    """Return the first names in one line, divided as the language does it, and how many follow."""
    listed = list(names)
    line = pgettext("between names", ", ").join(listed[:NAMES_SHOWN])
    more = len(listed) - NAMES_SHOWN
    return _("%(names)s and %(more)d more") % {"names": line, "more": more} if more > 0 else line


def progress_of(task: Task) -> list[HistoryLine]:
    """Return what was written about the progress of a task, newest first, with the names of the files."""
    notes = task.notes.select_related("written_by").prefetch_related("attachments")
    return [_progress(note) for note in notes]


def _progress(note: TaskNote) -> HistoryLine:
    is_move = bool(note.status_after)
    files = [each.name for each in note.attachments.all()]
    return HistoryLine(
        at=note.written_at,
        title=move_words(note.status_before, note.status_after) if is_move else pgettext("progress of a task", "Note"),
        text="\n".join([note.text, *(_("Evidence: %(name)s") % {"name": name} for name in files)]).strip(),
        actor=str(note.written_by),
        icon="progress" if is_move else "pencil",
        tone=TONES.get(note.status_after, "neutral"),
    )


def differs_from_print(task: Task, quotes: Iterable[Quote]) -> bool:
    """Tell whether the ledger words the task otherwise than the printed sentences do."""
    printed = "".join(piece.text for quote in quotes for piece in quote.segments)
    return "".join(task.text.split()) not in "".join(printed.split())


def attachments_of(task: Task, user: User, owner: Owner | None) -> list[AttachmentShown]:
    """Return the evidence of a task, newest first."""
    rows = TaskAttachment.objects.filter(task=task).select_related("file", "added_by", "note")
    # The task itself is known already: asking each row for it would cost a query.
    return [AttachmentShown(row, can_remove(user, row, owner, task)) for row in rows]


def parts_of(task: Task, user: User) -> list[Task]:
    """Return the parts of a task that the account may see, in order: a part may have parties of its own."""
    return list(Task.objects.visible_to(user).filter(parent=task).order_by("pk"))


def parent_of(task: Task, user: User) -> Task | None:
    """Return the task that this one is a part of, where the account may see it."""
    return Task.objects.visible_to(user).filter(pk=task.parent_id).first() if task.parent_id else None


def trail_of(user: User, task: Task, query: str, *, today: dt.date) -> Trail | None:
    """Return the neighbours of a task in the list it was opened from; nothing where the list does not hold it."""
    if not query:
        return None
    asked = TaskFilter.from_query(QueryDict(query))
    keys = list(list_tasks(user, asked, today=today).prefetch_related(None).values_list("pk", flat=True))
    if task.pk not in keys:
        return None
    place = keys.index(task.pk)
    return Trail(
        query=query,
        list_url=f"{reverse('ledger:list')}?{query}",
        place=place + 1,
        total=len(keys),
        previous=keys[place - 1] if place else None,
        following=keys[place + 1] if place + 1 < len(keys) else None,
    )


def may_settle_names(user: User) -> bool:
    """Tell whether the account decides what an unknown name stands for."""
    return user.may(Action.EDIT_REGISTRY)
