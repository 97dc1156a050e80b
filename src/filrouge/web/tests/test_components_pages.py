"""The shell's own pages render from what they say they need, and never carry inline code."""

import re
from pathlib import Path

import pytest
from django.middleware.csrf import get_token
from django.template import Context, Engine, RequestContext
from django.test import RequestFactory
from django.utils.translation import override

from filrouge.web.templatetags.guide import SampleForm

WEB = Path(__file__).resolve().parents[1]
ERRORS = ["400", "403", "403_csrf", "404", "409", "500", "503"]


class Undefined(str):
    """Fails the page as soon as a template shows a variable nobody gave."""

    def __contains__(self, text):
        return True

    def __mod__(self, name):
        pytest.fail(f"template variable without a value: {name}")


ENGINE = Engine(
    dirs=[WEB / "templates"],
    libraries={
        "filrouge": "filrouge.web.templatetags.filrouge",
        "guide": "filrouge.web.templatetags.guide",
        "i18n": "django.templatetags.i18n",
        "static": "django.templatetags.static",
    },
    string_if_invalid=Undefined("%s"),
)


@pytest.fixture(autouse=True)
def french_and_unhashed_assets(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override("fr"):
        yield


def page(name: str, **context) -> str:
    request = RequestFactory().get("/guide/")
    values = {"request": request, "csrf_token": get_token(request), **context}
    return ENGINE.get_template(name).render(RequestContext(request, values))


def component(name: str, **context) -> str:
    return ENGINE.get_template(f"web/components/{name}.html").render(Context(context))


def test_the_style_guide_shows_every_component():
    html = page("web/styleguide.html")
    assert "Décider de la demande de revenu d’intégration" in html
    sources = "".join(path.read_text() for path in WEB.glob("templates/**/*.html"))
    for path in WEB.glob("templates/web/components/*.html"):
        assert f"components/{path.name}" in sources, f"{path.name} is shown nowhere"


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_nothing_to_say_what_to_do(code):
    html = ENGINE.get_template(f"{code}.html").render(Context())
    assert "<h1>" in html
    assert 'lang="fr"' in html


def test_a_conflict_gives_back_what_was_typed():
    html = page("409.html", typed=[("Constat", "Vit seule <b>\ndepuis mars")], back_url="/d/1/")
    assert "Vit seule &lt;b&gt;<br>depuis mars" in html
    assert 'href="/d/1/"' in html


def test_an_expired_form_gives_back_what_was_typed():
    html = page("403_csrf.html", typed=[("Constat", "Vit seule")], back_url="/d/1/")
    assert "Vit seule" in html


def test_a_refused_act_says_why():
    html = page("web/refused.html", messages_list=["La date précède la demande."], back_url="/d/1/")
    assert "La date précède la demande." in html


def test_the_header_shows_who_works_where():
    html = page(
        "web/base.html",
        centre_name="Valbourg",
        navigation=[{"label": "Personnes", "url": "/personnes/", "current": True}],
        account={
            "name": "Nadia Baudart",
            "roles": ["Assistante sociale"],
            "links": [{"label": "Mon compte", "url": "/compte/"}],
            "logout_url": "/deconnexion/",
        },
        filrouge_version="0.1.0",
    )
    assert "Valbourg" in html
    assert '<a href="/personnes/" aria-current="page">Personnes</a>' in html
    assert ">NB</span>" in html
    assert 'method="post" action="/deconnexion/"' in html
    assert "csrfmiddlewaretoken" in html


def test_a_visitor_without_account_gets_neither_menu_nor_search():
    html = page("web/base.html")
    assert 'id="menu"' not in html
    assert 'id="recherche"' not in html


@pytest.mark.parametrize("path", sorted(WEB.glob("templates/**/*.html")), ids=lambda p: p.name)
def test_no_template_carries_inline_code(path):
    source = path.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert "hx-on" not in source


def test_a_form_with_errors_opens_with_a_summary_linked_to_the_fields():
    form = SampleForm({"needs": "", "category": "9"})
    html = component("form", form=form)
    for target in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{target}"' in html, target
    assert html.index("data-error-summary") < html.index('id="id_needs"')


def test_a_field_is_tied_to_its_help_its_article_and_its_error():
    form = SampleForm({"needs": ""})
    html = component("field", field=form["needs"], article="art. 4")
    assert 'aria-describedby="id_needs_helptext id_needs_error"' in html
    assert 'id="id_needs_helptext"' in html
    assert 'id="id_needs_error"' in html
    assert "art. 4" in html


def test_a_rule_alone_is_enough_to_describe_a_field():
    html = component("field", field=SampleForm()["email"], rule="Facultatif en urgence.")
    assert 'aria-describedby="id_email_helptext"' in html
    assert "(facultatif)" in html


def test_choices_are_a_group_with_its_question():
    html = component("field", field=SampleForm({"category": ""})["category"])
    assert "<legend>Avec qui vit-elle ?" in html
    assert 'aria-describedby="id_category_error"' in html


def test_a_late_term_is_told_by_words_and_icon_not_by_colour_alone():
    html = page("web/styleguide.html")
    late = html[html.index("Notifier la décision") :]
    assert "en retard de 1 jour" in late
    assert '<strong class="late"><svg' in late


def test_a_blocked_step_says_why_and_cannot_be_opened():
    steps = [{"label": "Conseil", "url": "/c/", "state": "blocked", "missing": "Après l’accord."}]
    html = component("stepper", steps=steps)
    assert "Après l’accord." in html
    assert "href" not in html


def test_a_figure_explains_itself_in_one_click():
    lines = [
        {
            "label": "Montant",
            "rule": "Une personne isolée.",
            "amount": 1608564,
            "status": "U",
            "inputs": [("Situation", "isolée")],
        }
    ]
    html = component("figure_table", caption="Calcul", lines=lines)
    assert "<summary>Montant</summary>" in html
    assert "Une personne isolée." in html
    assert "non confirmé" in html
    assert "16\u202f085,64\u00a0€" in html


def test_a_confirmation_carries_its_token_and_can_be_cancelled():
    html = component(
        "confirm_dialog",
        id="c",
        title="Notifier ?",
        action="/n/",
        confirm="Notifier",
        csrf_token="t",
    )
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert "Annuler" in html


def test_the_palette_results_can_be_walked_by_arrow_keys():
    results = [{"label": "Samira Lejeune", "detail": "004 518", "url": "/personnes/1/"}]
    html = component("palette_results", groups=[{"label": "Personnes", "results": results}])
    assert 'role="listbox"' in html
    assert re.search(r'<a role="option"[^>]* id="result-1-1" href="/personnes/1/"', html)


def test_an_empty_list_teaches_the_next_action():
    html = component("empty", what="Aucun document", url="/ajouter/", action="Ajouter un document")
    assert '<a class="button" href="/ajouter/">Ajouter un document</a>' in html
