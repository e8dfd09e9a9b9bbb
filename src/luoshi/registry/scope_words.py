"""What the scope keys of units and people stand for, in words, for the pages about accounts."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from luoshi.access.scope_names import ScopeChoice
from luoshi.registry.models import Organization, Person


def describe(keys: Collection[str]) -> dict[str, str]:
    """Return the names of the units and people behind these keys."""
    units = Organization.objects.filter(scope_key__in=keys).values_list("scope_key", "short_name")
    people = Person.objects.filter(scope_key__in=keys).values_list("scope_key", "name")
    return {**dict(units), **dict(people)}


def list_scopes() -> Iterator[ScopeChoice]:
    """Return a choice for every unit, then for every leader."""
    for key, name in Organization.objects.values_list("scope_key", "short_name"):
        yield ScopeChoice(key, name, _("Units"))
    for key, name in Person.objects.filter(is_leader=True).values_list("scope_key", "name"):
        yield ScopeChoice(key, name, _("Leaders"))


def list_people() -> Iterator[ScopeChoice]:
    """Return a choice for every person, leaders first."""
    for key, name, is_leader in Person.objects.order_by("-is_leader", "sort", "key").values_list(
        "key", "name", "is_leader"
    ):
        yield ScopeChoice(key, name, _("Leaders") if is_leader else _("Other people"))
