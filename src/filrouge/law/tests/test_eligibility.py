"""The six conditions, from facts to a reasoned outcome."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filrouge.law.eligibility import (
    ConditionKey,
    Result,
    Situation,
    Stay,
    StayKind,
    assess,
    either,
    together,
)
from filrouge.law.reading import CaseError

ON = date(2026, 3, 10)
ADULT = date(1990, 5, 1)
MINOR = date(2009, 5, 1)
BELGIAN = (Stay(StayKind.BELGIAN),)
FULL = Situation(
    lives_in_belgium=True,
    stays_lawfully=True,
    birth_date=ADULT,
    stays=BELGIAN,
    lacks_resources=True,
    cannot_obtain_more=True,
    is_willing_to_work=True,
    claimed_other_rights=True,
)
MET, UNKNOWN, NOT_MET = Result.MET, Result.UNKNOWN, Result.NOT_MET


def outcome(situation: Situation, key: ConditionKey, on: date = ON) -> tuple[Result, str]:
    found = next(item for item in assess(situation, on).assessments if item.condition.key is key)
    assert found.reasons and all(reason.endswith(".") for reason in found.reasons)
    return found.result, " ".join(found.reasons)


def test_all_six_met_open_the_right_and_nothing_known_leaves_all_open() -> None:
    assert assess(FULL, ON).result is MET
    empty = assess(Situation(), ON)
    assert {item.result for item in empty.assessments} == {UNKNOWN}
    assert empty.result is UNKNOWN
    data = assess(FULL, ON).as_dict()
    assert data["result"] == "met" and len(data["assessments"]) == 6  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "result", "words"),
    [
        ({"birth_date": date(2008, 3, 10)}, MET, "18 ans"),
        ({"birth_date": MINOR}, UNKNOWN, "à établir"),
        ({"birth_date": MINOR, "is_pregnant": True}, MET, "enceinte"),
        ({"birth_date": MINOR, "has_dependent_child": True}, MET, "enfant à charge"),
        ({"birth_date": MINOR, "is_married": True}, MET, "mariage"),
        (
            {
                "birth_date": MINOR,
                "is_married": False,
                "has_dependent_child": False,
                "is_pregnant": False,
            },
            NOT_MET,
            "aide sociale",
        ),
        ({"birth_date": None}, UNKNOWN, "date de naissance"),
        ({"birth_date": None, "is_married": True}, MET, "mariage"),
    ],
)
def test_age_and_minors_treated_as_adults(
    changes: dict[str, object], result: Result, words: str
) -> None:
    found, why = outcome(replace(FULL, **changes), ConditionKey.AGE)  # type: ignore[arg-type]
    assert found is result and words in why


@pytest.mark.parametrize(
    ("stay", "worker", "on", "result", "words"),
    [
        (Stay(StayKind.REFUGEE), None, ON, MET, "Réfugié"),
        (Stay(StayKind.STATELESS), None, ON, MET, "Apatride"),
        (Stay(StayKind.POPULATION_REGISTER), None, ON, MET, "registre de la population"),
        (Stay(StayKind.FOREIGNERS_REGISTER), None, ON, NOT_MET, "aide sociale équivalente"),
        (Stay(StayKind.OTHER), None, ON, NOT_MET, "n'ouvre pas"),
        (Stay(StayKind.SUBSIDIARY_PROTECTION), None, date(2016, 10, 31), NOT_MET, "2016"),
        (Stay(StayKind.SUBSIDIARY_PROTECTION), None, date(2016, 11, 1), MET, "subsidiaire"),
        (Stay(StayKind.EU_CITIZEN, date(2025, 12, 10)), None, ON, MET, "plus de trois mois"),
        (Stay(StayKind.EU_CITIZEN, date(2025, 12, 11)), False, ON, NOT_MET, "Trois premiers"),
        (Stay(StayKind.EU_CITIZEN, date(2025, 12, 11)), None, ON, UNKNOWN, "à établir"),
        (Stay(StayKind.EU_CITIZEN, date(2026, 3, 1)), True, ON, MET, "travail"),
        (Stay(StayKind.EU_FAMILY), None, ON, UNKNOWN, "à établir"),
        (Stay(StayKind.REFUGEE, until=date(2026, 3, 9)), None, ON, NOT_MET, "Aucun statut"),
        (Stay(StayKind.REFUGEE, since=date(2026, 3, 11)), None, ON, NOT_MET, "Aucun statut"),
    ],
)
def test_nationality_and_stay_by_their_dates(
    stay: Stay, worker: bool | None, on: date, result: Result, words: str
) -> None:
    situation = replace(FULL, stays=(stay,), is_eu_worker=worker)
    found, why = outcome(situation, ConditionKey.STATUS, on)
    assert found is result and words in why


def test_the_best_of_several_statuses_decides() -> None:
    stays = (Stay(StayKind.FOREIGNERS_REGISTER), Stay(StayKind.REFUGEE))
    assert outcome(replace(FULL, stays=stays), ConditionKey.STATUS)[0] is MET


def test_maintenance_matters_only_when_the_centre_asks() -> None:
    refused = replace(FULL, claimed_maintenance=False, family_reason_against=False)
    assert outcome(refused, ConditionKey.OTHER_RIGHTS)[0] is MET
    asked = replace(refused, maintenance_is_asked=True)
    assert outcome(asked, ConditionKey.OTHER_RIGHTS)[0] is NOT_MET
    excused = replace(asked, family_reason_against=True)
    assert outcome(excused, ConditionKey.OTHER_RIGHTS)[0] is MET
    unknown = replace(asked, claimed_maintenance=None)
    assert outcome(unknown, ConditionKey.OTHER_RIGHTS)[0] is UNKNOWN


def test_health_or_equity_exempts_from_work() -> None:
    idle = replace(FULL, is_willing_to_work=False, has_health_reason=False, has_equity_reason=False)
    assert outcome(idle, ConditionKey.WORK)[0] is NOT_MET
    assert assess(idle, ON).result is NOT_MET
    assert "équité" in outcome(replace(idle, has_equity_reason=True), ConditionKey.WORK)[1]
    assert "santé" in outcome(replace(idle, has_health_reason=True), ConditionKey.WORK)[1]


@pytest.mark.parametrize(
    ("situation", "on", "path"),
    [
        (FULL, date(2002, 9, 30), "on"),
        (replace(FULL, birth_date=date(2026, 3, 11)), ON, "birth_date"),
        (
            replace(FULL, stays=(Stay(StayKind.REFUGEE, ON, date(2026, 1, 1)),)),
            ON,
            "stays[0].until",
        ),
    ],
)
def test_impossible_dates_are_refused(situation: Situation, on: date, path: str) -> None:
    with pytest.raises(CaseError) as error:
        assess(situation, on)
    assert error.value.path == path


FACTS = tuple(one.name for one in fields(Situation) if one.type in (bool | None, "bool | None"))
some = st.sampled_from([None, False, True])
stays = st.lists(
    st.builds(Stay, st.sampled_from(list(StayKind)), st.sampled_from([None, date(2026, 1, 5)])),
    max_size=3,
).map(tuple)
situations = st.builds(
    Situation,
    birth_date=st.sampled_from([None, ADULT, MINOR]),
    stays=st.none() | stays,
    maintenance_is_asked=st.booleans(),
    **dict.fromkeys(FACTS, some),
)
ORDER = {False: 0, None: 1, True: 2}


@settings(max_examples=300, deadline=None)
@given(situations, st.sampled_from(FACTS), some)
def test_a_better_fact_never_weakens_a_condition(
    situation: Situation, name: str, value: bool | None
) -> None:
    if ORDER[value] < ORDER[getattr(situation, name)]:
        return
    before, after = assess(situation, ON), assess(replace(situation, **{name: value}), ON)
    for old, new in zip(before.assessments, after.assessments, strict=True):
        assert new.result >= old.result, name
    assert after.result >= before.result


@given(st.lists(st.sampled_from(list(Result)), min_size=1, max_size=6), st.integers(0, 5))
def test_the_six_together_are_monotone(results: list[Result], place: int) -> None:
    place %= len(results)
    better = [*results]
    better[place] = MET
    assert together(*better) >= together(*results)
    assert either(*better) is MET
