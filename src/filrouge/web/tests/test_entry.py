"""Coming in, choosing a hat, going out, and the pages that need no account."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from tests import world

from filrouge.base.centres.models import Absence, Membership, Role, ServiceKind, User
from filrouge.base.trail.models import Entry
from filrouge.web.models import Draft, FailedLogin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def team(centre):
    return world.service(centre)


@pytest.fixture
def worker(centre, team):
    return world.hat(centre, Role.SOCIAL_WORKER, name="nadia", team=team, password=world.PASSWORD)


def sign_in(client, email, password=world.PASSWORD, **more):
    return client.post(reverse("login"), {"email": email, "password": password, **more})


def test_the_right_password_leads_to_the_day_s_work(client, worker):
    answer = sign_in(client, worker.user.email.upper())
    assert (answer.status_code, answer.url) == (302, reverse("my_work"))
    assert client.get(answer.url).status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for_if_it_is_ours(client, worker):
    wanted = reverse("people:list")
    assert client.get(wanted).url == f"{reverse('login')}?next={wanted}"
    assert sign_in(client, worker.user.email, next=wanted).url == wanted
    client.post(reverse("logout"))
    assert sign_in(client, worker.user.email, next="https://evil.example/").url == "/"


@pytest.mark.parametrize("email", ["nadia@valbourg.example", "inconnu@valbourg.example"])
def test_a_refusal_never_says_what_was_wrong(client, worker, email):
    answer = sign_in(client, email, "pas le bon mot")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "L&#x27;adresse ou le mot de passe n&#x27;est pas juste" in html
    assert email in html and "pas le bon mot" not in html


def test_who_guesses_waits_and_nobody_else_does(client, worker, time_machine):
    for _ in range(5):
        sign_in(client, worker.user.email, "faux")
    held = sign_in(client, worker.user.email)
    assert "quart d&#x27;heure" in held.content.decode()
    elsewhere = client.post(
        reverse("login"),
        {"email": worker.user.email, "password": world.PASSWORD},
        REMOTE_ADDR="10.0.0.9",
    )
    assert elsewhere.status_code == 302
    assert "nadia" not in str(list(FailedLogin.objects.order_by("id").values()))


def test_the_wait_ends(client, worker, frozen_time):
    for _ in range(5):
        sign_in(client, worker.user.email, "faux")
    frozen_time.move_to(world.MONDAY.replace(hour=10), tick=False)
    assert sign_in(client, worker.user.email).status_code == 302
    assert not FailedLogin.objects.exists()


def test_the_session_key_changes_when_signing_in_and_when_changing_hats(
    client, centre, team, worker
):
    world.hat(centre, Role.INSERTION_AGENT, name="nadia", team=team)
    client.get(reverse("login"))
    answer = sign_in(client, worker.user.email)
    assert answer.url == reverse("hats")
    before = client.session.session_key
    other = Membership.objects.get(user=worker.user, role=Role.INSERTION_AGENT)
    client.post(reverse("hats"), {"hat": str(other.pk)})
    assert client.session.session_key != before
    assert "Agent d&#x27;insertion" in client.get(reverse("my_work")).content.decode()


def test_somebody_else_s_hat_cannot_be_worn(client, centre, worker):
    head = world.hat(centre, Role.HEAD_OF_SERVICE, name="claire")
    client.force_login(worker.user)
    client.post(reverse("hats"), {"hat": str(head.pk)})
    assert client.get(reverse("team_work")).status_code == 403


def test_without_a_function_there_is_nothing_to_see(client, worker):
    Membership.objects.update(ends_on="2026-01-31")
    client.force_login(worker.user)
    assert client.get(reverse("my_work")).url == reverse("login_without_hat")
    assert client.get(reverse("login_without_hat")).status_code == 403


def test_going_out_closes_the_session(client, worker):
    client.force_login(worker.user)
    assert client.get(reverse("logout")).status_code == 405
    client.post(reverse("logout"))
    assert client.get(reverse("my_work")).status_code == 302


@pytest.mark.parametrize("name", ["login", "help", "accessibility", "healthz"])
def test_public_pages_need_no_account(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["my_work", "team_work", "search", "hats", "account", "settings", "styleguide"]
)
def test_every_other_page_asks_to_sign_in(client, name):
    assert client.get(reverse(name)).url.startswith(reverse("login"))


def test_the_health_page_tells_nothing_about_anybody(client, worker):
    assert set(client.get(reverse("healthz")).json()) == {"status", "version"}


def test_the_demo_shows_its_accounts_and_only_the_demo(client, db):
    assert "démonstration" not in client.get(reverse("login")).content.decode()
    world.hat(world.centre(), Role.RECEPTIONIST, name="jo")
    html = client.get(reverse("login")).content.decode()
    assert "?compte=jo%40valbourg.example" in html


# One's own account -----------------------------------------------------------------------


def test_a_new_password_needs_the_old_one_and_keeps_this_session(client, worker):
    client.force_login(worker.user)
    sent = {"what": "password", "motdepasse-old": "faux"}
    sent |= {
        "motdepasse-new": "quatre mots sans rapport",
        "motdepasse-again": "quatre mots sans rapport",
    }
    assert client.post(reverse("account"), sent).status_code == 422
    sent["motdepasse-old"] = world.PASSWORD
    assert client.post(reverse("account"), sent).status_code == 302
    worker.user.refresh_from_db()
    assert check_password("quatre mots sans rapport", worker.user.password)
    assert client.get(reverse("account")).status_code == 200


def test_an_absence_hands_the_queue_over_and_can_be_undone(client, centre, team, worker):
    paul = world.hat(centre, Role.SOCIAL_WORKER, name="paul", team=team)
    client.force_login(worker.user)
    sent = {
        "what": "absence",
        "absence-starts_on": "2026-03-02",
        "absence-ends_on": "2026-03-06",
        "absence-replaced_by": str(paul.pk),
    }
    assert client.post(reverse("account"), sent).status_code == 302
    again = client.post(reverse("account"), sent)
    assert "déjà notée" in again.content.decode()
    absence = Absence.objects.get(membership=worker)
    client.force_login(paul.user)
    assert "vous remplacez" in client.get(reverse("my_work")).content.decode()
    assert client.post(reverse("account"), {"undo": str(absence.pk)}).status_code == 403
    client.force_login(worker.user)
    client.post(reverse("account"), {"undo": str(absence.pk)})
    assert not Absence.objects.filter(membership=worker).exists()


def test_an_absence_that_ends_before_it_begins_is_refused_at_its_field(
    client, centre, team, worker
):
    paul = world.hat(centre, Role.SOCIAL_WORKER, name="paul", team=team)
    client.force_login(worker.user)
    sent = {
        "what": "absence",
        "absence-starts_on": "2026-03-06",
        "absence-ends_on": "2026-03-02",
        "absence-replaced_by": str(paul.pk),
    }
    html = client.post(reverse("account"), sent).content.decode()
    assert 'id="id_absence-ends_on_error"' in html


# Drafts -----------------------------------------------------------------------------------


def test_a_draft_waits_for_its_author_only_and_goes_when_sent(client, centre, team, worker, system):
    from filrouge.people.actions import give_mission
    from filrouge.people.models import MissionKind

    samira = world.person(centre, "Lejeune", "Samira")
    paul = world.hat(centre, Role.SOCIAL_WORKER, name="paul", team=team)
    for hat, kind in ((worker, MissionKind.REFERENT), (paul, MissionKind.CO_REFERENT)):
        give_mission(system, samira.pk, hat, kind)
    page, key = reverse("people:note", args=[samira.pk]), f"note-{samira.pk}"
    client.force_login(worker.user)
    typed = {"title": "Visite", "text": "Studio, bail vu.", "audience": "service", "nature": "fact"}
    assert client.post(reverse("draft", args=[key]), typed).status_code == 204
    html = client.get(page).content.decode()
    assert "brouillon est revenu" in html and "Studio, bail vu." in html
    client.force_login(paul.user)
    assert "Studio" not in client.get(page).content.decode()
    client.force_login(worker.user)
    assert client.post(page, typed).status_code == 302
    assert not Draft.objects.filter(centre_id=centre.pk).exists()


def test_old_drafts_go_with_the_next_one(client, worker, frozen_time):
    client.force_login(worker.user)
    client.post(reverse("draft", args=["a"]), {"text": "ancien"})
    frozen_time.move_to("2026-04-15 09:00+02:00", tick=False)
    client.force_login(worker.user)
    client.post(reverse("draft", args=["b"]), {"text": "nouveau"})
    assert [draft.key for draft in Draft.objects.order_by("key")] == ["b"]


# The centre -------------------------------------------------------------------------------


@pytest.fixture
def administrator(centre):
    return world.hat(centre, Role.ADMINISTRATOR, name="ada")


SETTINGS = ["settings", "settings_services", "settings_users", "settings_bodies"]


@pytest.mark.parametrize("name", SETTINGS)
def test_only_the_administrator_sets_the_centre_up(client, worker, administrator, name):
    client.force_login(worker.user)
    assert client.get(reverse(name)).status_code == 403
    client.force_login(administrator.user)
    assert client.get(reverse(name)).status_code == 200


def test_the_administrator_opens_no_file(client, centre, administrator):
    person = world.person(centre)
    client.force_login(administrator.user)
    assert client.get(reverse("people:list")).status_code == 403
    assert client.get(reverse("people:person", args=[person.pk])).status_code == 403
    found = client.get(reverse("search"), {"q": "Dubois", "fragment": "1"}).content.decode()
    assert str(person.pk) not in found


def test_a_new_colleague_gets_a_first_password_once(client, team, administrator):
    client.force_login(administrator.user)
    sent = {
        "email": "Luc.Fabry@valbourg.example",
        "first_name": "Luc",
        "last_name": "Fabry",
        "role": "insertion_agent",
        "service": str(team.pk),
        "starts_on": "2026-03-02",
        "quota": "50",
        "submission_key": "one",
    }
    first = client.post(reverse("settings_users"), sent)
    assert "Premier mot de passe" in first.content.decode()
    assert client.post(reverse("settings_users"), sent).status_code == 302
    hat = Membership.objects.get(user__email="luc.fabry@valbourg.example")
    assert (hat.role, hat.quota, hat.service) == (Role.INSERTION_AGENT, 50, team)
    assert User.objects.filter(last_name="Fabry").count() == 1


def test_a_service_is_added_once_and_renamed(client, team, administrator):
    client.force_login(administrator.user)
    page = reverse("settings_services")
    assert client.post(page, {"name": "Énergie", "kind": ServiceKind.ENERGY}).status_code == 302
    refused = client.post(page, {"name": "Énergie", "kind": ServiceKind.ENERGY})
    assert "porte déjà ce nom" in refused.content.decode()
    client.post(page, {"service": str(team.pk), "name": "Service social", "kind": "general"})
    team.refresh_from_db()
    assert team.name == "Service social"


def test_the_letterhead_is_changed(client, centre, administrator):
    client.force_login(administrator.user)
    from filrouge.web.actions import CENTRE_FIELDS

    sent = {name: getattr(centre, name) for name in CENTRE_FIELDS} | {"phone": "081 22 33 44"}
    assert client.post(reverse("settings"), sent).status_code == 302
    centre.refresh_from_db()
    assert centre.phone == "081 22 33 44"
    sent["convocation_clear_days"] = "99"
    assert client.post(reverse("settings"), sent).status_code == 422


def test_a_hat_of_another_centre_is_not_found(client, other_centre, administrator):
    stranger = world.hat(other_centre, Role.SOCIAL_WORKER, name="zoe")
    client.force_login(administrator.user)
    assert client.get(reverse("settings_hat", args=[stranger.pk])).status_code == 404


def test_a_substitute_is_named(client, centre, team, administrator):
    head = world.hat(centre, Role.HEAD_OF_SERVICE, name="claire", team=team)
    other = world.hat(centre, Role.HEAD_OF_SERVICE, name="luc")
    client.force_login(administrator.user)
    page = reverse("settings_hat", args=[head.pk])
    sent = {"service": str(team.pk), "quota": "100", "ends_on": "", "substitute": str(other.pk)}
    assert client.post(page, sent).status_code == 302
    head.refresh_from_db()
    assert head.substitute == other


# A password that somebody else gave ---------------------------------------------------------


def given_password(client, hat):
    """What the administrator reads on the screen, once."""
    page = reverse("settings_password", args=[hat.pk])
    assert "toutes ses sessions se ferment" in client.get(page).content.decode()
    html = client.post(page).content.decode()
    return re.search(r"<kbd>([^<]{16})</kbd>", html)[1]


def test_a_temporary_password_ends_every_session_and_the_former_password(
    client, worker, administrator
):
    at_work, elsewhere = Client(), Client()
    for browser in (at_work, elsewhere):
        sign_in(browser, worker.user.email)
        assert browser.get(reverse("my_work")).status_code == 200
    client.force_login(administrator.user)
    password = given_password(client, worker)
    for browser in (at_work, elsewhere):
        assert browser.get(reverse("my_work")).url.startswith(reverse("login"))
        assert "_auth_user_id" not in browser.session
    assert sign_in(Client(), worker.user.email).status_code == 422
    assert sign_in(Client(), worker.user.email, password).status_code == 302
    assert client.get(reverse("settings")).status_code == 200


def test_nothing_opens_before_the_given_password_is_changed(client, worker, administrator):
    client.force_login(administrator.user)
    password = given_password(client, worker)
    client.logout()
    sign_in(client, worker.user.email, password)
    account = reverse("account")
    for name in ("my_work", "people:list", "search", "hats"):
        assert client.get(reverse(name)).url == account
    assert client.post(reverse("draft", args=["a"]), {"text": "x"}).url == account
    assert not Draft.objects.filter(centre_id=worker.centre_id).exists()
    html = client.get(account).content.decode()
    assert "Choisissez votre mot de passe" in html and "Mes absences" not in html
    assert "/chercher/" not in html.partition("</header>")[0]
    client.post(account, {"what": "name", "first_name": "Autre", "last_name": "Nom"})
    worker.user.refresh_from_db()
    assert worker.user.first_name == "Prénom"
    sent = {"what": "password", "motdepasse-old": password}
    same = client.post(account, sent | dict.fromkeys(AGAIN, password))
    assert "déjà votre mot de passe" in same.content.decode()
    done = client.post(account, sent | dict.fromkeys(AGAIN, "quatre mots sans rapport"))
    assert done.url == reverse("my_work")
    assert client.get(done.url).status_code == 200
    worker.user.refresh_from_db()
    assert not worker.user.must_change_password


AGAIN = ("motdepasse-new", "motdepasse-again")


def test_whoever_has_several_functions_chooses_one_after_the_password(
    client, centre, team, worker, administrator
):
    world.hat(centre, Role.INSERTION_AGENT, name="nadia", team=team)
    client.force_login(administrator.user)
    password = given_password(client, worker)
    client.logout()
    sign_in(client, worker.user.email, password)
    sent = {"what": "password", "motdepasse-old": password}
    sent |= dict.fromkeys(AGAIN, "quatre mots sans rapport")
    assert client.post(reverse("account"), sent).url == reverse("hats")


def test_a_first_password_is_changed_at_the_first_entry(client, team, administrator):
    client.force_login(administrator.user)
    sent = {
        "email": "luc@valbourg.example", "first_name": "Luc", "last_name": "Fabry",
        "role": "insertion_agent", "starts_on": "2026-03-02", "quota": "50",
    }  # fmt: skip
    html = client.post(reverse("settings_users"), sent).content.decode()
    password = re.search(r"<kbd>([^<]{16})</kbd>", html)[1]
    client.logout()
    sign_in(client, sent["email"], password)
    assert client.get(reverse("my_work")).url == reverse("account")


def test_a_given_password_is_written_nowhere(client, worker, administrator, caplog):
    client.force_login(administrator.user)
    with caplog.at_level("DEBUG"):
        password = given_password(client, worker)
    assert password not in caplog.text
    kept = [
        str(list(model._default_manager.order_by("pk").values()))
        for model in apps.get_models()
        if model._meta.managed
    ]
    assert password not in "".join(kept)
    assert password not in str(dict(client.session))
    entry = Entry.objects.get(centre_id=worker.centre_id, action="centre.give_password")
    assert (entry.user_id, entry.subject_id) == (administrator.user.pk, worker.user.pk)


def test_no_administrator_gets_into_another_centre_or_changes_their_own_that_way(
    client, other_centre, worker, administrator
):
    Membership.objects.create(
        centre=other_centre, user=worker.user, role=Role.SOCIAL_WORKER, starts_on="2020-01-01"
    )
    client.force_login(administrator.user)
    before = worker.user.password
    for hat, words in ((worker, "autre centre"), (administrator, "Mon compte")):
        page = reverse("settings_password", args=[hat.pk])
        assert words in client.get(page).content.decode()
        refused = client.post(page)
        assert refused.status_code != 200 and words in refused.content.decode()
    worker.user.refresh_from_db()
    assert worker.user.password == before
    assert client.get(reverse("settings")).status_code == 200
