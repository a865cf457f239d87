from datetime import date

import pytest
from django.db import IntegrityError

from blocs.models import Person, Post
from blocs.text import fold, person_sort_key
from tests.factories import PersonFactory, PostFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_keys_of_a_person_follow_the_name():
    person = PersonFactory(full_name="Đỗ Thị Ước")
    person.full_name = "Đỗ Thị Uyên"
    person.save()
    person.refresh_from_db()

    assert (person.search_key, person.sort_key) == (fold("Đỗ Thị Uyên"), person_sort_key("Đỗ Thị Uyên"))


def test_persons_stand_by_given_name():
    for name in ("Nguyễn Văn Bình", "Đỗ Đức An", "Trần Thị Ân"):
        PersonFactory(full_name=name)

    assert [str(person) for person in Person.objects.in_name_order()] == [
        "Đỗ Đức An",
        "Trần Thị Ân",
        "Nguyễn Văn Bình",
    ]
    assert list(Person.objects.all()) == list(Person.objects.in_name_order())


def test_person_is_no_duplicate_of_itself():
    person = PersonFactory()
    person.merged_into = person

    with pytest.raises(IntegrityError, match="person_not_merged_into_itself"):
        person.save()


def test_person_signs_in_by_one_account():
    user = UserFactory()

    with pytest.raises(IntegrityError):
        UserFactory(person=user.person)


def test_account_shows_the_person():
    user = UserFactory(person=PersonFactory(full_name="Đỗ Thị Ước"), username="uoc")

    assert (str(user), user.get_full_name()) == ("uoc", "Đỗ Thị Ước")


@pytest.mark.parametrize(
    ("post", "fault"),
    [
        ({"role": "officer", "first_day": None}, "post_with_role_has_first_day"),
        ({"first_day": date(2020, 2, 1), "last_day": date(2020, 1, 31)}, "post_days_in_order"),
        ({"person": None}, "only_operator_without_person"),
        ({"unit": None}, "only_operator_without_person"),
        ({"role": "operator"}, "only_operator_without_person"),
    ],
)
def test_post_that_is_refused(post, fault):
    with pytest.raises(IntegrityError, match=fault):
        PostFactory(**post)


def test_post_of_which_only_a_title_is_known():
    post = PostFactory(role="", first_day=None, title="Cục trưởng", attested_on=date(2020, 12, 15))

    assert str(post) == "Nguyễn Văn An - Cục trưởng"


def test_operator_is_one():
    assert Post.objects.operator() == Post.objects.operator()

    with pytest.raises(IntegrityError, match="one_operator"):
        PostFactory(role="operator", person=None, unit=None)


def test_first_post_with_a_role_in_a_unit():
    user, here, there = UserFactory(), UnitFactory(), UnitFactory()
    made = {
        (role, unit): PostFactory(person=user.person, role=role, unit=unit)
        for unit in (there, here)
        for role in ("officer", "secretary")
    }
    standing = user.standing()

    assert standing.post("secretary", unit_ids={here.pk}) == made["secretary", here]
    assert standing.post("clerk", unit_ids={here.pk}) is None
    assert standing.post("officer", unit_ids=set()) is None
    assert standing.post("officer") == made["officer", there]
    assert standing.unit_ids == {here.pk, there.pk}
