"""The page of long work, the journal in words, and what every page says of its installation."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from blocs import actions, installation
from blocs.forms import VersionedForm
from blocs.history import Change, history_of
from blocs.models import Bloc, Job
from blocs.views.jobs import REFRESH_SECONDS
from tests import factories as make
from tests.pages import Page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(issuer):
    return make.user_with("officer", issuer)


@pytest.fixture
def job(asker):
    return make.JobFactory(
        asked_by=asker, kind="document.draft", words="Đang lập bản PDF", parameters={"page": "/nam/2020/"}
    )


def address_of(job):
    return reverse("job", args=[job.pk])


# Who sees a job, who may stop it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("administrator", 200), ("other officer", 404), ("secretary", 404), ("nobody", 404)],
)
def test_job_is_seen_by_who_asked_and_the_department(client, people, job, who, status):
    client.force_login(people[who])
    assert client.get(address_of(job)).status_code == status


def test_job_tells_how_far_it_is(client, asker, job):
    client.force_login(asker)
    page = read(client, address_of(job))
    assert page.title == "Lập dự thảo"
    assert "Đang làm Đang lập bản PDF" in page.text
    assert page.links["Về trang văn bản; việc này vẫn chạy"] == "/nam/2020/"


@pytest.mark.parametrize(("who", "may"), [("asker", True), ("administrator", True), ("staff", False)])
def test_job_is_stopped_by_who_asked_or_the_administrator(client, people, asker, job, who, may):
    client.force_login(asker if who == "asker" else people[who])
    assert ("Dừng lại" in read(client, address_of(job)).buttons) == may
    response = client.post(reverse("job-cancel", args=[job.pk]))
    assert response.status_code == (302 if may else 403)
    job.refresh_from_db()
    assert job.wish_to_cancel == may
    assert "Dừng lại" not in Page(client.get(address_of(job))).buttons


def test_page_asks_again_by_itself_with_and_without_a_script(client, asker, job):
    client.force_login(asker)
    whole = client.get(address_of(job))
    part = client.get(address_of(job), headers={"HX-Request": "true"})
    assert whole["Refresh"] == str(REFRESH_SECONDS)
    assert f'hx-get="{address_of(job)}"' in whole.content.decode()
    assert part.content.decode().strip().startswith('<div id="job"')
    assert "Refresh" not in part
    assert {"HX-Request"} <= {name.strip() for name in whole["Vary"].split(",")}


@pytest.mark.parametrize(
    ("state", "words", "said"),
    [
        ("failed", "Máy chủ hết chỗ.", "Không làm được Máy chủ hết chỗ."),
        ("cancelled", "Chưa lưu gì.", "Đã dừng Chưa lưu gì."),
        ("done", "Đã dọn.", "Đã xong Đã dọn."),
    ],
)
def test_job_that_is_over_says_how_and_leads_back(client, asker, job, state, words, said):
    job.finish(state, words)
    client.force_login(asker)
    response = client.get(address_of(job))
    page = Page(response)
    assert said in page.text
    assert page.links["Về trang văn bản"] == "/nam/2020/"
    assert page.buttons == []
    assert "Refresh" not in response
    assert "hx-get" not in response.content.decode()


def test_job_that_is_done_leads_to_its_result(client, asker, job):
    job.finish(Job.State.DONE, "Đã lập.", "/nam/2020/khoi/a/")
    client.force_login(asker)
    assert client.get(address_of(job)).url == "/nam/2020/khoi/a/"
    part = client.get(address_of(job), headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/nam/2020/khoi/a/"


# The journal in words ---------------------------------------------------------------------------------------


class BlocForm(VersionedForm):
    class Meta:
        model = Bloc
        fields = ["code", "place"]


def edit(bloc, by, **changed):
    data = {"code": bloc.code, "place": bloc.place, "shown_version": bloc.version} | changed
    form = BlocForm(data, instance=Bloc.objects.get(pk=bloc.pk))
    assert form.is_valid()
    return actions.edit(form=form, by=by)


def test_history_tells_who_did_what_and_what_changed(staff):
    bloc = make.BlocFactory(code="khoi-a", place=1)
    edit(bloc, staff, place=7)
    (line,) = history_of(bloc, with_changes=True)
    assert (line.act, line.who, line.is_from_paper) == ("Sửa dữ liệu", "Nguyễn Văn An, Chuyên viên", False)
    assert line.changes == (Change("Thứ tự", "1", "7"),)


def test_history_is_newest_first_and_of_these_objects_alone():
    one, two = make.UnitFactory(), make.UnitFactory()
    for unit, act in [(one, "document.make-draft"), (two, "document.release"), (one, "document.take-back")]:
        make.EntryFactory(object_kind="blocs.unit", object_key=unit.pk, act=act)
    assert [line.act for line in history_of(one)] == ["Rút về để sửa", "Lập dự thảo"]
    assert [line.act for line in history_of(one, two)] == [
        "Rút về để sửa",
        "Phát hành",
        "Lập dự thảo",
    ]


def test_act_that_is_no_longer_known_keeps_its_code():
    unit = make.UnitFactory()
    make.EntryFactory(object_kind="blocs.unit", object_key=unit.pk, act="gone.act", on_behalf_of="Lê B")
    (line,) = history_of(unit)
    assert (line.act, line.who) == ("gone.act", "Nguyễn Văn An, Chuyên viên (làm thay Lê B)")


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ({}, "ngày 15/12/2020"),
        ({"place": "Hà Nội", "participants": "Lê B"}, "ngày 15/12/2020, Hà Nội, Lê B"),
    ],
)
def test_act_from_paper_says_which(paper, said):
    record = make.PaperRecordFactory(day=date(2020, 12, 15), **paper)
    unit = make.UnitFactory()
    make.EntryFactory(object_kind="blocs.unit", object_key=unit.pk, paper=record)
    (line,) = history_of(unit)
    assert (line.is_from_paper, line.paper) == (True, said)


def test_erased_changes_are_not_told():
    unit = make.UnitFactory()
    make.EntryFactory(object_kind="blocs.unit", object_key=unit.pk)  # an entry whose payload is gone
    (line,) = history_of(unit, with_changes=True)
    assert line.changes == ()


def test_changes_of_parts_and_of_relations_are_named_without_keys():
    meeting = make.MeetingFactory()
    entry = make.EntryFactory(object_kind="campaigns.meeting", object_key=meeting.pk)
    parts = [
        {"model": "campaigns.agendaitem", "added": {}},
        {"model": "campaigns.statement", "removed": {}},
        {"model": "campaigns.attendance", "key": 1, "before": {}, "after": {}},
    ]
    make.PayloadFactory(
        entry=entry,
        data={
            "before": {"host": 4, "kind": "activity", "place_name": ""},
            "after": {"host": 5, "kind": "year-end", "place_name": "Hà Nội", "parts": parts},
        },
    )
    (line,) = history_of(meeting, with_changes=True)
    assert line.changes == (
        Change("Đơn vị chủ trì"),
        Change("Loại", "Hoạt động giao lưu", "Hội nghị tổng kết"),
        Change("Nơi tổ chức", "", "Hà Nội"),
        Change("Thêm nội dung chương trình"),
        Change("Xoá phát biểu"),
        Change("Sửa người dự"),
    )


@pytest.mark.parametrize(
    ("factory", "field", "before", "after", "said"),
    [
        (make.JobFactory, "parameters", {}, {"page": "/"}, ("", "")),
        (make.JobFactory, "wish_to_cancel", False, True, ("không", "có")),
        (make.UnitStateFactory, "aliases", [], ["Cục A", "Cục B"], ("", "Cục A, Cục B")),
        (make.UnitStateFactory, "first_day", None, "2020-01-01", ("", "01/01/2020")),
    ],
)
def test_changed_value_reads_as_words(factory, field, before, after, said):
    obj = factory()
    entry = make.EntryFactory(object_kind=obj._meta.label_lower, object_key=obj.pk)
    make.PayloadFactory(entry=entry, data={"before": {field: before}, "after": {field: after}})
    (line,) = history_of(obj, with_changes=True)
    assert [(change.before, change.after) for change in line.changes] == [said]


# The installation -------------------------------------------------------------------------------------------


def test_installation_is_described_by_its_root_unit_of_today(django_assert_num_queries):
    root = make.UnitFactory(is_root=True)
    make.UnitStateFactory(unit=root, official_name="Bộ Cũ", last_day=date(2020, 12, 31), telephone="1")
    make.UnitStateFactory(unit=root, official_name="Bộ Mới", first_day=date(2021, 1, 1), telephone="024 3")
    make.UnitStateFactory(official_name="Cục khác", telephone="2")
    with django_assert_num_queries(1):
        assert installation.describe() == {"name": "Bộ Mới", "phone": "024 3"}


def test_installation_without_a_root_unit_of_today_bears_the_products_name_alone():
    assert installation.describe() == {}
    make.UnitStateFactory(unit__is_root=True, last_day=date(2020, 12, 31))
    assert installation.describe() == {}


def test_page_bears_the_installations_name_and_telephone(client, staff):
    make.UnitStateFactory(unit__is_root=True, official_name="Bộ Mẫu", telephone="024 3555 1234")
    client.force_login(staff)
    html = client.get(reverse("home")).content.decode()
    assert "Bộ Mẫu" in html
    assert "024 3555 1234" in html


def test_sign_in_page_bears_them_too(client):
    make.UnitStateFactory(unit__is_root=True, official_name="Bộ Mẫu")
    assert "Bộ Mẫu" in client.get(reverse(settings.LOGIN_URL)).content.decode()
