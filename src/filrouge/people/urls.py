"""Addresses of the pages on the person alone; the shell adds the page that shows everything."""

from django.urls import path

from filrouge.people import views

app_name = "people"
urlpatterns = [
    path("personnes/", views.person_list, name="list"),
    path("personnes/export.xlsx", views.export, name="export"),
    path("personnes/nouvelle/", views.new, name="new"),
    path("personnes/doublons/", views.duplicates, name="duplicates"),
    path("personnes/<uuid:person_id>/modifier/", views.edit, name="edit"),
    path("personnes/<uuid:person_id>/menage/", views.household, name="household"),
    path("personnes/<uuid:person_id>/ressources/", views.resources, name="resources"),
    path("personnes/<uuid:person_id>/suivi/", views.followers, name="followers"),
]
