"""Lists of tasks out to a file, and an edited file in again: first what it would change, then the change."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.access.guards import permitted, user_of
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.files.actions import UnableToStoreFile, store_file
from luoshi.files.models import StoredFile
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.exchange.actions import apply_changes, note_export
from luoshi.ledger.exchange.columns import task_sheet
from luoshi.ledger.exchange.dry_run import DryRun, RowProblem, Untaken, dry_run
from luoshi.ledger.exchange.messages import in_words
from luoshi.ledger.exchange.rows import export_rows
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.queries import list_tasks
from luoshi.workbooks import write_csv, write_workbook
from luoshi.workbooks.limits import DEFAULT_LIMITS

SHOWN_ROWS = 500
SHOWN_WARNINGS = 20
SALT = "ledger.import"
TICKET_SECONDS = 24 * 60 * 60
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_GET
def export_tasks(request: HttpRequest) -> HttpResponse:
    """Hand out the tasks that the filter keeps, all of them, as a workbook or as CSV."""
    user = user_of(request)
    file_format = request.GET.get("format", "xlsx")
    if file_format not in FORMATS:
        raise Http404(_("There is no export in the format %(format)s.") % {"format": file_format})
    now = timezone.now()
    asked = TaskFilter.from_query(request.GET)
    rows = list(export_rows(list_tasks(user, asked, today=timezone.localdate(now))))
    sheet = task_sheet()
    data = write_csv(sheet, rows) if file_format == "csv" else write_workbook(sheet, rows)
    note_export(acting_user=user, file_format=file_format, query=asked.as_query(), rows=len(rows), now=now)
    response = HttpResponse(data, content_type=FORMATS[file_format])
    name = f"luoshi-tasks-{timezone.localdate(now):%Y%m%d}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@permitted(Action.EDIT_TASKS)
def import_tasks(request: HttpRequest) -> HttpResponse:
    """Take an edited list and show, row by row, what it would change and what is wrong with it.

    Only a file that would change something is kept, for the moment between looking and applying.
    """
    if request.method == "GET":
        return render(request, "ledger/import.html")
    user = user_of(request)
    upload = request.FILES.get("file")
    if upload is None:
        return _refused(request, _("Choose a file first."))
    name = (upload.name or "")[-200:]
    if (upload.size or 0) > DEFAULT_LIMITS.file_bytes:
        limit = DEFAULT_LIMITS.file_bytes // (1024 * 1024)
        return _refused(request, _("The file is larger than the limit of %(limit)d MB.") % {"limit": limit})
    data = upload.read()
    run = dry_run(acting_user=user, data=data)
    if not run.changes:
        return _show(request, run, name)
    try:
        file, _is_new = store_file(acting_user=user, chunks=[data], now=timezone.now())
    except UnableToStoreFile as error:
        return _refused(request, str(error))
    return _show(request, run, name, _ticket(user, run, file, name))


@require_POST
@permitted(Action.EDIT_TASKS)
def apply_import(request: HttpRequest) -> HttpResponse:
    """Change the tasks as the file says that was shown before; valid rows only, all of them or none."""
    user = user_of(request)
    ticket = _read_ticket(user, request.POST.get("ticket", ""))
    file = StoredFile.objects.filter(sha256=ticket.get("sha256", "")).first()
    if file is None:
        return _refused(request, _("Choose the file again."))
    name = ticket["name"]
    run = dry_run(acting_user=user, data=file.read_bytes())
    if ticket["fingerprint"] != run.fingerprint:
        messages.warning(request, _("The ledger has changed since; look at the changes again."))
        return _show(request, run, name, _ticket(user, run, file, name))
    try:
        count = apply_changes(acting_user=user, changes=run.changes, file=file, file_name=name, now=timezone.now())
    except UnableToChangeTask as error:
        messages.error(request, str(error))
        run = dry_run(acting_user=user, data=file.read_bytes())
        return _show(request, run, name, _ticket(user, run, file, name))
    messages.success(
        request, ngettext("%(count)d task was changed.", "%(count)d tasks were changed.", count) % {"count": count}
    )
    return redirect("ledger:list")


def _ticket(user: User, run: DryRun, file: StoredFile, name: str) -> str:
    """Return what the page sends back to apply what it shows: nobody applies what was not shown to them."""
    shown = {"user": user.pk, "sha256": file.sha256, "name": name, "fingerprint": run.fingerprint}
    return signing.dumps(shown, salt=SALT)


def _read_ticket(user: User, ticket: str) -> dict[str, Any]:
    try:
        shown: dict[str, Any] = signing.loads(ticket, salt=SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return {}
    return shown if shown["user"] == user.pk else {}


def _show(request: HttpRequest, run: DryRun, name: str, ticket: str = "") -> HttpResponse:
    context = {
        "run": run,
        "changes": run.changes[:SHOWN_ROWS],
        "hidden_changes": max(0, len(run.changes) - SHOWN_ROWS),
        "problems": [_problem(each) for each in run.problems[:SHOWN_ROWS]],
        "hidden_problems": max(0, len(run.problems) - SHOWN_ROWS),
        "warnings": [
            *(_untaken(each) for each in run.untaken),
            *(in_words(issue) for issue in run.warnings[:SHOWN_WARNINGS]),
        ],
        "is_refused": any(not problem.row_number for problem in run.problems),
        "ticket": ticket,
        "name": name,
    }
    return render(
        request, "ledger/import_preview.html", context, status=200 if run.changes or not run.problems else 422
    )


def _untaken(found: Untaken) -> str:
    return ngettext(
        "The column “%(title)s” is for reading: what row %(row)d says in it is not taken over.",
        "The column “%(title)s” is for reading: what %(rows)d rows say in it (first row %(row)d) is not taken over.",
        found.rows,
    ) % {"title": found.title, "row": found.first_row, "rows": found.rows}


def _problem(problem: RowProblem) -> dict[str, Any]:
    issue = problem.issue
    column = task_sheet().by_key.get(issue.column_key or "") if issue else None
    return {
        "row": problem.row_number or None,
        "column": column.title if column else "",
        "message": in_words(issue) if issue else problem.message,
    }


def _refused(request: HttpRequest, message: str) -> HttpResponse:
    return render(request, "ledger/import.html", {"error": message}, status=422)
