"""Who read a file and who wrote in it, in words that the person understands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filrouge.base.access.actor import Actor
from filrouge.base.trail.queries import Reading, acts_on, readings_of
from filrouge.people import queries as people
from filrouge.people.models import MissionKind, Person

READ = {
    "people:person": gettext_noop("la page du dossier"),
    "people:edit": gettext_noop("les données d'identité"),
    "people:household": gettext_noop("le ménage"),
    "people:resources": gettext_noop("les ressources"),
    "people:note": gettext_noop("le fil, pour y écrire"),
    "people:readers": gettext_noop("cette liste"),
    "people:followers": gettext_noop("qui suit le dossier"),
    "people:export": gettext_noop("un export en tableau"),
    "documents:list": gettext_noop("la liste des documents"),
    "documents:add": gettext_noop("les documents, pour en ajouter un"),
    "documents:open": gettext_noop("un document"),
    "claims:claim": gettext_noop("une demande"),
    "claims:step": gettext_noop("une demande"),
    "claims:act": gettext_noop("une demande"),
    "claims:sign": gettext_noop("une lettre à signer"),
    "claims:receipt": gettext_noop("un accusé de réception"),
    "claims:preview": gettext_noop("une lettre"),
    "claims:export": gettext_noop("un export en tableau"),
    "council:item": gettext_noop("la fiche d'une séance"),
}
DONE = {
    "people.register": gettext_noop("a ouvert le dossier"),
    "people.change_identity": gettext_noop("a modifié les données d'identité"),
    "people.give_mission": gettext_noop("a donné une mission à un collègue"),
    "people.end_mission": gettext_noop("a mis fin à une mission"),
    "people.add_household_member": gettext_noop("a ajouté quelqu'un au ménage"),
    "people.add_income": gettext_noop("a noté une ressource"),
    "people.add_asset": gettext_noop("a noté un bien"),
    "people.end_householdmember": gettext_noop("a noté un départ du ménage"),
    "people.end_income": gettext_noop("a noté la fin d'une ressource"),
    "people.end_asset": gettext_noop("a noté la fin d'un bien"),
    "thread.add_note": gettext_noop("a écrit une note"),
    "claims.register": gettext_noop("a inscrit une demande"),
    "claims.assign": gettext_noop("a confié la demande à un collègue"),
    "claims.open_inquiry": gettext_noop("a ouvert l'enquête sociale"),
    "claims.finding": gettext_noop("a noté un constat"),
    "claims.record_finding": gettext_noop("a noté un constat"),
    "claims.state_of_need": gettext_noop("a constaté l'état de besoin"),
    "claims.record_visit": gettext_noop("a noté une visite à domicile"),
    "claims.freeze_entitlement": gettext_noop("a figé un calcul"),
    "claims.propose": gettext_noop("a écrit une proposition"),
    "claims.take_back": gettext_noop("a repris sa proposition"),
    "claims.approve": gettext_noop("a approuvé la proposition"),
    "claims.send_back": gettext_noop("a renvoyé la proposition"),
    "claims.transfer": gettext_noop("a transmis la demande au centre compétent"),
    "claims.withdraw": gettext_noop("a noté le retrait de la demande"),
    "claims.prepare_notification": gettext_noop("a préparé la lettre de décision"),
    "claims.sign_notification": gettext_noop("a signé la lettre de décision"),
    "claims.send_notification": gettext_noop("a envoyé la décision"),
    "claims.record_payment": gettext_noop("a noté le premier paiement"),
    "claims.record_appeal": gettext_noop("a noté un recours"),
    "documents.receive": gettext_noop("a ajouté un document"),
    "documents.ask": gettext_noop("a demandé un document"),
    "documents.drop_request": gettext_noop("a renoncé à un document demandé"),
    "documents.keep_letter": gettext_noop("a gardé une lettre au dossier"),
    "council.schedule": gettext_noop("a inscrit un point à l'ordre du jour"),
    "council.decide": gettext_noop("a consigné une décision"),
    "council.decide_urgently": gettext_noop("a décidé en urgence"),
    "council.adjourn": gettext_noop("a reporté un point"),
}


@dataclass(slots=True)
class Reader:
    """One person who read, with what, how often, between which moments, and on what ground."""

    name: str
    role: str
    missions: str
    times: int = 0
    first: datetime | None = None
    last: datetime | None = None
    what: dict[str, int] = field(default_factory=dict)


def summary(actor: Actor, person: Person, *, with_lists: bool) -> list[Reader]:
    """The readers, latest first, each once per function."""
    missions = _missions(actor, person)
    found: dict[tuple[str, str], Reader] = {}
    for reading in readings_of(actor, person.pk, with_lists=with_lists):
        key = (reading.reader, reading.role)
        reader = found.setdefault(
            key, Reader(reading.reader, reading.role, missions.get(reading.reader, ""))
        )
        reader.times += 1
        reader.last = reader.last or reading.at
        reader.first = reading.at
        word = _read(reading)
        reader.what[word] = reader.what.get(word, 0) + 1
    return list(found.values())


def _missions(actor: Actor, person: Person) -> dict[str, str]:
    held: dict[str, list[str]] = {}
    for mission in people.missions_of(actor, person):
        label = str(MissionKind(mission.kind).label)
        names = held.setdefault(mission.membership.user.get_full_name(), [])
        if label not in names:
            names.append(label)
    return {name: ", ".join(labels) for name, labels in held.items()}


def _read(reading: Reading) -> str:
    if reading.why == "identity":
        return _("la fiche d'identité seulement")
    room = reading.action.partition(":")[0]
    rooms = {
        "council": _("une séance du conseil"),
        "claims": _("une demande"),
        "documents": _("un document"),
    }
    words = READ.get(reading.action)
    return _(words) if words else rooms.get(room, _("une liste ou une recherche"))


def acts(actor: Actor, person: Person) -> list[dict[str, Any]]:
    """Who did what on the file, latest first."""
    return [
        {
            "at": act.at,
            "name": act.reader,
            "role": act.role,
            "what": _(DONE[act.action]) if act.action in DONE else _("a agi sur le dossier"),
        }
        for act in acts_on(actor, person.pk)
    ]
