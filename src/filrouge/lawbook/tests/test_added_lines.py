"""Values added and readings chosen: kept for ever, used from their date, refused at the field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from tests import world

from filrouge.base.centres.models import Role
from filrouge.base.trail.models import Entry
from filrouge.law import parameter_store
from filrouge.law.parameter_store import Origin
from filrouge.lawbook import actions, queries
from filrouge.lawbook.models import CentreChoice, ParameterLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time", "one_centre_only")]
MONTHLY = "ris.amount.monthly"
APRIL = date(2026, 4, 1)


def typed(**more):
    return {
        "name": MONTHLY,
        "value": "911,52 ; 1367,28 ; 1847,80",
        "valid_from": "2026-04-01",
        "known_from": "2026-02-27",
        "status": "A",
        "source": "Moniteur belge du 27 février 2026",
        **more,
    }


@pytest.fixture
def iris(centre):
    return world.actor(centre, Role.ADMINISTRATOR, name="iris")


def test_an_added_value_is_used_from_its_date_and_not_before(iris):
    line = actions.add_value(iris, typed())
    store = queries.store_for()
    assert store.value(MONTHLY, APRIL) == (911_52, 1367_28, 1847_80)
    assert store.value(MONTHLY, APRIL - timedelta(days=1)) == (893_65, 1340_47, 1811_57)
    entry = store.entry(MONTHLY, APRIL)
    assert (entry.origin, entry.author) == (Origin.INSTALLATION, "Prénom Iris, Valbourg")
    assert entry.label == parameter_store.shipped().entry(MONTHLY, APRIL).label
    act = Entry.objects.get(action="lawbook.add_value", centre=iris.centre)
    assert (act.subject_id, MONTHLY in act.canonical) == (line.pk, True)


def test_without_added_values_the_law_is_the_shipped_one(db):
    assert queries.store_for() is parameter_store.shipped()


def test_the_store_is_built_once_and_again_when_a_line_is_added(iris, selects):
    actions.add_value(iris, typed())
    first = queries.store_for()
    with selects(1):
        assert queries.store_for() is first
    actions.add_value(iris, typed(valid_from="2026-05-01", value="1 ; 2 ; 3"))
    assert queries.store_for() is not first


def test_what_was_learnt_later_is_left_out_on_request(iris):
    actions.add_value(iris, typed(known_from="2026-03-02"))
    assert queries.store_for(date(2026, 3, 1)).value(MONTHLY, APRIL) == (893_65, 1340_47, 1811_57)
    assert queries.store_for(date(2026, 3, 2)).value(MONTHLY, APRIL) == (911_52, 1367_28, 1847_80)


def test_a_slip_of_the_pen_is_corrected_the_same_day_by_a_new_line(iris):
    actions.add_value(iris, typed(value="9 ; 9 ; 9"))
    actions.add_value(iris.later(minutes=2), typed())
    assert queries.store_for().value(MONTHLY, APRIL) == (911_52, 1367_28, 1847_80)
    assert ParameterLine.objects.filter(name=MONTHLY).count() == 2
    assert [line.value for line in queries.overtaken(MONTHLY)] == [[900, 900, 900]]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("value", "911,52"),
        ("value", "un ; deux ; trois"),
        ("valid_from", "hier"),
        ("known_from", ""),
        ("known_from", "2026-03-03"),
        ("status", "Z"),
        ("source", ""),
        ("name", "ris.amount"),
        ("valid_to", "2026-01-01"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_added(iris, field, text):
    with pytest.raises(ValidationError) as refused:
        actions.add_value(iris, typed(**{field: text}))
    assert field in refused.value.error_dict
    assert not ParameterLine.objects.exists()


def test_a_value_that_leaves_a_gap_is_refused_at_its_dates(iris):
    actions.add_value(iris, typed(valid_to="2026-04-30"))
    with pytest.raises(ValidationError) as refused:
        actions.add_value(iris, typed(valid_from="2026-06-01"))
    assert "trou" in str(refused.value.error_dict["valid_from"])


def test_the_preview_says_what_it_replaces_and_what_the_formula_gives(iris):
    seen = actions.preview(iris, typed())
    assert seen.before.value == (893_65, 1340_47, 1811_57)
    assert not seen.corrects and seen.next_change is None
    assert {one.computed for one in seen.deviations} == {893_65, 1340_47, 1811_57}
    assert actions.preview(iris, typed(valid_from="2026-03-01")).corrects
    assert not ParameterLine.objects.exists()


def test_only_an_administrator_writes(centre):
    for role in set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}:
        with pytest.raises(PermissionDenied):
            actions.add_value(world.actor(centre, role), typed())
        with pytest.raises(PermissionDenied):
            actions.choose_reading(world.actor(centre, role), "assets.several", "each", "x")


def test_lines_and_choices_are_never_rewritten(iris):
    line = actions.add_value(iris, typed())
    choice = actions.choose_reading(iris, "assets.several", "each", "Avis du SPP.")
    for row in (line, choice):
        model = type(row)
        for write in (
            lambda m=model, r=row: m.objects.filter(pk=r.pk).update(id=r.pk),
            lambda m=model, r=row: m.objects.filter(pk=r.pk).delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()


def test_the_latest_choice_of_a_centre_holds_for_that_centre_alone(iris, other_centre):
    actions.choose_reading(iris, "assets.several", "each", "Avis du SPP.")
    actions.choose_reading(iris.later(days=1), "assets.several", "once", "Avis revu.")
    actions.choose_reading(iris, "spi.counter", "months", "Plus simple.")
    assert queries.choices_of(iris.centre_id) == {"assets.several": "once", "spi.counter": "months"}
    assert queries.choices_of(other_centre.pk) == {}


def test_a_reading_that_the_program_no_longer_knows_is_left_aside(iris):
    CentreChoice.objects.create(
        centre=iris.centre, key="assets.several", reading="gone", reason="Avant.",
        author=iris.membership, chosen_at=iris.now,
    )  # fmt: skip
    CentreChoice.objects.create(
        centre=iris.centre, key="gone.too", reading="x", reason="Avant.",
        author=iris.membership, chosen_at=iris.now,
    )  # fmt: skip
    assert queries.choices_of(iris.centre_id) == {}
    assert all(one.reading in one.choice.readings for one in queries.questions(iris))


@pytest.mark.parametrize(
    ("key", "reading", "reason", "field"),
    [
        ("assets.several", "twice", "x", "reading"),
        ("assets.several", "each", "  ", "reason"),
        ("assets.none", "each", "x", "__all__"),
    ],
)
def test_a_choice_is_one_of_the_readings_and_has_a_reason(iris, key, reading, reason, field):
    with pytest.raises(ValidationError) as refused:
        actions.choose_reading(iris, key, reading, reason)
    found = getattr(refused.value, "error_dict", {"__all__": 1})
    assert list(found) == [field]
