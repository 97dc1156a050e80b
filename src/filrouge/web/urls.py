"""Every address of the house; each room brings its own, the shell adds what composes them."""

from django.urls import include, path

from filrouge.people import urls as people
from filrouge.web.views import account, bodies, centre, entry, person, plain, work

# Pages on a person that show several rooms stand here, under the names of the room.
people_pages = [
    *people.urlpatterns,
    path("personnes/<uuid:person_id>/", person.person, name="person"),
    path("personnes/<uuid:person_id>/note/", person.note, name="note"),
    path("personnes/<uuid:person_id>/lectures/", person.readers, name="readers"),
]

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("equipe/", work.team_work, name="team_work"),
    path("chercher/", work.search, name="search"),
    path("demandes/nouvelle/", work.new_request, name="new_request"),
    path("connexion/", entry.login, name="login"),
    path("connexion/sans-fonction/", entry.login_without_hat, name="login_without_hat"),
    path("deconnexion/", entry.logout, name="logout"),
    path("fonctions/", entry.hats, name="hats"),
    path("compte/", account.account, name="account"),
    path("centre/", centre.settings, name="settings"),
    path("centre/services/", centre.services, name="settings_services"),
    path("centre/utilisateurs/", centre.users, name="settings_users"),
    path("centre/utilisateurs/<uuid:membership_id>/", centre.hat, name="settings_hat"),
    path(
        "centre/utilisateurs/<uuid:membership_id>/mot-de-passe/",
        centre.password,
        name="settings_password",
    ),
    path("centre/organes/", bodies.bodies, name="settings_bodies"),
    path("centre/organes/<uuid:body_id>/", bodies.body, name="settings_body"),
    path("centre/organes/sieges/<uuid:seat_id>/", bodies.seat, name="settings_seat"),
    path("aide/", plain.help_page, name="help"),
    path("accessibilite/", plain.accessibility, name="accessibility"),
    path("healthz", plain.healthz, name="healthz"),
    path("brouillons/<slug:key>/", plain.draft, name="draft"),
    path("guide/", plain.styleguide, name="styleguide"),
    path("", include((people_pages, "people"))),
    path("", include("filrouge.dossier.documents.urls")),
    path("", include("filrouge.claims.urls")),
    path("", include("filrouge.council.urls")),
    path("", include("filrouge.lawbook.urls")),
]

handler400 = "filrouge.web.errors.bad_request"
handler403 = "filrouge.web.errors.forbidden"
handler404 = "filrouge.web.errors.not_found"
handler500 = "filrouge.web.errors.failed"
