"""What every view asks first: who is it, and what is it about."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document
from luoshi.documents.queries import get_document


def account(request: HttpRequest, action: Action) -> User:
    """Return the account that asks.

    :raises UnableToAct: where it may not do this.
    """
    user = request.user
    if not isinstance(user, User):
        raise TypeError("a page of documents was reached without an account")
    user.must_be_allowed(action)
    return user


def document_or_404(pk: int) -> Document:
    """Return the document; :raises Http404: where there is none."""
    return get_document(pk) or _missing()


def _missing() -> NoReturn:
    raise Http404(_("There is no such document."))


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether a part of the page is asked for, not the whole."""
    return bool(getattr(request, "htmx", False))
