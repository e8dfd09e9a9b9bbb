"""Accounts of everybody: opening and closing them, their roles, new passwords."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.access.actions import (
    SYSTEM_USERNAME,
    UnableToChangeAccount,
    change_password,
    create_user,
    grant_role,
    new_password,
    revoke_role,
    set_active,
)
from luoshi.access.forms import AccountFilterForm, AccountForm, GrantForm
from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import active_filters, chosen, page_of
from luoshi.access.models import User
from luoshi.access.permissions import Action, Role
from luoshi.access.queries import get_account, list_accounts, list_grants_in_words
from luoshi.access.scope_names import describe_scopes


@require_safe
@permitted(Action.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponseBase:
    """Show all accounts with their roles in words."""
    form = AccountFilterForm(request.GET)
    asked = chosen(form)
    rows = list_accounts(
        text=asked.get("q", ""),
        role=asked.get("role", ""),
        state=asked.get("state", ""),
        sort=request.GET.get("sort", ""),
    )
    shown = page_of(request, rows)
    names = describe_scopes(grant.scope_key for user in shown for grant in user.grants)
    lines = [(user, [(Role(grant.role).label, names[grant.scope_key]) for grant in user.grants]) for user in shown]
    context = {"page": shown, "lines": lines, "form": form, "chips": active_filters(request, form)}
    return render(request, "access/accounts.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Action.MANAGE_ACCOUNTS)
def add(request: HttpRequest) -> HttpResponseBase:
    """Open an account with its first role and show its first password, once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        first_password = new_password()
        try:
            user = _open_account(user_of(request), form.cleaned_data, first_password)
        except UnableToChangeAccount as error:
            _show_refusal(form, error)
        else:
            return _show_password(request, user, first_password)
    return render(request, "access/account_add.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permitted(Action.MANAGE_ACCOUNTS)
def manage(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one account with everything that can be changed about it."""
    return _account_page(request, _found(pk), GrantForm())


@require_POST
@permitted(Action.MANAGE_ACCOUNTS)
def grant(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the account a role."""
    user, form = _found(pk), GrantForm(request.POST)
    if form.is_valid():
        role, scope_key = Role(form.cleaned_data["role"]), form.cleaned_data["scope_key"]
        try:
            grant_role(acting_user=user_of(request), user=user, role=role, scope_key=scope_key, now=timezone.now())
        except UnableToChangeAccount as error:
            _show_refusal(form, error)
        else:
            messages.success(request, _("The role was given."))
            return redirect("access:manage", pk)
    return _account_page(request, user, form, status=422)


@require_POST
@permitted(Action.MANAGE_ACCOUNTS)
def revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a role of the account away."""
    user = _found(pk)
    held = next((each for each in user.grants if str(each.pk) == request.POST.get("grant")), None)
    if held is None:
        messages.error(request, _("The account does not hold this role."))
        return redirect("access:manage", pk)
    role, scope_key = Role(held.role), held.scope_key
    return _changed(
        request,
        pk,
        _("The role was taken away."),
        lambda: revoke_role(
            acting_user=user_of(request), user=user, role=role, scope_key=scope_key, now=timezone.now()
        ),
    )


@require_POST
@permitted(Action.MANAGE_ACCOUNTS)
def switch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close the account, or open it again."""
    user, is_active = _found(pk), request.POST.get("active") == "yes"
    return _changed(
        request,
        pk,
        _("The account is open again.") if is_active else _("The account is closed."),
        lambda: set_active(acting_user=user_of(request), user=user, is_active=is_active, now=timezone.now()),
    )


@never_cache
@require_POST
@permitted(Action.MANAGE_ACCOUNTS)
def reset_password(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the account a new password and show it, once."""
    user, password = _found(pk), new_password()
    try:
        change_password(acting_user=user_of(request), user=user, password=password, now=timezone.now())
    except UnableToChangeAccount as error:
        messages.error(request, str(error))
        return redirect("access:manage", pk)
    return _show_password(request, user, password)


@transaction.atomic
def _open_account(acting_user: User, data: dict[str, Any], password: str) -> User:
    """Open the account and give it its role, both or neither."""
    now = timezone.now()
    user = create_user(
        acting_user=acting_user,
        username=data["username"],
        display_name=data["display_name"],
        person_key=data["person_key"],
        password=password,
        now=now,
    )
    grant_role(acting_user=acting_user, user=user, role=Role(data["role"]), scope_key=data["scope_key"], now=now)
    return user


def _changed(request: HttpRequest, pk: int, words: str, change: Any) -> HttpResponseBase:
    """Make the change, say what became of it, and show the account again."""
    try:
        change()
    except UnableToChangeAccount as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("access:manage", pk)


def _show_password(request: HttpRequest, user: User, password: str) -> HttpResponseBase:
    # Shown in the answer itself: nothing keeps it, and it is in no address.
    return render(request, "access/new_password.html", {"account": user, "password": password})


def _show_refusal(form: Form, error: UnableToChangeAccount) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error))


def _account_page(request: HttpRequest, user: User, form: GrantForm, status: int = 200) -> HttpResponseBase:
    context = {
        "account": user,
        "grants": list_grants_in_words(user),
        "form": form,
        "is_own": user.pk == user_of(request).pk,
        "is_system": user.username == SYSTEM_USERNAME,
    }
    return render(request, "access/manage.html", context, status=status)


def _found(pk: int) -> User:
    try:
        return get_account(pk)
    except User.DoesNotExist as error:
        raise Http404(_("There is no such account.")) from error
