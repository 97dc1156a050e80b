"""The guards of all tests bite: each mistake they are there for is made here on purpose."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template

from filrouge.base.centres.models import Centre
from filrouge.people.models import Person
from tests import guards, world


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as probe, pytest.raises(guards.NetworkForbidden):
        probe.connect(("192.0.2.1", 80))


def test_the_tests_use_a_folder_of_their_own() -> None:
    assert "filrouge-tests-" in str(settings.ENVIRONMENT.data)
    assert settings.DEBUG is False


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("careful", stacklevel=1)


def test_a_template_that_names_nothing_fails() -> None:
    with pytest.raises(pytest.fail.Exception):
        Template("{{ nothing }}").render(Context())
    with pytest.raises(pytest.fail.Exception):
        Template("{{ nothing|upper }}").render(Context())


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{{ nothing|default:"rien" }}', "rien"),
        ('{{ nothing|default_if_none:"rien" }}', "rien"),
        ("{% if nothing %}oui{% else %}non{% endif %}", "non"),
        ("{% for one in nothing %}{{ one }}{% empty %}vide{% endfor %}", "vide"),
    ],
)
def test_what_django_means_to_be_optional_may_be_missing(source: str, shown: str) -> None:
    assert Template(source).render(Context()) == shown


@pytest.mark.django_db
def test_a_slice_of_an_unordered_queryset_fails(centre: Centre) -> None:
    persons = Person.objects.filter(centre=centre)
    with pytest.raises(guards.Unordered):
        persons[:5]
    with pytest.raises(guards.Unordered):
        persons[0]
    assert list(persons.order_by("id")[:5]) == []


@pytest.mark.django_db
def test_an_unordered_queryset_comes_in_any_order(centre: Centre) -> None:
    for number in range(12):
        world.person(centre, f"Nom{number}")
    orders = {tuple(person.pk for person in Person.objects.filter(centre=centre)) for _ in range(9)}
    assert len(orders) > 1
    kept = {tuple(p.pk for p in Person.objects.order_by("id")) for _ in range(9)}
    assert len(kept) == 1


def test_a_select_without_centre_or_key_fails(one_centre_only: None) -> None:
    with pytest.raises(guards.ReachesAllCentres):
        list(Person.objects.order_by("id"))
    with pytest.raises(guards.ReachesAllCentres):
        Person.objects.filter(last_name="Dubois").exists()


def test_a_select_with_a_centre_or_a_key_passes(centre: Centre, one_centre_only: None) -> None:
    assert list(Person.objects.filter(centre=centre)) == []
    assert Person.objects.filter(pk=centre.pk).first() is None
    assert list(Person.objects.filter(pk__in=[centre.pk])) == []
    assert list(Centre.objects.order_by("id")) == [centre]


def test_selects_are_counted_and_nothing_else(
    centre: Centre, selects: Callable[[int], AbstractContextManager[list[str]]]
) -> None:
    from django.db import transaction

    with selects(1), transaction.atomic():
        Centre.objects.filter(pk=centre.pk).update(city="Valbourg")
        Centre.objects.get(pk=centre.pk)
    with pytest.raises(AssertionError, match="1 SELECTs instead of 2"), selects(2):
        Centre.objects.get(pk=centre.pk)


def test_the_clock_stands_where_asked(frozen_time: Any) -> None:
    from django.utils import timezone

    assert timezone.now() == world.MONDAY
    frozen_time.move_to(world.MONDAY.replace(day=3))
    assert timezone.now().day == 3
