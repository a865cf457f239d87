"""Drafts: kept while somebody types, offered again, dropped when the form is taken; nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.drafts import KEPT_DAYS, drop_old_drafts
from blocs.models import Draft
from config.keeping import LARGEST
from tests import factories as make
from tests.factories import user_with

pytestmark = pytest.mark.django_db

PLACE = "/quan-tri/campaigns/meeting/1/change/#MeetingForm"


@pytest.fixture
def user(client):
    user = user_with("secretary")
    client.force_login(user)
    return user


def keep(client, **fields):
    return client.post(reverse("draft"), {"draft-of": PLACE, **fields})


def read(client, place=PLACE):
    return client.get(reverse("draft"), {"draft-of": place}).json()


def test_draft_is_kept_and_offered_again(client, user, time_machine):
    time_machine.move_to("2020-12-14T03:42:00Z", tick=False)

    said = keep(client, title="Hội nghị", units=["1", "2"], password="bí mật", csrfmiddlewaretoken="x").json()

    assert said == {"words": "Đã lưu nháp lúc 10:42"}
    assert read(client) == {
        "fields": {"title": ["Hội nghị"], "units": ["1", "2"]},
        "words": "Có bản nháp lưu lúc 14/12/2020 10:42, chưa gửi.",
    }


def test_later_draft_stands_in_place_of_the_earlier(client, user):
    keep(client, title="Một")
    keep(client, title="Hai")

    assert [draft.data for draft in Draft.objects.all()] == [{"title": ["Hai"]}]


def test_draft_of_somebody_else_is_not_read(client, user):
    make.DraftFactory(user=user_with("staff"), address=PLACE)

    assert read(client) == {}


def test_draft_that_is_not_wanted(client, user):
    keep(client, title="Một")
    make.DraftFactory(user=user_with("staff"), address=PLACE)

    keep(client, drop="1")

    assert read(client) == {}
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("place", ["", "/" * 301])
def test_draft_needs_a_place(client, user, place):
    assert client.post(reverse("draft"), {"draft-of": place, "title": "a"}).status_code == 400
    assert client.get(reverse("draft"), {"draft-of": place}).status_code == 400


def test_draft_too_long_is_refused_in_words(client, user):
    response = keep(client, title="a" * LARGEST)

    assert response.status_code == 413
    assert response.json() == {"words": "Nội dung quá dài, không lưu nháp được."}
    assert Draft.objects.count() == 0


def test_draft_without_a_session_is_not_kept(client, user):
    client.logout()

    assert keep(client, title="Một").status_code == 302
    assert Draft.objects.count() == 0


def test_form_that_is_taken_drops_its_draft(client):
    staff = user_with("staff")
    client.force_login(staff)
    make.DraftFactory(user=staff, address=PLACE)
    other = make.DraftFactory(user=user_with("staff"), address=PLACE)

    client.post(reverse("set_language"), {"language": "vi", "draft-of": PLACE})

    assert list(Draft.objects.all()) == [other]


def test_form_that_comes_back_keeps_its_draft(client):
    staff = user_with("staff")
    client.force_login(staff)
    draft = make.DraftFactory(user=staff, address=PLACE)
    meeting = make.MeetingFactory()

    answer = client.post(
        reverse("admin:campaigns_meeting_change", args=[meeting.pk]), {"draft-of": PLACE, "title": ""}
    )

    assert answer.status_code == 200
    assert list(Draft.objects.all()) == [draft]


@pytest.mark.parametrize(("days", "left"), [(KEPT_DAYS - 1, 1), (KEPT_DAYS + 1, 0)])
def test_old_drafts_are_dropped(days, left):
    make.DraftFactory(saved_at=timezone.now() - timedelta(days=days))

    assert drop_old_drafts() == f"Đã bỏ {1 - left} bản nháp cũ."
    assert Draft.objects.count() == left


def test_admin_form_says_where_its_draft_stands(client):
    client.force_login(user_with("staff"))
    address = reverse("admin:campaigns_meeting_change", args=[make.MeetingFactory().pk])
    page = client.get(address).content.decode()

    assert f'name="draft-of" value="{address}#MeetingForm"' in page


def test_form_that_asks_for_a_password_keeps_nothing(client, user):
    page = client.get(reverse("account_change_password")).content.decode()

    assert "draft-of" not in page
    assert "shown-to" not in page
