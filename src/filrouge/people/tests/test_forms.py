"""What is typed in forms, read the Belgian way."""

from datetime import date

import pytest
from django import forms
from tests.world import niss

from filrouge.base.forms import CreatingForm, DayField, EurosField, restored, typed_in
from filrouge.people.forms import HouseholdForm, IbanField, NissField

BORN = date(1991, 5, 14)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 314,20", 131420),
        ("1.314,20", 131420),
        ("1314.2", 131420),
        ("1314", 131400),
        ("1.314", 131400),
        ("0,05", 5),
        ("1\u202f314,20\u00a0€", 131420),
        ("", None),
    ],
)
def test_an_amount_is_read_exactly_to_the_cent(typed, cents):
    assert EurosField(required=False).clean(typed) == cents


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-12", "négatif"),
        ("douze", "1 314,20"),
        ("1,2,3", "1 314,20"),
        ("12,345", "1 314,20"),
        ("99999999999", "invraisemblable"),
    ],
)
def test_an_absurd_amount_gets_one_clear_sentence(typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        EurosField().clean(typed)
    assert said in refused.value.messages[0]


def test_cents_come_back_as_they_are_typed():
    assert EurosField().prepare_value(131420) == "1 314,20"
    assert EurosField().prepare_value("abc") == "abc"


@pytest.mark.parametrize("typed", ["1991-05-14", "14/05/1991", "14.05.1991", "14-05-1991"])
def test_a_day_may_be_picked_or_typed(typed):
    assert DayField().clean(typed) == BORN


def test_a_national_number_may_be_typed_with_its_dots():
    number = niss(BORN, 42)
    dotted = f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"
    assert NissField().clean(dotted) == number
    assert NissField().prepare_value(number) == dotted


def test_an_account_may_be_typed_with_spaces():
    assert IbanField().clean("be68 5390 0754 7034") == "BE68539007547034"
    assert IbanField().prepare_value("BE68539007547034") == "BE68 5390 0754 7034"


def test_each_form_shown_has_a_key_of_its_own():
    first, second = CreatingForm(), CreatingForm()
    assert first["submission_key"].value() != second["submission_key"].value()
    assert CreatingForm({"submission_key": "kept"})["submission_key"].value() == "kept"


def test_a_draft_comes_back_as_it_was_typed_an_empty_box_stays_empty():
    form = HouseholdForm()
    assert restored(form, {"first_name": ["Adam"], "net_monthly_cents": ["12,5"]})
    assert form["first_name"].value() == "Adam"
    assert form["net_monthly_cents"].value() == "12,5"
    assert form["shares_household"].value() is False
    assert not restored(HouseholdForm(), None)


def test_what_was_typed_is_told_under_the_words_of_the_form():
    form = HouseholdForm({"first_name": "Adam", "relation": "child", "dependent": "on"})
    assert ("Prénom", "Adam") in typed_in(form)
    assert ("Lien avec la personne", "enfant") in typed_in(form)
