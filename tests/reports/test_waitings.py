"""Documents that wait for a person, and the report's step on the timeline."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.contributions import Progress, registry
from reports.steps import steps
from reports.waitings import next_working_day, waitings
from tests import factories as make

pytestmark = pytest.mark.django_db


def waiting(user):
    return [(each.title, each.address.split("/")[-2], each.due, each.note) for each in of_one(user)]


def of_one(user):
    return waitings([user]).get(user.pk, [])


@pytest.fixture
def documents(leader):
    """One document in each state, and one of another unit in each."""
    states = ["draft", "for_signature", "signed", "numbered", "released", "superseded"]
    for state in states:
        traits = {} if state == "draft" else {state: True}
        make.IssuedDocumentFactory(subject=leader.bloc_year, issuer=leader.unit, edition=state[:5], **traits)
        make.IssuedDocumentFactory(edition=state[:5], **traits)


KEEPER = [
    ("Phát hành văn bản", None, ""),
    ("Ghi số, ngày do văn thư cấp", date(2020, 12, 16), "Ký ngày 15/12/2020"),
    ("Lưu bản đã ký", None, ""),
    ("Trình ký văn bản", None, ""),
]


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("secretary", KEEPER),
        (
            "clerk",
            [
                ("Phát hành văn bản", None, ""),
                ("Cấp số, ngày (sổ chờ số)", date(2020, 12, 16), "Ký ngày 15/12/2020"),
            ],
        ),
        ("member", []),
        ("staff", []),
        ("administrator", []),
        ("nobody", []),
    ],
)
def test_what_waits_for_each(people, documents, who, found):
    assert [(title, due, note) for title, _address, due, note in waiting(people[who])] == found


def test_department_keeps_its_own_letters(people):
    unit = people["staff"].standing().posts[0].unit
    make.IssuedDocumentFactory(issuer=unit, kind="reminder-letter", subject=make.ReminderWaveFactory())
    (found,) = of_one(people["staff"])
    assert (found.title, found.about) == ("Trình ký văn bản", "Công văn đôn đốc: Báo cáo tổng kết")


def test_waiting_leads_to_the_act_or_the_page(people, leader):
    signed = make.IssuedDocumentFactory(subject=leader.bloc_year, issuer=leader.unit, signed=True)
    assert [each.address for each in of_one(people["clerk"])] == [
        reverse("document-assign-number", args=[signed.pk])
    ]
    assert waitings in registry.waitings


def test_waitings_cost_as_many_queries_for_many_documents(people, documents, django_assert_num_queries):
    people["secretary"].standing()
    with django_assert_num_queries(1):
        waitings([people["secretary"]])


@pytest.mark.parametrize(
    ("signed", "due"),
    [
        (date(2020, 12, 15), date(2020, 12, 16)),
        (date(2020, 12, 18), date(2020, 12, 21)),
        (date(2020, 12, 19), date(2020, 12, 21)),
        (date(2020, 12, 20), date(2020, 12, 21)),
    ],
)
def test_number_is_due_on_the_next_working_day(signed, due):
    assert next_working_day(signed) == due


@pytest.mark.parametrize("released", [False, True])
def test_report_is_pending_with_the_leaders_unit_until_it_is_released(people, leader, member, released):
    traits = {"released": True} if released else {}
    make.IssuedDocumentFactory(subject=leader.bloc_year, issuer=leader.unit, edition="official", **traits)
    secretary = people["secretary"]
    (step,) = steps([leader.bloc_year], [secretary])(leader.bloc_year, secretary)
    assert (step.phase, step.pending) == ("report", () if released else (leader.unit_id,))
    assert (step.progress is Progress.DONE) == released
