"""What every request carries for the audit trail."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi.access.audit import audit_source


class AuditContextMiddleware:
    """Name the client's address as the source of whatever the request changes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with audit_source(request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)
