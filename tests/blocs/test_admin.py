"""The admin shows one bloc to its leader's unit: another bloc's rows are nowhere, whichever door is tried.

All names of the other bloc are a word that the pages are searched for.
"""

import html
import re
from datetime import date

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, ForeignKey, ManyToManyField, TextField
from django.urls import reverse
from django.utils.text import capfirst

from blocs.models import Entry, Unit
from campaigns.admin import kept_bloc_years
from campaigns.models import BlocYear, Campaign, Meeting, Observation, Pledge, Seat
from campaigns.permissions import leads
from tests import factories as make
from tests.factories import user_with
from tests.test_visibility import World

pytestmark = pytest.mark.django_db

SECRET = "Zqkín"
ADMINS = admin.site._registry
MODELS = list(ADMINS)
OF_THE_BLOC = [
    "campaigns.blocyear",
    "campaigns.seat",
    "campaigns.meeting",
    "awards.exemplar",
    "awards.nomination",
    "campaigns.pledge",
    "campaigns.campaign",
    "campaigns.observation",
]
TO_LOOK_UP = ["campaigns.emulationyear", "blocs.unit", "blocs.bloc", "awards.awardkind"]


class Marked(World):
    """Two blocs; every text of the second one's rows bears the secret word."""

    def __init__(self):
        super().__init__()
        for row, label in self.labels.items():
            if (label == "b" or label.endswith(" b")) and row._meta.model not in (Entry,):
                self._mark(row)
        self._keep(
            "b", make.EntryFactory(actor_name=f"{SECRET}-0", object_name=f"{SECRET}-0", reason=f"{SECRET}-0")
        )

    def _mark(self, row):
        texts = {
            field.name: f"{SECRET}-{row.pk}"
            for field in row._meta.concrete_fields
            if isinstance(field, CharField | TextField)
            and field.editable
            and not field.choices
            and field.name not in ("password", "address_form", "code", "symbol", "signer_name")
        }
        frozen = getattr(row._meta, "triggers", ()) and getattr(row, "state", "") != "draft"
        if texts and not frozen:
            type(row)._base_manager.filter(pk=row.pk).update(**texts)

    def row(self, model, *labels):
        """A row of a model with one of these labels, or None."""
        return next(
            (row for row, label in self.labels.items() if type(row) is model and label in labels), None
        )


@pytest.fixture
def world(db):
    return Marked()


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


def address(model, page, *key):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=key)


def leaks(response):
    """What of the other bloc a page gives away."""
    text = html.unescape(response.content.decode())
    return re.findall(rf".{{0,80}}{SECRET}-.{{0,20}}", text)  # not a guess that the page repeats


def each_model(function):
    return pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)(function)


# What stands there ------------------------------------------------------------------------------------------


def test_every_door_is_scoped():
    from blocs.scoped_admin import ScopedModelAdmin  # noqa: PLC0415 (beside what it is about)

    assert [model for model, page in ADMINS.items() if not isinstance(page, ScopedModelAdmin)] == []


@pytest.mark.parametrize(
    ("who", "listed"),
    [
        ("leader a", [*OF_THE_BLOC, *TO_LOOK_UP, "blocs.issueddocument"]),
        ("member a", [*OF_THE_BLOC, *TO_LOOK_UP, "blocs.issueddocument"]),
    ],
)
def test_index_reads_as_the_work_of_a_bloc(client, world, who, listed):
    client.force_login(world.people[who])
    groups = client.get(reverse("admin:index")).context["app_list"]
    assert [str(group["name"]) for group in groups] == ["Công việc của khối", "Danh mục chung", "Hệ thống"]
    assert [model["model"]._meta.label_lower for group in groups for model in group["models"]] == listed


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

    assert offered("leader a") == OF_THE_BLOC[1:]
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
        assert model._meta.label_lower == "awards.awardkind"
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


# What is chosen and saved -----------------------------------------------------------------------------------


def test_row_is_added_to_ones_own_bloc_alone(client, world, secretary):
    def add(bloc_year):
        data = {"bloc_year": bloc_year.pk, "kind": "task", "place": 1, "text": "Nhiệm vụ"}
        return client.post(address(Observation, "add"), data)

    refused = add(world.row(BlocYear, "b"))
    assert refused.status_code == 200
    assert "bloc_year" in refused.context["adminform"].form.errors
    assert add(world.row(BlocYear, "a")).status_code == 302
    assert [each.bloc_year for each in Observation.objects.filter(kind="task")] == [world.row(BlocYear, "a")]


def test_row_cannot_be_moved_to_another_bloc(client, world, secretary):
    row = world.row(Observation, "a")
    data = {
        "bloc_year": world.row(BlocYear, "b").pk,
        "kind": row.kind,
        "place": row.place,
        "text": row.text,
        "shown_version": row.version,
    }
    response = client.post(address(Observation, "change", row.pk), data)
    assert "bloc_year" in response.context["adminform"].form.errors
    row.refresh_from_db()
    assert row.bloc_year == world.row(BlocYear, "a")


def test_unit_of_another_bloc_cannot_be_chosen(client, world, secretary):
    meeting = world.row(Meeting, "a")
    formsets = {
        f"{prefix}-{name}": 0
        for prefix in ("agendaitems", "attendances", "statements")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {
        "bloc_year": meeting.bloc_year_id,
        "kind": meeting.kind,
        "title": meeting.title,
        "host": world.units["leader b"].pk,
        "shown_version": meeting.version,
        **formsets,
    }
    response = client.post(address(Meeting, "change", meeting.pk), data)
    assert list(response.context["adminform"].form.errors) == ["host"]
    data["host"] = world.units["leader a"].pk
    assert client.post(address(Meeting, "change", meeting.pk), data).status_code == 302


@pytest.mark.parametrize("who", ["member a", "both"])
@pytest.mark.parametrize("model", [Meeting, Observation, Pledge, Campaign, Seat, BlocYear, Unit])
def test_member_unit_reads_and_changes_nothing(client, world, who, model):
    client.force_login(world.people[who])
    row = world.row(model, "a", "leader a")
    page = client.get(address(model, "change", row.pk))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.get(address(model, "delete", row.pk)).status_code == 403


LED = {  # year: (bloc, days of the leader's seat by unit; an empty unit: elected, not named)
    "2018": ("a", {None: (None, None)}),
    "2019": ("a", {"member a": (None, None)}),
    "2021": ("a", {None: (None, None)}),
    "2022": ("a", {None: (None, None)}),
    "2023": ("a", {"leader a": (None, "2023-06-30"), "both": ("2023-07-01", None)}),
    "2024": ("b", {"leader a": (None, "2024-06-30"), "leader b": ("2024-07-01", None)}),
    "2025": ("b", {None: (None, None)}),
}


NOT_YET = {("both", "2017-05-05"), ("both", "2020-05-05"), ("both", "2023-03-03")}


@pytest.mark.parametrize(
    "today", ["2017-05-05", "2020-05-05", "2023-03-03", "2023-09-09", "2024-05-05", "2026-01-01"]
)
@pytest.mark.parametrize("who", ["leader a", "leader b", "member a", "both", "outside"])
def test_bloc_years_to_choose_from_are_those_that_the_permission_allows(world, who, today):
    for code, (bloc, seats) in LED.items():
        year = make.EmulationYearFactory(code=code)
        bloc_year = make.BlocYearFactory(bloc=world.row(BlocYear, bloc).bloc, year=year)
        for unit, (first, last) in seats.items():
            make.SeatFactory(
                bloc_year=bloc_year,
                role="leader",
                unit=unit and world.units[unit],
                first_day=first,
                last_day=last,
            )
    BlocYear.objects.filter(pk=world.row(BlocYear, "b").pk).update(closed_on="2022-03-01")
    user = user_with("officer", world.units[who], first_day="2010-01-01")
    with time_machine.travel(f"{today}T12:00+07:00"):
        visible = BlocYear.objects.visible_to(user)
        allowed = {each for each in visible if leads(user, each, date.fromisoformat(today))}
        assert set(kept_bloc_years(user)) == allowed
        assert bool(allowed) == (who != "outside" and (who, today) not in NOT_YET)


# Ways onward ------------------------------------------------------------------------------------------------


def test_blocs_year_leads_to_its_pages_and_reports(client, world, secretary):
    row = world.row(BlocYear, "a")
    html_of = client.get(address(BlocYear, "change", row.pk)).content.decode()
    place = [row.year.code, row.bloc.code]
    for way in (
        row.get_absolute_url(),
        reverse("proposals", args=place),
        reverse("report", args=[*place, "conference"]),
        reverse("report", args=[*place, "official"]),
        address(BlocYear, "history", row.pk),
    ):
        assert f'href="{way}"' in html_of


@pytest.mark.parametrize("model", [Meeting, Observation, Pledge, Campaign, Seat])
def test_record_leads_to_the_page_on_which_it_is_read(client, world, secretary, model):
    row = world.row(model, "a", "leader a")
    page = row if model is Meeting else world.row(BlocYear, "a")
    html_of = client.get(address(model, "change", row.pk)).content.decode()
    assert f'<a class="button" href="{page.get_absolute_url()}">Xem trang</a>' in html_of


def test_history_tells_what_was_saved(client, world, secretary):
    row = world.row(Observation, "a")
    data = {
        "bloc_year": row.bloc_year_id,
        "kind": row.kind,
        "place": row.place,
        "text": "Lời mới.",
        "shown_version": row.version,
    }
    client.post(address(Observation, "change", row.pk), data)
    page = client.get(address(Observation, "history", row.pk)).content.decode()
    assert "Sửa dữ liệu" in page
    assert f"<del>{row.text}</del>" in page
    assert "<ins>Lời mới.</ins>" in page


def test_row_saved_by_somebody_else_meanwhile_shows_both_texts(client, world, secretary):
    row = world.row(Observation, "a")
    stale = {
        "bloc_year": row.bloc_year_id,
        "kind": "task",
        "place": row.place,
        "text": "Lời của tôi.",
        "shown_version": row.version,
    }
    Observation.objects.filter(pk=row.pk).update(text="Lời của người khác.", version=row.version + 1)
    response = client.post(address(Observation, "change", row.pk), stale)
    text = response.content.decode()
    assert response.status_code == 409
    for words in ("Lời của tôi.", "Lời của người khác.", "Phương hướng, nhiệm vụ năm sau"):
        assert words in text
    assert f'href="{address(Observation, "change", row.pk)}"' in text
    row.refresh_from_db()
    assert row.text == "Lời của người khác."


def test_refused_save_keeps_what_was_typed(client, world, secretary):
    row = world.row(Observation, "a")
    BlocYear.objects.filter(pk=row.bloc_year_id).update(closed_on=None)
    other = make.ObservationFactory(bloc_year=row.bloc_year, kind="task", place=1, text="Đã có.")
    data = {
        "bloc_year": row.bloc_year_id,
        "kind": other.kind,
        "place": other.place,
        "text": "Vừa gõ.",
        "shown_version": row.version,
    }
    response = client.post(address(Observation, "change", row.pk), data)
    assert response.status_code == 200
    assert "Vừa gõ." in response.content.decode()
    assert "Mục này đã có nội dung ở thứ tự đó." in response.content.decode()


def test_save_refused_by_the_act_keeps_what_was_typed(client, world, secretary, monkeypatch):
    """The year is closed between the permission that opened the form and the act that saves it."""
    from blocs import actions  # noqa: PLC0415 (to be replaced)
    from blocs.permissions import refuse  # noqa: PLC0415 (beside its use)

    monkeypatch.setattr(actions, "edit", lambda **options: refuse("Hồ sơ năm của Khối đã khoá."))
    row = world.row(Observation, "a")
    data = {
        "bloc_year": row.bloc_year_id,
        "kind": row.kind,
        "place": row.place,
        "text": "Vừa gõ.",
        "shown_version": row.version,
    }
    response = client.post(address(Observation, "change", row.pk), data)
    text = response.content.decode()
    assert (response.status_code, "Hồ sơ năm của Khối đã khoá." in text, "Vừa gõ." in text) == (
        200,
        True,
        True,
    )


def test_read_only_page_shows_no_version(client, world):
    client.force_login(world.people["member a"])
    row = world.row(Observation, "a")
    label = capfirst(str(ADMINS[Observation].form.base_fields["shown_version"].label or "Shown version"))
    assert label not in client.get(address(Observation, "change", row.pk)).content.decode()
