"""The first page after the log-in: what there is to do, for whoever has logged in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from luoshi.access.guards import user_of
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.ledger.history_words import HistoryLine, line_of
from luoshi.ledger.models import Task
from luoshi.ledger.presentation import Sign, due_sign, headline, list_address
from luoshi.ledger.printings.differences import Differences
from luoshi.ledger.queries import parties_by_role, standing
from luoshi.ledger.querysets import ANSWERING
from luoshi.ledger.states import TaskStatus
from luoshi.ledger.task_page import names_in_line
from luoshi.ledger.work_list import ROWS, Change, Cut, OfficeDay, OwnDay, changes_since, office_day, own_day

GROUP_ICONS = {
    "confirm": "checkbox",
    "compare": "arrows-exchange",
    "decide": "git-compare",
    "failed": "file-alert",
    "names": "help-circle",
    "review": "hourglass",
    "overdue": "alarm",
    "soon": "calendar-due",
    "returned": "arrow-back-up",
    "new": "sparkles",
    "start": "player-play",
    "helping": "users-group",
    "done": "circle-check",
    "open": "arrow-right",
}


@dataclass(frozen=True)
class Line:
    """One row of the work list: what it is about, under it who or what, the sign, and the act."""

    words: str
    note: str
    url: str
    act: str
    kind: str
    sign: Sign | None = None
    task: Task | None = None
    # The status that the button of the row moves the task to; without it the row only opens the task.
    to: str = ""

    @property
    def icon(self) -> str:
        """The icon of the act."""
        return GROUP_ICONS[self.kind]


@dataclass(frozen=True)
class Group:
    """The rows of one act; ``url`` opens the whole list."""

    title: str
    total: int
    kind: str
    lines: list[Line]
    url: str = ""
    tone: str = ""

    @property
    def icon(self) -> str:
        """The icon of the act."""
        return GROUP_ICONS[self.kind]

    @property
    def first(self) -> list[Line]:
        """The rows that are seen at once."""
        return self.lines[:ROWS]

    @property
    def more(self) -> list[Line]:
        """The rows behind "more"."""
        return self.lines[ROWS:]


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the work list of the account: of the office, of its own units and person, or where to look."""
    user = user_of(request)
    context: dict[str, Any] = {"day": timezone.localdate(), "may_administer": user.may(Action.MANAGE_ACCOUNTS)}
    if user.may(Action.CONFIRM_FINDINGS):
        context |= _for_the_office(user)
    elif user.own_scopes and user.may(Action.READ_OWN_TASKS):
        context |= _for_their_own(user)
    if user.may(Action.READ_ALL_TASKS) and not user.may(Action.CONFIRM_FINDINGS):
        context["whole"] = standing(Task.objects.visible_to(user), today=context["day"])
    return render(request, "ledger/today.html", context)


def _for_the_office(user: User) -> dict[str, Any]:
    day = timezone.localdate()
    work = office_day(user, today=day)
    yesterday = timezone.make_aware(dt.datetime.combine(day - dt.timedelta(days=1), dt.time.min))
    changes = changes_since(user, yesterday)
    return {
        "office": work,
        "groups": [group for group in _office_groups(work, day) if group.total],
        "changes": [_changed(change) for change in changes.rows],
        "changes_total": changes.total,
        "pending_url": f"{reverse('documents:list')}?sort=-pending",
    }


def _office_groups(work: OfficeDay, day: dt.date) -> list[Group]:
    documents, proposals = reverse("documents:list"), reverse("registry:proposals")
    return [
        Group(
            _("Confirm what was read"),
            work.findings,
            "confirm",
            [_confirm_line(document) for document in work.to_confirm.rows],
            f"{documents}?sort=-pending",
        ),
        Group(
            _("Compare another printing"),
            work.to_compare.total,
            "compare",
            [_compare_line(document) for document in work.to_compare.rows],
            documents,
        ),
        Group(
            _("Decide what another printing changes"),
            sum(found.undecided for found in work.to_decide),
            "decide",
            [_decide_line(found) for found in work.to_decide],
        ),
        Group(_("Imports that failed"), work.failed_imports, "failed", _failed_lines(work), documents, "danger"),
        Group(_("Names to settle"), work.names_to_settle, "names", _name_lines(work), proposals),
        Group(
            _("Review what is reported done"),
            work.to_review.total,
            "review",
            _task_lines(work.to_review, day, _("Find it done"), TaskStatus.DONE),
            list_address(status=TaskStatus.CLAIMED_DONE),
        ),
        Group(
            _("Chase what is overdue"),
            work.overdue.total,
            "overdue",
            _task_lines(work.overdue, day, _("Open")),
            list_address(due="overdue", sort="deadline"),
            "danger",
        ),
        Group(
            _("Due within 30 days"),
            work.soon.total,
            "soon",
            _task_lines(work.soon, day, _("Open")),
            list_address(due="30", sort="deadline"),
            "warn",
        ),
    ]


def _confirm_line(document: Any) -> Line:
    note = ngettext("%(n)d finding to confirm", "%(n)d findings to confirm", document.pending) % {"n": document.pending}
    if document.doubtful:
        doubts = ngettext("%(n)d with a doubt", "%(n)d with a doubt", document.doubtful) % {"n": document.doubtful}
        note = f"{note} · {doubts}"
    return Line(document.title, note, reverse("ledger:confirm", args=[document.pk]), _("Confirm"), "confirm")


def _compare_line(document: Any) -> Line:
    note = document.doc_number or document.issuer
    return Line(document.title, note, document.get_absolute_url(), _("Compare"), "compare")


def _decide_line(found: Differences) -> Line:
    words = ngettext("%(n)d difference to decide", "%(n)d differences to decide", found.undecided)
    note = " ".join(filter(None, (found.printing.doc_number, words % {"n": found.undecided})))
    address = reverse("ledger:printing", args=[found.printing.pk])
    return Line(found.printing.title, note, address, _("Decide"), "decide")


def _failed_lines(work: OfficeDay) -> list[Line]:
    words = ngettext("%(n)d import failed", "%(n)d imports failed", work.failed_imports) % {"n": work.failed_imports}
    return [Line(words, _("The list says why and what helps."), reverse("documents:list"), _("Look"), "failed")]


def _name_lines(work: OfficeDay) -> list[Line]:
    count = work.names_to_settle
    words = ngettext(
        "%(n)d printed name is not in the registry", "%(n)d printed names are not in the registry", count
    ) % {"n": count}
    tasks = work.open_names_tasks
    note = ngettext("%(n)d task waits for it", "%(n)d tasks wait for them", tasks) % {"n": tasks} if tasks else ""
    return [Line(words, note, reverse("registry:proposals"), _("Settle"), "names")]


def _for_their_own(user: User) -> dict[str, Any]:
    day = timezone.localdate()
    work = own_day(user, today=day, now=timezone.now())
    return {
        "own": work,
        # Leaders lead; only units help.
        "helps": work.helping.total > 0 or any(key.startswith("unit:") for key in user.own_scopes),
        "groups": [group for group in _own_groups(work, day) if group.total],
        "helping_groups": [group for group in _helping_groups(work, day) if group.total],
    }


def _own_groups(work: OwnDay, day: dt.date) -> list[Group]:
    def lines(cut: Cut[Task]) -> list[Line]:
        return _task_lines(cut, day, _("Open"), TaskStatus.IN_PROGRESS, _("Start"), work.startable)

    def group(title: str, cut: Cut[Task], kind: str, tone: str = "") -> Group:
        # No filter of the list says exactly this: each task stands under its first reason only.
        return Group(title, cut.total, kind, lines(cut), tone=tone)

    return [
        group(_("Overdue"), work.overdue, "overdue", "danger"),
        group(_("Returned: something is missing"), work.returned, "returned", "warn"),
        group(_("Due within 30 days"), work.soon, "soon", "warn"),
        group(_("New in the last 14 days"), work.new, "new"),
        group(_("To start"), work.to_start, "start"),
        group(_("Reported done, waiting for the office"), work.waiting, "review"),
    ]


def _helping_groups(work: OwnDay, day: dt.date) -> list[Group]:
    lines = _task_lines(work.helping_urgent, day, _("Open"))
    return [Group(_("Overdue or due within 30 days"), work.helping_urgent.total, "helping", lines)]


def _task_lines(
    cut: Cut[Task],
    day: dt.date,
    act: str,
    to: TaskStatus | None = None,
    word: str = "",
    only: Iterable[int] | None = None,
) -> list[Line]:
    """Return a line for each task; ``to`` gives the row a button, ``only`` for the tasks that it names."""
    keys = None if only is None else set(only)
    return [_task_line(task, day, act, to if keys is None or task.pk in keys else None, word) for task in cut.rows]


def _task_line(task: Task, day: dt.date, act: str, to: TaskStatus | None, word: str) -> Line:
    parties = parties_by_role(task)
    who = names_in_line(row.printed_name for role in ANSWERING for row in parties[role])
    words = f"{task.number} {headline(task.text)}".strip()
    return Line(
        words=words,
        note=f"{who} · {task.get_status_display()}" if task.status == TaskStatus.CLAIMED_DONE else who,
        url=task.get_absolute_url(),
        act=(word or act) if to else act,
        kind="start" if to == TaskStatus.IN_PROGRESS else "done" if to else "open",
        sign=due_sign(task, day),
        task=task,
        to=to or "",
    )


def _changed(change: Change) -> HistoryLine:
    line = line_of(change.entry)
    task: Model | None = change.task
    if not isinstance(task, Task):
        return line
    about = f"{task.number} {headline(task.text)}".strip()
    return HistoryLine(
        at=line.at,
        title=about,
        text=line.title,
        actor=line.actor,
        icon=line.icon,
        tone=line.tone,
        url=task.get_absolute_url(),
    )
