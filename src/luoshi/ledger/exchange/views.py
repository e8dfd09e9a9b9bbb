"""Lists of tasks out to a file, and an edited file in again: first what it would change, then the change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.files.actions import UnableToStoreFile, store_file
from luoshi.files.models import StoredFile
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.exchange.actions import apply_changes, note_export
from luoshi.ledger.exchange.columns import task_sheet
from luoshi.ledger.exchange.dry_run import DryRun, RowProblem, dry_run
from luoshi.ledger.exchange.messages import in_words
from luoshi.ledger.exchange.rows import export_rows
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.queries import list_tasks
from luoshi.workbooks import write_csv, write_workbook

SHOWN_ROWS = 500
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_GET
def export_tasks(request: HttpRequest) -> HttpResponse:
    """Hand out the tasks that the filter keeps, all of them, as a workbook or as CSV."""
    user = _user(request)
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
def import_tasks(request: HttpRequest) -> HttpResponse:
    """Take an edited list and show, row by row, what it would change and what is wrong with it."""
    user = _user(request)
    user.must_be_allowed(Action.EDIT_TASKS)
    if request.method == "GET":
        return render(request, "ledger/import.html")
    upload = request.FILES.get("file")
    if upload is None:
        return _refused(request, _("Choose a file first."))
    try:
        file, _is_new = store_file(acting_user=user, chunks=upload.chunks(), now=timezone.now())
    except UnableToStoreFile as error:
        return _refused(request, str(error))
    return _show(request, dry_run(acting_user=user, data=file.read_bytes()), file, upload.name or "")


@require_POST
def apply_import(request: HttpRequest) -> HttpResponse:
    """Change the tasks as the file says that was shown before; valid rows only, all of them or none."""
    user = _user(request)
    user.must_be_allowed(Action.EDIT_TASKS)
    # The same person's file, found by its hash: nobody applies what they have not uploaded.
    file = StoredFile.objects.filter(sha256=request.POST.get("sha256", "")).first()
    if file is None:
        return _refused(request, _("Choose the file again."))
    run = dry_run(acting_user=user, data=file.read_bytes())
    expected = request.POST.get("changes", "")
    if expected != str(len(run.changes)):
        messages.warning(request, _("The ledger has changed since; look at the changes again."))
        return _show(request, run, file, request.POST.get("name", ""))
    try:
        count = apply_changes(acting_user=user, changes=run.changes, now=timezone.now())
    except UnableToChangeTask as error:
        messages.error(request, str(error))
        return _show(request, dry_run(acting_user=user, data=file.read_bytes()), file, request.POST.get("name", ""))
    messages.success(
        request, ngettext("%(count)d task was changed.", "%(count)d tasks were changed.", count) % {"count": count}
    )
    return redirect("ledger:list")


def _show(request: HttpRequest, run: DryRun, file: StoredFile, name: str) -> HttpResponse:
    context = {
        "run": run,
        "changes": run.changes[:SHOWN_ROWS],
        "problems": [_problem(each) for each in run.problems[:SHOWN_ROWS]],
        "warnings": [in_words(issue) for issue in run.warnings[:20]],
        "sha256": file.sha256,
        "name": name,
    }
    return render(request, "ledger/import_preview.html", context)


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


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
