"""Who is behind a request, and which views they may open."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from luoshi.access.models import User
from luoshi.access.permissions import Action

Extra = ParamSpec("Extra")
View = Callable[Concatenate[HttpRequest, Extra], HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """Return the account behind the request.

    :raises PermissionDenied: where nobody is logged in, which only a public view meets.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def permitted(action: Action) -> Callable[[View[Extra]], View[Extra]]:
    """Open the view only to accounts that may do the action; to others the page about missing rights is shown."""

    def guard(view: View[Extra]) -> View[Extra]:
        def guarded(request: HttpRequest, /, *args: Extra.args, **kwargs: Extra.kwargs) -> HttpResponseBase:
            user_of(request).must_be_allowed(action)
            return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        return guarded

    return guard
