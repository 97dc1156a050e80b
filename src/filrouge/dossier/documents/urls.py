from django.urls import path

from filrouge.dossier.documents import views

app_name = "documents"
urlpatterns = [
    path("personnes/<uuid:person_id>/documents/", views.documents, name="list"),
    path("personnes/<uuid:person_id>/documents/ajouter/", views.add, name="add"),
    path("documents/<uuid:document_id>/", views.open_document, name="open"),
    path("documents/demandes/<uuid:request_id>/abandonner/", views.drop, name="drop"),
]
