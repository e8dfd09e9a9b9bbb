"""Every address of the service: each room brings its own."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("luoshi.ledger.urls")),
    path("", include("luoshi.web.urls")),
    path("documents/", include("luoshi.documents.urls")),
    path("registry/", include("luoshi.registry.urls")),
    path("account/", include("luoshi.access.urls")),
    # Public: the switch stands on the log-in page too.
    path("language/", login_not_required(set_language), name="set_language"),
]
