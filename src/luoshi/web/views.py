"""Pages of the shell itself: what this software is, and its components on one page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.web.samples import sample_context


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show version, licence and where the source is; public because the licence promises it to every user."""
    return render(request, "web/about.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    return render(request, "web/components_page.html", sample_context(request))
