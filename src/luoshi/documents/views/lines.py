"""Doubtful lines of a scan beside their pictures, and reading a text again."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.jobs import enqueue_import
from luoshi.documents.lines_shown import show_lines
from luoshi.documents.models import Document, ImportJob, LineReview, TextVersion
from luoshi.documents.queries import LINES, count_lines, list_lines, newest_corrected, place_of_line
from luoshi.documents.review_actions import (
    UnableToReview,
    ask_for_corrected_reading,
    ask_for_newer_reading,
    decide_line,
    reopen_line,
)
from luoshi.documents.views.asking import account, document_or_404, is_htmx

PER_PAGE = 25


@require_safe
def doubtful_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the lines that the recogniser was not sure of, each beside its piece of the picture."""
    user = account(request, Action.READ_DOCUMENTS)
    document = document_or_404(pk)
    asked = request.GET.get("show", "open")
    asked = asked if asked in LINES else "open"
    text = document.reading.text
    page = Paginator(list_lines(text, asked), PER_PAGE).get_page(_page_number(request, text, asked))
    context = {
        "document": document,
        "page": page,
        "lines": show_lines(document, list(page)),
        "asked": asked,
        "counts": count_lines(text),
        "newer": newest_corrected(text),
        "may_decide": user.may(Action.IMPORT_DOCUMENTS),
    }
    return render(request, "documents/lines.html", context)


def _page_number(request: HttpRequest, text: TextVersion, asked: str) -> str | int:
    """Return the page that is asked for, by its number or by a line on it."""
    line = request.GET.get("line", "")
    if line.isascii() and line.isdigit() and len(line) < 10:
        return place_of_line(text, int(line), asked) // PER_PAGE + 1
    return request.GET.get("page", 1)


@require_POST
def decide(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """Write what a person saw on the picture, or take it back."""
    user = account(request, Action.IMPORT_DOCUMENTS)
    document = document_or_404(pk)
    line = get_object_or_404(LineReview.objects.select_related("decided_by"), pk=line_pk, text=document.reading.text_id)
    error = _decide(user, line, request)
    if is_htmx(request):
        context = {
            "document": document,
            "shown": show_lines(document, [line])[0],
            "may_decide": True,
            "error": error,
            "typed": request.POST.get("words", ""),
            "counts": count_lines(document.reading.text),
            "newer": newest_corrected(document.reading.text),
            "is_part": True,
        }
        return render(request, "documents/_line.html", context, status=422 if error else 200)
    if error:
        messages.error(request, error)
    shown = f"?show={request.POST['show']}" if request.POST.get("show") in LINES else ""
    return redirect(f"{reverse('documents:doubtful_lines', args=[pk])}{shown}")


def _decide(user: User, line: LineReview, request: HttpRequest) -> str:
    """Do what the pressed button says and return what was wrong with it, or an empty text."""
    pressed = request.POST.get("decision", "correct")
    now = timezone.now()
    try:
        if pressed == "reopen":
            reopen_line(acting_user=user, line=line, now=now)
        else:
            # The field may be several lines high; what is printed is one.
            typed = "".join(request.POST.get("words", "").splitlines())
            words = {"right": line.read_as, "none": ""}.get(pressed, typed)
            decide_line(acting_user=user, line=line, words=words, now=now)
    except UnableToReview as error:
        return str(error)
    return ""


@require_POST
def read_corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the text of a document again with what people corrected in it."""
    return _read_again(request, pk, ask_for_corrected_reading)


@require_POST
def read_newer(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file of a document again with the present parser."""
    return _read_again(request, pk, ask_for_newer_reading)


def _read_again(request: HttpRequest, pk: int, ask: Callable[..., ImportJob]) -> HttpResponse:
    user = account(request, Action.IMPORT_DOCUMENTS)
    document: Document = document_or_404(pk)
    try:
        job = ask(acting_user=user, document=document, now=timezone.now())
    except UnableToReview as error:
        messages.error(request, str(error))
        return redirect(document)
    enqueue_import(job)
    messages.success(request, _("%(name)s is being read again.") % {"name": job.name})
    return redirect(f"{reverse('documents:list')}#jobs")
