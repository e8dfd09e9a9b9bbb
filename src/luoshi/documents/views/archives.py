"""An archive that came in: what became of each of its files, and the archive itself."""

from typing import NoReturn

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.actions import UnableToImport, note_archive_download
from luoshi.documents.jobs_shown import counted, show_jobs
from luoshi.documents.models import ImportJob
from luoshi.documents.queries import count_members, get_job, list_members
from luoshi.documents.states import UNFINISHED, ImportStatus
from luoshi.documents.views.asking import account
from luoshi.files.responses import download

PER_PAGE = 50


@require_safe
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the files of an archive, each with what became of it."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    job = get_job(pk) or _missing()
    counts = count_members([job.pk]).get(job.pk) or _missing()
    asked = request.GET.get("status", "")
    asked = asked if asked in ImportStatus.values else ""
    page = Paginator(list_members(job, statuses=[asked] if asked else ()), PER_PAGE).get_page(request.GET.get("page"))
    is_running = any(counts[status] for status in UNFINISHED)
    context = {
        "archive": job,
        "page": page,
        "counts": counted(counts),
        "total": counts.total(),
        "asked": asked,
        "may_confirm": user.may(Action.CONFIRM_FINDINGS),
        "may_cancel": is_running,
        **show_jobs(list(page)),
        "is_running": is_running,
    }
    return render(request, "documents/archive.html", context)


@require_safe
def archive_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out an archive as it came in, and note who took it."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    job: ImportJob = get_job(pk) or _missing()
    try:
        file = note_archive_download(acting_user=user, job=job, now=timezone.now())
    except UnableToImport as error:
        raise Http404(str(error)) from error
    return download(file, name=job.name)


def _missing() -> NoReturn:
    raise Http404(_("There is no such import."))
