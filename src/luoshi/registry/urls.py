"""Addresses of the registry room."""

from django.urls import path

from luoshi.registry.views import divisions, groups, people, proposals, units

app_name = "registry"
urlpatterns = [
    path("", units.units, name="units"),
    path("units/new/", units.add, name="unit_add"),
    path("units/<slug:key>/", units.unit, name="unit"),
    path("units/<slug:key>/names/", units.add_alias, name="unit_alias_add"),
    path("names/<int:pk>/", units.alias, name="alias"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.add, name="group_add"),
    path("groups/<slug:key>/", groups.group, name="group"),
    path("groups/<slug:key>/names/", groups.add_alias, name="group_alias_add"),
    path("groups/<slug:key>/members/", groups.members, name="group_members"),
    path("people/", people.people, name="people"),
    path("people/new/", people.add, name="person_add"),
    path("people/<slug:key>/", people.person, name="person"),
    path("people/<slug:key>/posts/", people.add_post_of, name="post_add"),
    path("divisions/", divisions.divisions, name="divisions"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/known/", proposals.settle_as_known, name="settle_as_known"),
    path("proposals/<int:pk>/new/<slug:kind>/", proposals.settle_as_new, name="settle_as_new"),
    path("proposals/<int:pk>/reject/", proposals.reject, name="reject"),
]
