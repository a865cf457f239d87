import pytest
from django.contrib import admin

from blocs.models import Person
from campaigns.models import BlocYear
from tests.factories import BlocYearFactory, PersonFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(rf, staff):
    """The rows that the admin lists for the department, in their order."""

    def listed(model, **query):
        request = rf.get("/", query)
        request.user = staff
        return list(admin.site._registry[model].get_changelist_instance(request).get_queryset(request))

    return listed


@pytest.mark.parametrize("words", ["Đo lường", "do luong", "ĐO LƯỜNG", "lường"])
def test_name_is_found_with_and_without_accents(listed, words):
    found = BlocYearFactory(name="Khối thi đua Đo lường")
    BlocYearFactory(name="Khối thi đua Tổng cục")
    person = PersonFactory(full_name="Đỗ Đo Lường")
    user_with("officer")

    assert listed(BlocYear, q=words) == [found]
    assert listed(Person, q=words) == [person]


@pytest.mark.parametrize("order", ["1", "-1"])
def test_persons_stand_by_given_name_whatever_the_address_asks(listed, staff, order):
    names = ["Trần An", "Nguyễn Văn Bình", "Lê Đức"]
    made = [PersonFactory(full_name=name) for name in reversed(names)]

    assert [person for person in listed(Person, o=order) if person in made] == made[::-1]
