"""The leader's unit names the persons of its bloc, who hold no task in the software."""

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.decisions.models import Exemplar
from blocs.models import Entry, Person, Post
from blocs.permissions import may_edit
from tests import factories as make

pytestmark = pytest.mark.django_db


def person_form(unit, name="Nguyễn Văn Mẫu", title="Chuyên viên"):
    return {
        "full_name": name,
        "posts-TOTAL_FORMS": "1",
        "posts-INITIAL_FORMS": "0",
        "posts-0-unit": unit.pk,
        "posts-0-title": title,
    }


def test_person_of_a_member_unit_is_added_and_honoured(client, secretary, bloc_year, member):
    client.force_login(secretary)

    client.post(reverse("admin:blocs_person_add"), person_form(member.unit))
    person = Person.objects.get(full_name="Nguyễn Văn Mẫu")
    client.post(
        reverse("admin:decisions_exemplar_add"),
        {"bloc_year": bloc_year.pk, "kind": "individual", "place": 1, "person": person.pk},
    )

    assert Post.objects.get(person=person).role == ""
    assert Exemplar.objects.get().recipient == person
    assert list(Entry.objects.order_by("pk").values_list("object_kind", flat=True)) == [
        "blocs.person",
        "decisions.exemplar",
    ]


def test_person_of_another_blocs_unit_is_not_added(client, secretary):
    foreign = make.SeatFactory(role="leader").unit
    client.force_login(secretary)

    response = client.post(reverse("admin:blocs_person_add"), person_form(foreign))

    assert response.status_code == 200
    assert not Person.objects.filter(full_name="Nguyễn Văn Mẫu").exists()


def test_person_with_a_task_is_not_edited_by_the_leaders_unit(secretary, leader):
    officer = make.user_with("officer", leader.unit).person

    assert not may_edit(secretary, officer, timezone.localdate())


def test_leaders_unit_is_named_no_person_who_holds_a_task_elsewhere(secretary, member):
    """It led the bloc once: printed titles are named to it ever after, who works in the software is not."""
    titled = make.PostFactory(role="", unit=member.unit)
    working = [make.user_with(role, member.unit).person for role in ("officer", "secretary", "clerk")]

    assert titled in Post.objects.visible_to(secretary)
    assert titled.person in Person.objects.visible_to(secretary)
    assert not Post.objects.visible_to(secretary).filter(person__in=working).exists()
    assert not Person.objects.visible_to(secretary).filter(pk__in=[each.pk for each in working]).exists()


def test_member_units_officer_adds_no_person(client, member):
    client.force_login(make.user_with("officer", member.unit))

    assert client.get(reverse("admin:blocs_person_add")).status_code == 403


def test_attendants_unit_outside_the_bloc_survives_an_edit(client, secretary, bloc_year):
    ministry = make.UnitStateFactory(official_name="Cơ quan chủ trì").unit
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end")
    guest = make.AttendanceFactory(meeting=meeting, unit=ministry, capacity="ministry")
    client.force_login(secretary)

    page = client.get(reverse("admin:campaigns_meeting_change", args=[meeting.pk]))

    assert f'<option value="{ministry.pk}" selected>Cơ quan chủ trì</option>' in page.content.decode()
    assert guest.unit == ministry


@pytest.mark.parametrize("day", ["2019-06-30", "2030-12-15"])
def test_meeting_outside_its_year_is_refused(client, secretary, bloc_year, day):
    client.force_login(secretary)

    page = client.post(
        reverse("admin:campaigns_meeting_add"),
        {"bloc_year": bloc_year.pk, "kind": "activity", "title": "Họp", "first_day": day, "last_day": day},
    )

    assert "không thuộc năm thi đua" in page.content.decode()
