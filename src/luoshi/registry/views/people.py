"""Leaders and other people, and the posts they hold."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import active_filters, as_download, chosen, page_of
from luoshi.access.permissions import Action
from luoshi.access.queries import list_accounts_of_person
from luoshi.registry.actions import UnableToChangeRegistry, add_person, add_post, make_key
from luoshi.registry.forms import PeopleFilterForm, PersonForm, PostForm
from luoshi.registry.models import Person
from luoshi.registry.queries import get_person, list_people
from luoshi.registry.views.frame import page, show_refusal
from luoshi.workbooks import Column, Kind, Row, Sheet


@require_safe
@permitted(Action.READ_REGISTRY)
def people(request: HttpRequest) -> HttpResponseBase:
    """Show the people, or hand the filtered list out as a file."""
    form = PeopleFilterForm(request.GET)
    asked = chosen(form)
    rows = list_people(
        text=asked.get("q", ""),
        kind=asked.get("kind", ""),
        unit=asked.get("unit"),
        sort=request.GET.get("sort", ""),
    )
    file = as_download(_sheet(), _export_rows(rows), request.GET.get("format", ""), "people")
    if file:
        return file
    chips = active_filters(request, form)
    return page(request, "people", "people", page=page_of(request, rows), form=form, chips=chips)


@require_safe
@permitted(Action.READ_REGISTRY)
def person(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show one person."""
    return _person_page(request, _found(key), PostForm())


@permitted(Action.EDIT_REGISTRY)
def add(request: HttpRequest) -> HttpResponseBase:
    """Enter a new person."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        # Two people may share a name; the post tells their keys apart.
        key = make_key("person", f"{data['name']} {data['organization'].key} {data['post']}")
        try:
            made = add_person(acting_user=user_of(request), key=key, now=timezone.now(), **data)
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
            return redirect("registry:person", made.key)
    return page(request, "person_add", "people", status=422 if form.errors else 200, form=form)


@require_POST
@permitted(Action.EDIT_REGISTRY)
def add_post_of(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say that a person holds one more post."""
    shown = _found(key)
    form = PostForm(request.POST)
    if form.is_valid():
        try:
            add_post(acting_user=user_of(request), person=shown, now=timezone.now(), **form.cleaned_data)
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The post was added."))
            return redirect("registry:person", key)
    return _person_page(request, shown, form, status=422)


def _person_page(request: HttpRequest, shown: Person, form: PostForm, status: int = 200) -> HttpResponseBase:
    posts = list(shown.memberships.all())
    return page(
        request,
        "person",
        "people",
        status=status,
        person=shown,
        posts=[each for each in posts if each.until is None],
        past_posts=[each for each in posts if each.until],
        accounts=list_accounts_of_person(shown.key),
        form=form,
    )


def _found(key: str) -> Person:
    try:
        return get_person(key)
    except Person.DoesNotExist as error:
        raise Http404(_("The registry knows no such person.")) from error


def _sheet() -> Sheet:
    """Return the columns in which the list of people is handed out."""
    return Sheet(
        name="registry.people",
        title=_("People"),
        columns=(
            Column(key="key", title=_("Key")),
            Column(key="name", title=pgettext("person", "Name")),
            Column(key="kind", title=_("Kind")),
            Column(key="units", title=_("Units"), kind=Kind.LIST),
            Column(key="posts", title=_("Posts"), kind=Kind.LIST, separator="；"),
        ),
    )


def _export_rows(rows: Iterable[Person]) -> Iterable[Row]:
    for row in rows:
        posts = list(row.memberships.all())
        yield {
            "key": row.key,
            "name": row.name,
            "kind": _("Leader") if row.is_leader else "",
            "units": list(dict.fromkeys(post.organization.short_name for post in posts)),
            "posts": [post.post for post in posts],
        }
