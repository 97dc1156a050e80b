"""Minutes grow by themselves, are approved, signed twice, and then never change."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from filrouge.base.records import RuleBroken
from filrouge.council import actions, queries
from filrouge.council.access import access_session
from filrouge.council.models import Minutes, Session
from filrouge.council.states import Stage, stage_of
from filrouge.council.tests.house import House
from filrouge.dossier.documents.models import Document, DocumentKind

pytestmark = pytest.mark.django_db


def closed(house: House) -> Session:
    item = house.in_session(present=4)
    at = house.at(item.session)
    actions.record_arrival(at, item.session_id, house.members[4].pk)
    actions.withdraw_member(at, item.pk, house.members[1].pk, "Sa nièce")
    house.decide(item, votes_for=3, abstentions=1)
    return actions.close_session(at, item.session_id)


def approved(house: House) -> tuple[Session, Session]:
    session = closed(house)
    following = house.plan(days=28)
    house.schedule(following, house.person(first_name="Karim"))
    actions.convene(house.at(session), following.pk)
    house.open(following)
    actions.approve_minutes(house.at(following), session.pk, following.pk)
    return session, following


def test_the_minutes_tell_presence_withdrawal_vote_and_decision(house: House) -> None:
    session = closed(house)
    page = queries.minutes_page(house.director, access_session(house.director, session.pk))
    text = page.text
    assert [one["role"] for one in text["present"]] == [
        "préside",
        "",
        "",
        "",
        "arrivée à 18\u00a0h\u00a030",
    ]
    (point,) = text["items"]
    assert point["withdrawn"] == ("Prénom Membre 1",)
    assert point["votes"] == "3 pour, 0 contre, 1 abstention(s)"
    assert "accordé, revenu d'intégration" in point["outcome"]
    assert page.with_grounds
    assert not queries.minutes_page(
        house.councillor(2), access_session(house.councillor(2), session.pk)
    ).with_grounds


def test_minutes_are_approved_by_the_body_in_a_later_session(house: House) -> None:
    session = closed(house)
    with pytest.raises(RuleBroken, match="pas en cours"):
        actions.approve_minutes(house.at(session), session.pk, house.plan(days=28).pk)
    assert stage_of(Session.objects.get(pk=session.pk)) is Stage.CLOSED


def test_both_signatures_freeze_the_minutes(house: House) -> None:
    session, following = approved(house)
    at = following.starts_at
    with pytest.raises(PermissionDenied):
        actions.sign_minutes(house.secretary.at(at), session.pk)
    actions.sign_minutes(house.president.at(at), session.pk)
    with pytest.raises(RuleBroken, match="déjà signé"):
        actions.sign_minutes(house.president.at(at), session.pk)
    minutes = actions.sign_minutes(house.director.at(at), session.pk)
    assert minutes.is_final
    assert minutes.frozen_text is not None
    assert minutes.frozen_text["items"][0]["facts"]
    assert minutes.frozen_text["approved"] == "Approuvé en séance du lundi 30 mars 2026."
    assert Document.objects.filter(kind=DocumentKind.MINUTES, subject_id=minutes.pk).count() == 1


def test_after_the_signatures_nothing_changes(house: House) -> None:
    session, following = approved(house)
    at = following.starts_at
    actions.sign_minutes(house.president.at(at), session.pk)
    actions.sign_minutes(house.director.at(at), session.pk)
    for refused in (
        lambda: actions.keep_remarks(house.director.at(at), session.pk, "Encore"),
        lambda: actions.sign_minutes(house.director.at(at), session.pk),
        lambda: actions.approve_minutes(house.at(following), session.pk, following.pk),
        lambda: actions.close_session(house.at(following), session.pk),
    ):
        with pytest.raises(RuleBroken):
            refused()


def test_remarks_are_kept_until_the_approval(house: House) -> None:
    session = closed(house)
    actions.keep_remarks(house.director, session.pk, "Madame X a quitté la salle.")
    assert Minutes.objects.get(session=session).remarks == "Madame X a quitté la salle."
    with pytest.raises(PermissionDenied):
        actions.keep_remarks(house.president, session.pk, "Moi aussi")


def test_approved_minutes_take_no_more_remarks(house: House) -> None:
    session, following = approved(house)
    with pytest.raises(RuleBroken, match="approuvé"):
        actions.keep_remarks(house.director.at(following.starts_at), session.pk, "Trop tard")
