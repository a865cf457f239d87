"""Pages of posts: who held what on a day, who substitutes, what is open before a post ends."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs import actions
from blocs.actions.slips import Newcomer
from blocs.models import Post
from tests.blocs.access.people import post_of, sign_in
from tests.factories import (
    DocumentVersionFactory,
    IssuedDocumentFactory,
    PostFactory,
    UnitStateFactory,
    user_with,
)
from tests.pages import read

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASSWORD = "mat-khau-moi-rat-dai"
DAY = "%d/%m/%Y"


def rows(page):
    """The row headers of the page's tables."""
    return re.findall(r'<th scope="row">.*?<a [^>]*>(.*?)</a>', page.content.decode(), re.DOTALL)


# Who holds what --------------------------------------------------------------------------------------------


def test_who_held_what_on_a_day(client, staff, officer, office):
    former = PostFactory(
        person__full_name="Lê Văn Cường", unit=office, role="officer", last_day=TODAY - timedelta(days=10)
    )
    yesterday = (TODAY - timedelta(days=10)).strftime(DAY)
    sign_in(client, staff)
    unit = f"unit={office.pk}"

    assert rows(client.get(reverse("posts") + f"?{unit}")) == ["Trần Thị Bình"]
    assert rows(client.get(reverse("posts") + f"?{unit}&day={yesterday}")) == [
        "Trần Thị Bình",
        "Lê Văn Cường",
    ]
    assert rows(client.get(reverse("posts") + f"?{unit}&day=&sort=to")) == ["Lê Văn Cường", "Trần Thị Bình"]
    assert former.last_day < TODAY


def test_posts_as_a_spreadsheet(client, staff, officer, office):
    PostFactory(unit=UnitStateFactory().unit, role="clerk", person__full_name="=HYPERLINK()")
    response = sign_in(client, officer).get(reverse("posts") + "?export=xlsx")
    table = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.rows]

    assert len(table) == 2
    assert table[1][:4] == [
        "Trần Thị Bình",
        "Cục Một",
        "Chuyên viên",
        "Cán bộ thi đua, khen thưởng của đơn vị",
    ]
    assert table[1][6] == "9/QĐ"


# Làm thay ---------------------------------------------------------------------------------------------------


def substitution(**change):
    form = {"first_day": TODAY.strftime(DAY), "last_day": (TODAY + timedelta(days=3)).strftime(DAY)}
    return form | {"basis": "Giấy ủy quyền 1"} | change


def test_holder_lets_a_new_person_substitute_in_one_screen(client, officer):
    address = reverse("post-substitute", args=[post_of(officer).pk])
    sign_in(client, officer)
    assert client.get(address).status_code == 200
    response = client.post(address, substitution(full_name="Lê Chi"))

    assert response.headers["Location"] == reverse("slip")
    shown = client.get(reverse("slip")).content.decode()
    assert "chi.l" in shown
    form = substitution()
    assert f"làm thay Trần Thị Bình từ {form['first_day']} đến hết {form['last_day']}" in shown
    assert "data-print hidden" in shown
    assert Post.objects.get(on_behalf_of=post_of(officer)).person.full_name == "Lê Chi"
    page = read(client, reverse("person", args=[officer.person_id]))
    assert "Gửi qua thư điện tử" not in shown
    assert page.title == "Trần Thị Bình"


@pytest.mark.parametrize(
    ("days", "offered"),
    [(None, {"Giao làm thay", "Thôi giao"}), (1, {"Giao làm thay", "Thôi giao"}), (0, set()), (-1, set())],
)
def test_post_that_ends_today_is_neither_ended_again_nor_lent(client, staff, officer, days, offered):
    last = None if days is None else TODAY + timedelta(days=days)
    officer.person.posts.update(first_day=TODAY - timedelta(days=30), last_day=last)
    page = read(sign_in(client, staff), reverse("person", args=[officer.person_id]))

    assert set(page.links) & {"Giao làm thay", "Thôi giao"} == offered


def test_colleagues_of_the_unit_alone_are_offered(client, officer, office):
    colleague = PostFactory(unit=office, role="", person__full_name="Lê Văn Cường").person
    PostFactory(unit=UnitStateFactory().unit, role="clerk")
    form = (
        sign_in(client, officer).get(reverse("post-substitute", args=[post_of(officer).pk])).context["form"]
    )

    assert list(form.fields["person"].queryset) == [colleague]
    address = reverse("post-substitute", args=[post_of(officer).pk])
    for change in ({}, {"person": colleague.pk, "full_name": "Lê Chi"}):
        assert list(client.post(address, substitution(**change)).context["form"].errors) == ["person"]


def test_substitution_ends_from_its_page(client, officer):
    made, _slip = actions.substitute(
        post=post_of(officer),
        newcomer=Newcomer(full_name="Lê Chi"),
        title="",
        first_day=TODAY,
        last_day=TODAY + timedelta(days=3),
        basis="1/GUQ",
        by=officer,
    )
    sign_in(client, officer).post(reverse("substitute-end", args=[made.pk]))

    assert Post.objects.get(pk=made.pk).last_day == TODAY


# Bàn giao ---------------------------------------------------------------------------------------------------


def test_open_work_of_a_post(client, officer, staff):
    post = post_of(officer)
    draft, other = (IssuedDocumentFactory(title=title) for title in ("Báo cáo đang soạn", "Việc người khác"))
    released = IssuedDocumentFactory(released=True, title="Báo cáo đã phát hành")
    for document in (draft, released):
        DocumentVersionFactory(document=document, made_by=post)
    DocumentVersionFactory(document=other)
    actions.end_post(post=post, last_day=TODAY + timedelta(days=5), basis="2/QĐ", by=staff)
    text = read(sign_in(client, officer), reverse("post-open-work", args=[post.pk])).text

    assert "Báo cáo đang soạn" in text
    assert "Việc người khác" not in text
    assert "Báo cáo đã phát hành" not in text
    assert "Không có việc nào đang chờ" in text
    assert read(sign_in(client, staff), reverse("post-open-work", args=[post.pk])).text.endswith(text)


def test_open_work_of_others_is_for_staff(client, officer, office):
    response = sign_in(client, user_with("clerk", office)).get(
        reverse("post-open-work", args=[post_of(officer).pk])
    )

    assert response.status_code == 403
