"""Addresses of the access room."""

from django.urls import path

from luoshi.access.views import accounts, sessions, trail

app_name = "access"
urlpatterns = [
    path("log-in/", sessions.log_in, name="login"),
    path("log-out/", sessions.log_out, name="logout"),
    path("", sessions.account, name="account"),
    path("password/", sessions.password, name="password"),
    path("all/", accounts.accounts, name="accounts"),
    path("all/new/", accounts.add, name="account_add"),
    path("all/<int:pk>/", accounts.manage, name="manage"),
    path("all/<int:pk>/grant/", accounts.grant, name="grant"),
    path("all/<int:pk>/revoke/", accounts.revoke, name="revoke"),
    path("all/<int:pk>/active/", accounts.switch, name="switch"),
    path("all/<int:pk>/password/", accounts.reset_password, name="reset_password"),
    path("trail/", trail.trail, name="audit"),
    path("trail/verify/", trail.verify, name="audit_verify"),
]
