"""How amounts, dates, hours and numbers read on every page."""

import datetime as dt

import pytest
from django.test import RequestFactory

from filrouge.web.templatetags import filrouge as words

TODAY = dt.date(2026, 3, 18)


def plain(text: str) -> str:
    """The text with ordinary spaces, to read the expected values easily."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (131420, "1 314,20 €"),
        (0, "0,00 €"),
        (5, "0,05 €"),
        (-341196, "−3 411,96 €"),
        (-1, "−0,01 €"),
        (123456789, "1 234 567,89 €"),
    ],
)
def test_an_amount_reads_as_a_belgian_amount(cents, shown):
    assert plain(words.euros(cents)) == shown


def test_an_amount_never_breaks_over_two_lines():
    assert words.euros(131420) == "1\u202f314,20\u00a0€"
    assert " " not in words.signed_euros(-341196)


def test_a_missing_amount_shows_nothing():
    assert words.euros(None) == ""
    assert words.signed_euros(None) == ""


@pytest.mark.parametrize(
    ("cents", "shown"), [(25000, "+ 250,00 €"), (-341196, "− 3 411,96 €"), (0, "+ 0,00 €")]
)
def test_what_is_added_or_taken_away_carries_its_sign(cents, shown):
    assert plain(words.signed_euros(cents)) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2026, 3, 2), "lun. 2 mars 2026"),
        (dt.date(2026, 3, 1), "dim. 1er mars 2026"),
        (dt.date(2026, 8, 15), "sam. 15 août 2026"),
        (None, ""),
    ],
)
def test_a_day_reads_with_its_weekday(day, shown):
    assert plain(words.long_date(day)) == shown


def test_a_day_in_a_table_lines_up():
    assert words.short_date(dt.date(2026, 3, 2)) == "02/03/2026"
    assert words.short_date(None) == ""


def test_an_instant_is_told_in_belgian_time_in_winter_and_in_summer():
    winter = dt.datetime(2026, 3, 18, 9, 12, tzinfo=dt.UTC)
    summer = dt.datetime(2026, 7, 1, 22, 5, tzinfo=dt.UTC)
    assert plain(words.moment(winter)) == "mer. 18 mars 2026, 10 h 12"
    assert plain(words.moment(summer)) == "jeu. 2 juillet 2026, 0 h 05"
    assert words.moment(None) == ""


def test_the_belgian_day_of_an_instant_is_not_the_universal_one():
    late_evening = dt.datetime(2026, 3, 17, 23, 30, tzinfo=dt.UTC)
    assert plain(words.long_date(late_evening)) == "mer. 18 mars 2026"
    assert words.short_date(late_evening) == "18/03/2026"
    assert words.relative_days(late_evening, TODAY) == "aujourd'hui"


def test_a_knot_may_be_dated_by_a_day_an_instant_or_words():
    assert plain(words.when(dt.date(2026, 3, 9))) == "lun. 9 mars 2026"
    assert plain(words.when(dt.datetime(2026, 3, 9, 7, 0, tzinfo=dt.UTC))).endswith("8 h 00")
    assert words.when("déc. 2025") == "déc. 2025"
    assert words.when(None) == ""
    assert words.machine_date(dt.date(2026, 3, 9)) == "2026-03-09"
    assert words.machine_date("déc. 2025") == ""


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (9, "dans 9 jours"),
        (1, "dans 1 jour"),
        (0, "aujourd'hui"),
        (-1, "en retard de 1 jour"),
        (-2, "en retard de 2 jours"),
    ],
)
def test_a_term_is_seen_from_today(days, shown):
    assert words.relative_days(TODAY + dt.timedelta(days=days), TODAY) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [(-4, "il y a 4 jours"), (-1, "il y a 1 jour"), (0, "aujourd'hui"), (3, "dans 3 jours")],
)
def test_a_past_event_is_not_late(days, shown):
    assert words.ago(TODAY + dt.timedelta(days=days), TODAY) == shown


def test_no_date_means_no_words():
    assert words.relative_days(None, TODAY) == ""
    assert words.ago(None, TODAY) == ""


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (456, "7 h 36"),
        (76 * 60, "76 h"),
        (5, "0 h 05"),
        (0, "0 h"),
        (-90, "−1 h 30"),
        (1500 * 60, "1 500 h"),
        (None, ""),
    ],
)
def test_hours_read_as_hours_and_minutes(minutes, shown):
    assert plain(words.hours(minutes)) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("42012205181", "42.01.22-051.81"),
        ("42.01.22-051.81", "42.01.22-051.81"),
        ("4201", "4201"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_national_number_is_grouped(stored, shown):
    assert words.niss(stored) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nadia Baudart", "NB"),
        ("N. Baudart", "NB"),
        ("Jean-Pierre Vandenberghe", "JV"),
        ("élise", "É"),
        ("", ""),
        (None, ""),
    ],
)
def test_initials_are_two_letters_at_most(name, shown):
    assert words.initials(name) == shown


@pytest.mark.parametrize(
    ("letter", "shown", "level"),
    [
        ("A", "confirmé (source officielle)", "done"),
        ("B", "confirmé (source secondaire)", "info"),
        ("C", "calculé par nous", "quiet"),
        ("U", "non confirmé", "soon"),
        ("X", "inconnu ou contradictoire", "late"),
        ("?", "inconnu ou contradictoire", "late"),
        (None, "inconnu ou contradictoire", "late"),
    ],
)
def test_how_sure_we_are_is_said_in_plain_words(letter, shown, level):
    assert words.status_badge(letter) == shown
    assert words.status_level(letter) == level


def test_an_address_keeps_its_filters_when_one_value_changes():
    request = RequestFactory().get("/personnes/", {"service": "ssp", "page": "2"})
    assert words.url_with(request, page=3) == "/personnes/?service=ssp&page=3"
    assert words.url_with(request, page=None) == "/personnes/?service=ssp"
    assert words.url_with(request, page="", service=None) == "/personnes/"


def test_an_address_keeps_repeated_values_and_escapes_what_is_typed():
    request = RequestFactory().get("/personnes/?kind=a&kind=b")
    assert words.url_with(request, q="a&b") == "/personnes/?kind=a&kind=b&q=a%26b"
