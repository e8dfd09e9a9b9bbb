"""What the pages of the registry have in common: the tabs, and errors of actions shown at their fields."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.access.guards import user_of
from luoshi.access.permissions import Action
from luoshi.registry.actions import UnableToChangeRegistry
from luoshi.registry.queries import list_open_proposals


def page(request: HttpRequest, template: str, section: str, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page of the registry with its tabs, ``section`` being the one that is open."""
    may_edit = user_of(request).may(Action.EDIT_REGISTRY)
    shared = {
        "section": section,
        "may_edit": may_edit,
        "may_see_tasks": user_of(request).may(Action.READ_OWN_TASKS),
        "open_proposals": list_open_proposals().count() if may_edit else 0,
    }
    return render(request, f"registry/{template}.html", {**shared, **context}, status=status)


def show_refusal(form: Form, error: UnableToChangeRegistry) -> None:
    """Put the reason why an action refused beside the field that is to blame."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
