"""Addresses of the ledger."""

from django.urls import include, path

from luoshi.ledger import holder_views, overview_views, task_acts, task_views, today_views
from luoshi.ledger.exchange import views as exchange
from luoshi.ledger.listing import bulk_views as bulk
from luoshi.ledger.listing import views as listing
from luoshi.ledger.printings import views as printings

app_name = "ledger"
urlpatterns = [
    path("", today_views.today, name="today"),
    path("overview/", overview_views.overview, name="overview"),
    path("mine/", holder_views.mine, name="mine"),
    path("leaders/<slug:key>/", holder_views.leader, name="leader"),
    path("units/<slug:key>/", holder_views.unit, name="unit"),
    path("counties/<str:code>/", holder_views.county, name="county"),
    path("tasks/", listing.task_list, name="list"),
    path("tasks/bulk/", bulk.change_many, name="bulk"),
    path("tasks/export/", exchange.export_tasks, name="export"),
    path("tasks/import/", exchange.import_tasks, name="import"),
    path("tasks/import/apply/", exchange.apply_import, name="apply_import"),
    path("tasks/views/", listing.keep_view, name="keep_view"),
    path("tasks/views/<int:pk>/delete/", listing.forget_view, name="forget_view"),
    path("tasks/<int:pk>/", task_views.task, name="task"),
    path("tasks/<int:pk>/status/", task_acts.change_status, name="task_status"),
    path("tasks/<int:pk>/notes/", task_acts.add_note, name="task_note"),
    path("tasks/<int:pk>/files/", task_acts.attach, name="task_attach"),
    path("tasks/<int:pk>/parts/", task_acts.add_part, name="task_subtask"),
    path("tasks/<int:pk>/edit/", task_views.edit, name="task_edit"),
    path("tasks/<int:pk>/edit/save/", task_acts.edit, name="task_edit_save"),
    path("tasks/<int:pk>/parties/", task_acts.assign, name="task_assign"),
    path("tasks/<int:pk>/parties/<int:assignment_pk>/remove/", task_acts.unassign, name="task_unassign"),
    path("attachments/<int:pk>/", task_views.attachment, name="attachment"),
    path("attachments/<int:pk>/remove/", task_acts.remove_attachment, name="attachment_remove"),
    path("printings/<int:document_pk>/", printings.printing, name="printing"),
    path("printings/<int:document_pk>/decide/", printings.decide, name="decide_difference"),
    path("indicators/", include("luoshi.ledger.indicators.urls")),
    path("confirm/", include("luoshi.ledger.confirming.urls")),
]
