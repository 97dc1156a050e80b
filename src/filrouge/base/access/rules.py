"""The rule table: who may do what, and on how much of the house.

One line per permission. Pages, lists, search, exports and letters all ask this table, through
the two access functions of each room; nothing else decides.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from filrouge.base.centres.models import Role


class Scope(IntEnum):
    """How far a permission reaches, from nothing to the whole centre."""

    NONE = 0
    MISSION = 1
    """Files on which the actor (or the absent colleague they replace) has an active mission."""
    SERVICE = 2
    """Files followed by the actor's service."""
    CENTRE = 3


class Permission(StrEnum):
    """What can be done, named after the user's act."""

    IDENTITY_READ = "identity.read"
    """Find a person: name, birth date, NISS, file number, who follows the file."""
    IDENTITY_WRITE = "identity.write"
    FILE_READ = "file.read"
    """Open the thread, household, resources and documents."""
    FILE_WRITE = "file.write"
    MISSION_ASSIGN = "mission.assign"
    REGISTER_READ = "register.read"
    """The chronological register: number, dates, name, kind of aid, no grounds."""
    CLAIM_REGISTER = "claim.register"
    CLAIM_READ = "claim.read"
    CLAIM_INSTRUCT = "claim.instruct"
    CLAIM_TRANSFER = "claim.transfer"
    """Sign a transfer to the competent centre."""
    CLAIM_APPROVE = "claim.approve"
    CLAIM_NOTIFY = "claim.notify"
    PAYMENT_READ = "payment.read"
    """Amounts, accounts and dates of payment, no grounds."""
    PAYMENT_RECORD = "payment.record"
    AGENDA_READ = "agenda.read"
    """Sheets of a session: what the decision needs, nothing more."""
    AGENDA_PREPARE = "agenda.prepare"
    DECISION_RECORD = "decision.record"
    URGENT_DECIDE = "urgent.decide"
    MINUTES_KEEP = "minutes.keep"
    MINUTES_SIGN = "minutes.sign"
    CONSULTATION_ASK = "consultation.ask"
    CONSULTATION_GRANT = "consultation.grant"
    OWN_QUEUE = "queue.own"
    TEAM_QUEUE = "queue.team"
    EXPORT_LIST = "list.export"
    SETTINGS = "settings"


_R = Role
_TABLE: dict[Permission, dict[Role, Scope]] = {
    Permission.IDENTITY_READ: {
        _R.RECEPTIONIST: Scope.CENTRE,
        _R.SOCIAL_WORKER: Scope.CENTRE,
        _R.INSERTION_AGENT: Scope.CENTRE,
        _R.HEAD_OF_SERVICE: Scope.CENTRE,
        _R.SECRETARIAT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.IDENTITY_WRITE: {
        _R.RECEPTIONIST: Scope.CENTRE,
        _R.SOCIAL_WORKER: Scope.CENTRE,
        _R.INSERTION_AGENT: Scope.MISSION,
        _R.HEAD_OF_SERVICE: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.FILE_READ: {
        _R.SOCIAL_WORKER: Scope.MISSION,
        _R.INSERTION_AGENT: Scope.MISSION,
        _R.HEAD_OF_SERVICE: Scope.SERVICE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.FILE_WRITE: {
        _R.SOCIAL_WORKER: Scope.MISSION,
        _R.INSERTION_AGENT: Scope.MISSION,
        _R.HEAD_OF_SERVICE: Scope.SERVICE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.MISSION_ASSIGN: {_R.HEAD_OF_SERVICE: Scope.CENTRE, _R.SYSTEM: Scope.CENTRE},
    Permission.REGISTER_READ: {
        _R.RECEPTIONIST: Scope.CENTRE,
        _R.SOCIAL_WORKER: Scope.CENTRE,
        _R.HEAD_OF_SERVICE: Scope.CENTRE,
        _R.SECRETARIAT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
    },
    Permission.CLAIM_REGISTER: {
        _R.RECEPTIONIST: Scope.CENTRE,
        _R.SOCIAL_WORKER: Scope.CENTRE,
        _R.HEAD_OF_SERVICE: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.CLAIM_READ: {
        _R.SOCIAL_WORKER: Scope.MISSION,
        _R.HEAD_OF_SERVICE: Scope.SERVICE,
        _R.SECRETARIAT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.CLAIM_INSTRUCT: {
        _R.SOCIAL_WORKER: Scope.MISSION,
        _R.HEAD_OF_SERVICE: Scope.SERVICE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.CLAIM_TRANSFER: {
        _R.HEAD_OF_SERVICE: Scope.SERVICE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.CLAIM_APPROVE: {_R.HEAD_OF_SERVICE: Scope.SERVICE, _R.SYSTEM: Scope.CENTRE},
    Permission.CLAIM_NOTIFY: {
        _R.SECRETARIAT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.PAYMENT_READ: {
        _R.FINANCIAL_DIRECTOR: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.PAYMENT_RECORD: {_R.FINANCIAL_DIRECTOR: Scope.CENTRE, _R.SYSTEM: Scope.CENTRE},
    Permission.AGENDA_READ: {
        _R.SECRETARIAT: Scope.CENTRE,
        _R.COUNCILLOR: Scope.CENTRE,
        _R.PRESIDENT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.AGENDA_PREPARE: {
        _R.SECRETARIAT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.DECISION_RECORD: {
        _R.SECRETARIAT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
        _R.SYSTEM: Scope.CENTRE,
    },
    Permission.URGENT_DECIDE: {_R.PRESIDENT: Scope.CENTRE},
    Permission.MINUTES_KEEP: {_R.DIRECTOR_GENERAL: Scope.CENTRE, _R.SYSTEM: Scope.CENTRE},
    Permission.MINUTES_SIGN: {
        _R.PRESIDENT: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
    },
    Permission.CONSULTATION_ASK: {_R.COUNCILLOR: Scope.CENTRE, _R.PRESIDENT: Scope.CENTRE},
    Permission.CONSULTATION_GRANT: {_R.DIRECTOR_GENERAL: Scope.CENTRE},
    Permission.OWN_QUEUE: dict.fromkeys(Role, Scope.CENTRE),
    Permission.TEAM_QUEUE: {_R.HEAD_OF_SERVICE: Scope.SERVICE},
    Permission.EXPORT_LIST: {
        _R.SOCIAL_WORKER: Scope.MISSION,
        _R.HEAD_OF_SERVICE: Scope.SERVICE,
        _R.SECRETARIAT: Scope.CENTRE,
        _R.FINANCIAL_DIRECTOR: Scope.CENTRE,
        _R.DIRECTOR_GENERAL: Scope.CENTRE,
    },
    Permission.SETTINGS: {_R.ADMINISTRATOR: Scope.CENTRE, _R.SYSTEM: Scope.CENTRE},
}


def scope_of(role: Role | str, permission: Permission) -> Scope:
    """How far *role* reaches with *permission*; ``Scope.NONE`` when the table is silent."""
    return _TABLE[permission].get(Role(role), Scope.NONE)


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that the table grants *permission*, in the order of the organisation chart."""
    return tuple(role for role in Role if scope_of(role, permission) > Scope.NONE)
