from django.urls import path

from filrouge.council.views import consultations, items, minutes, sessions

_SESSION = "conseil/seances/<uuid:session_id>/"

app_name = "council"
urlpatterns = [
    path("conseil/", sessions.sessions, name="sessions"),
    path("conseil/seances/nouvelle/", sessions.new_session, name="new_session"),
    path(_SESSION, sessions.session, name="session"),
    path(f"{_SESSION}convoquer/", sessions.convene, name="convene"),
    path(f"{_SESSION}ouvrir/", sessions.open_session, name="open_session"),
    path(f"{_SESSION}presences/", sessions.presence, name="presence"),
    path(f"{_SESSION}lever/", sessions.close_session, name="close_session"),
    path(f"{_SESSION}proces-verbal/", minutes.minutes, name="minutes"),
    path(f"{_SESSION}proces-verbal/approuver/", minutes.approve, name="approve_minutes"),
    path(f"{_SESSION}proces-verbal/signer/", minutes.sign, name="sign_minutes"),
    path(f"{_SESSION}proces-verbal/pdf/", minutes.minutes_pdf, name="minutes_pdf"),
    path("conseil/points/<uuid:item_id>/", items.item, name="item"),
    path("conseil/points/<uuid:item_id>/monter/", items.move, {"way": "monter"}, name="move_up"),
    path(
        "conseil/points/<uuid:item_id>/descendre/", items.move, {"way": "descendre"},
        name="move_down",
    ),
    path("conseil/consultations/", consultations.consultations, name="consultations"),
    path(
        "conseil/consultations/<uuid:consultation_id>/", consultations.answer, name="answer"
    ),
    path(
        "conseil/consultations/<uuid:consultation_id>/sur-place/", consultations.on_site,
        name="on_site",
    ),
]  # fmt: skip
