"""Logging in and out, and what everybody does with their own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.access.actions import UnableToChangeAccount, change_password
from luoshi.access.forms import LogInForm, PasswordForm
from luoshi.access.guards import user_of
from luoshi.access.logging_in import UnableToLogIn, check_log_in, record_log_out
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.access.queries import list_grants_in_words

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for name and password; who is logged in already is sent on."""
    if isinstance(request.user, User):
        return redirect(_next_address(request, request.user))
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = check_log_in(
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
                now=timezone.now(),
            )
        except UnableToLogIn as error:
            # One sentence for a wrong name, a wrong password and a closed account: it tells nobody which names exist.
            form.add_error(None, _("The user name or the password is not right."))
            if error.is_locked:
                form.add_error(None, _("There were too many tries. Try again in 15 minutes."))
        else:
            login(request, user, backend=BACKEND)
            return redirect(_next_address(request, user))
    asked = request.POST.get("next", request.GET.get("next", ""))
    return render(request, "access/log_in.html", {"form": form, "next": asked}, status=422 if form.errors else 200)


@require_POST
def log_out(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    record_log_out(user=user_of(request), now=timezone.now())
    logout(request)
    messages.success(request, _("You are logged out."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_safe
def account(request: HttpRequest) -> HttpResponseBase:
    """Show the own account: who one is here and what one may do."""
    user = user_of(request)
    return render(request, "access/account.html", {"account": user, "grants": list_grants_in_words(user)})


@sensitive_post_parameters("old", "password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the own password."""
    user = user_of(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not user.check_password(form.cleaned_data["old"]):
            form.add_error("old", _("This is not your present password."))
        else:
            try:
                change_password(acting_user=user, user=user, password=form.cleaned_data["password"], now=timezone.now())
            except UnableToChangeAccount as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                update_session_auth_hash(request, user)
                messages.success(request, _("Your password was changed. Other sessions of yours have ended."))
                return redirect("access:account")
    return render(request, "access/password.html", {"form": form}, status=422 if form.errors else 200)


def _next_address(request: HttpRequest, user: User) -> str:
    """Return where to go after logging in: the page that was asked for when it is one of ours, else the first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure()):
        return asked
    if user.may(Action.MANAGE_ACCOUNTS):
        return reverse("access:accounts")
    try:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return reverse("access:account")
