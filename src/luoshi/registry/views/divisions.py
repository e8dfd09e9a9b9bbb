"""The administrative tree: the city, its counties and zones, their townships."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from luoshi.access.guards import permitted
from luoshi.access.permissions import Action
from luoshi.registry.queries import division_tree
from luoshi.registry.views.frame import page


@require_safe
@permitted(Action.READ_REGISTRY)
def divisions(request: HttpRequest) -> HttpResponseBase:
    """Show every division under the one it belongs to."""
    return page(request, "divisions", "divisions", roots=division_tree())
