"""Bringing files in, trying again, and deciding about another printing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.actions import (
    UnableToImport,
    cancel_import,
    keep_as_printing,
    make_current,
    receive_file,
    retry_import,
)
from luoshi.documents.forms import UploadForm
from luoshi.documents.jobs import enqueue_import
from luoshi.documents.models import ImportJob
from luoshi.documents.queries import get_job
from luoshi.documents.states import ImportStatus
from luoshi.documents.views.asking import account, document_or_404, is_htmx
from luoshi.documents.views.listing import import_context, import_part, list_context

MOST_FILES = 50
if TYPE_CHECKING:
    File = UploadedFile[Any]
else:
    File = UploadedFile


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in; what became of each is said in its import.

    Django counts the files while it looks for the form token, and would answer too many of them with a bare error. So
    they are counted here first; the token is checked as everywhere before anything is kept.
    """
    user = account(request, Action.IMPORT_DOCUMENTS)
    try:
        files = request.FILES.getlist("files")
    except TooManyFilesSent:
        return _refused(request, UploadForm(), [_too_many()])
    return _receive(request, user, files)


@csrf_protect
def _receive(request: HttpRequest, user: User, files: list[File]) -> HttpResponse:
    form = UploadForm(request.POST)
    errors = [_("Choose at least one file.")] if not files else []
    if len(files) > MOST_FILES:
        errors = [_too_many()]
    if errors or not form.is_valid():
        return _refused(request, form, errors)
    jobs = _take(user, files, form.cleaned_data["plan_year"])
    _announce(request, jobs)
    if is_htmx(request):
        return import_part(request, "documents/_import.html", import_context(request))
    return redirect(f"{reverse('documents:list')}#jobs")


def _take(user: User, files: Iterable[File], plan_year: int | None) -> list[ImportJob]:
    jobs = []
    for file in files:
        job = receive_file(
            acting_user=user, name=file.name or "", chunks=file.chunks(), plan_year=plan_year, now=timezone.now()
        )
        enqueue_import(job)
        jobs.append(job)
    return jobs


def _announce(request: HttpRequest, jobs: list[ImportJob]) -> None:
    taken = [job for job in jobs if job.status != ImportStatus.REFUSED]
    refused = len(jobs) - len(taken)
    if taken:
        words = ngettext(
            "%(count)s file was taken and is being read.", "%(count)s files were taken and are being read.", len(taken)
        )
        messages.success(request, words % {"count": len(taken)})
    if refused:
        words = ngettext("%(count)s file was not taken.", "%(count)s files were not taken.", refused)
        messages.error(request, words % {"count": refused})


def _refused(request: HttpRequest, form: UploadForm, errors: list[str]) -> HttpResponse:
    """Show the form again with what is wrong; nothing was taken."""
    given: dict[str, Any] = {"upload": form, "file_errors": errors}
    if is_htmx(request):
        return render(request, "documents/_import.html", {**import_context(request), **given}, status=422)
    return render(request, "documents/list.html", list_context(request, **given), status=422)


def _too_many() -> str:
    return _("At most %(count)s files can be sent at once. Nothing was taken; send them in parts.") % {
        "count": MOST_FILES
    }


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a file again that the program failed on, or whose reading was cancelled."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    job = get_job(pk)
    try:
        if job is None:
            raise UnableToImport(_("There is no such import."))
        enqueue_import(retry_import(acting_user=user, job=job, now=timezone.now()))
    except UnableToImport as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is being read again.") % {"name": job.name})
    return _back_to_jobs(request, job)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import that is not over."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    job = get_job(pk)
    try:
        if job is None:
            raise UnableToImport(_("There is no such import."))
        cancel_import(acting_user=user, job=job, now=timezone.now())
    except UnableToImport as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s was cancelled. Nothing of it was written.") % {"name": job.name})
    return _back_to_jobs(request, job)


def _back_to_jobs(request: HttpRequest, job: ImportJob | None) -> HttpResponse:
    """Show the imports again: those of the archive that a file came in, or the newest."""
    if is_htmx(request):
        return import_part(request, "documents/_import.html", import_context(request))
    if job is not None and job.archive_id:
        return redirect("documents:archive", job.archive_id)
    return redirect(f"{reverse('documents:list')}#jobs")


@require_POST
def keep_printing(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a document beside the current one."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    document = document_or_404(pk)
    try:
        keep_as_printing(acting_user=user, document=document, now=timezone.now())
    except UnableToImport as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Kept as another printing. The current version stays as it is."))
    return redirect(document)


@require_POST
def set_current(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a document take the place of the current one, after asking once more."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    document = document_or_404(pk)
    if not request.POST.get("confirmed"):
        return render(
            request,
            "web/confirm.html",
            {
                "question": _("Make this the current version?"),
                "text": _(
                    "“%(title)s” takes the place of the version that is current now. That one stays readable, its "
                    "findings can no longer be confirmed."
                )
                % {"title": document.title},
                "confirm_label": _("Make it current"),
                "back_url": document.get_absolute_url(),
                "action": request.path,
            },
        )
    try:
        make_current(acting_user=user, document=document, now=timezone.now())
    except UnableToImport as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("This is the current version now. Its findings can be confirmed."))
    return redirect(document)
