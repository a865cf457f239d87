"""The admin shows one bloc to its leader's unit: another bloc's rows are nowhere, whichever door is tried."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, ManyToManyField
from django.urls import reverse

from blocs.admin.scoped import ScopedModelAdmin
from campaigns.models import BlocYear
from tests import factories as make
from tests.blocs.two_blocs import SECRET, MarkedRecords, address, leaks
from tests.factories import user_with

pytestmark = pytest.mark.django_db

ADMINS = admin.site._registry
MODELS = list(ADMINS)
OF_THE_BLOC = [
    "campaigns.blocyear",
    "campaigns.seat",
    "campaigns.meeting",
    "decisions.exemplar",
    "nominations.nomination",
    "campaigns.pledge",
    "campaigns.campaign",
    "campaigns.observation",
]
DOCUMENTS = ["blocs.issueddocument"]
PEOPLE = ["blocs.person"]
TO_LOOK_UP = [
    "campaigns.emulationyear",
    "blocs.unit",
    "blocs.bloc",
    "awards.awardkind",
    "blocs.unitkind",
]


MADE_ONCE = MarkedRecords


@pytest.fixture
def world(made_once):
    return made_once


@pytest.fixture
def secretary(client, world):
    """The secretary of the first bloc's leading unit, signed in."""
    client.force_login(world.people["leader a"])
    return world.people["leader a"]


@pytest.fixture
def staff(client, world):
    user = user_with("staff")
    client.force_login(user)
    return user


def each_model(function):
    return pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)(function)


# What stands there ------------------------------------------------------------------------------------------


def test_every_door_is_scoped():
    assert [model for model, page in ADMINS.items() if not isinstance(page, ScopedModelAdmin)] == []


@pytest.mark.parametrize("who", ["leader a", "member a"])
def test_index_reads_as_the_work_of_a_bloc(client, world, who):
    client.force_login(world.people[who])
    groups = client.get(reverse("admin:index")).context["app_list"]
    assert {
        str(group["name"]): [model["model"]._meta.label_lower for model in group["models"]]
        for group in groups
    } == {
        "Công việc của khối": OF_THE_BLOC + DOCUMENTS + (PEOPLE if "leader" in who else []),
        "Danh mục chung": TO_LOOK_UP,
    }


def test_index_offers_to_add_what_the_leaders_unit_keeps(client, world):
    def offered(who):
        client.force_login(world.people[who])
        groups = client.get(reverse("admin:index")).context["app_list"]
        return [
            model["model"]._meta.label_lower
            for group in groups
            for model in group["models"]
            if model["add_url"]
        ]

    assert offered("leader a") == OF_THE_BLOC[1:] + PEOPLE
    assert offered("member a") == []


def test_department_and_administrator_see_everything_there_is(client, world):
    for role in ("staff", "administrator"):
        client.force_login(user_with(role))
        groups = client.get(reverse("admin:index")).context["app_list"]
        assert {model["model"] for group in groups for model in group["models"]} == set(MODELS)


def test_admin_is_closed_to_who_holds_no_post(client, world):
    index = reverse("admin:index")
    assert client.get(index, follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))
    client.force_login(make.UserFactory())
    assert client.get(index, follow=True).status_code == 403


def test_page_of_an_app_leads_to_the_index(client, secretary):
    assert client.get(reverse("admin:app_list", args=["campaigns"])).url == reverse("admin:index")


# One bloc ---------------------------------------------------------------------------------------------------


@each_model
def test_pages_that_could_leak_hold_rows_of_the_other_bloc(client, world, staff, model):
    """The department's pages show the secret word: the tests below would find it."""
    theirs = world.row(model, "b", "leader b", "member b", "released b", "draft b")
    if theirs is None:  # of the catalogue, which is everybody's
        assert model._meta.label_lower in ("awards.awardkind", "blocs.unitkind")
        return
    assert client.get(address(model, "change", theirs.pk)).status_code == 200
    named = {"blocs.bloc", "blocs.job", "blocs.person", "blocs.post", "blocs.user", "campaigns.emulationyear"}
    if model._meta.label_lower not in named:
        assert leaks(client.get(address(model, "changelist")))


@each_model
def test_list_shows_one_bloc(client, world, secretary, model):
    response = client.get(address(model, "changelist"))
    assert leaks(response) == []
    if response.status_code == 200:
        shown = set(response.context["cl"].queryset)
        assert shown == set(model._default_manager.visible_to(secretary))
        assert world.row(model, "b", "leader b", "draft b") not in shown
    else:
        assert response.status_code == 403


@each_model
def test_search_finds_nothing_of_the_other_bloc(client, world, secretary, model):
    if not ADMINS[model].search_fields:
        return
    response = client.get(address(model, "changelist"), {"q": SECRET})
    if response.status_code == 200:
        assert response.context["cl"].result_count == 0
    else:
        assert response.status_code == 403


GUESSES = [
    "bloc_year__id__exact",
    "bloc_year__exact",
    "bloc_year",
    "bloc_year__name__startswith",
    "bloc_years__id__exact",
    "year__id__exact",
    "unit__states__official_name__startswith",
    "meeting__bloc_year__name__startswith",
    "launched_by__id__exact",
    "pk__in",
    "id__exact",
    "issuer__exact",
    "host__in",
    "text__startswith",
]


@each_model
def test_filter_that_is_guessed_opens_nothing(client, world, secretary, model):
    theirs = world.row(BlocYear, "b")
    unit = world.units["leader b"]
    own = world.row(model, "b", "leader b", "draft b")
    values = {
        "bloc_year__id__exact": theirs.pk,
        "bloc_year__exact": theirs.pk,
        "bloc_year": theirs.pk,
        "bloc_years__id__exact": theirs.pk,
        "year__id__exact": theirs.year_id,
        "launched_by__id__exact": unit.pk,
        "issuer__exact": unit.pk,
        "host__in": unit.pk,
        "pk__in": own.pk if own else 0,
        "id__exact": own.pk if own else 0,
    }
    for guess in GUESSES:
        response = client.get(address(model, "changelist"), {guess: values.get(guess, SECRET)}, follow=True)
        assert response.status_code in (200, 400, 403)
        assert leaks(response) == []
        if response.status_code == 200:
            assert set(response.context["cl"].queryset) <= set(model._default_manager.visible_to(secretary))


@each_model
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_row_of_the_other_bloc_has_no_page(client, world, secretary, model, page):
    for label in ("b", "leader b", "member b", "draft b", "released b"):
        if (row := world.row(model, label)) is None:
            continue
        for method in (client.get, client.post):
            response = method(address(model, page, quote(row.pk)), follow=True)
            assert leaks(response) == []
            reached = response.status_code == 200 and not response.redirect_chain
            assert not reached, (label, page)


@each_model
def test_forms_offer_one_bloc(client, world, secretary, model):
    pages = [address(model, "add")]
    for label in ("a", "leader a", "draft a", "released a", "unknown a"):
        if row := world.row(model, label):
            pages += [address(model, page, row.pk) for page in ("change", "history", "delete")]
    for page in pages:
        response = client.get(page)
        assert response.status_code in (200, 302, 403, 404)
        assert leaks(response) == []


@each_model
def test_autocomplete_opens_nothing(client, world, secretary, model):
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey | ManyToManyField):
            continue
        response = client.get(
            reverse("admin:autocomplete"),
            {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": field.name,
                "term": SECRET,
            },
        )
        assert response.status_code in (403, 404) or response.json()["results"] == []


@each_model
def test_key_of_a_row_leads_to_no_address(client, world, secretary, model):
    row = world.row(model, "b", "leader b", "draft b")
    kind = ContentType.objects.get_for_model(model)
    response = client.get(f"{reverse('admin:index')}r/{kind.pk}/{row.pk if row else 1}/")
    assert response.status_code == 404
