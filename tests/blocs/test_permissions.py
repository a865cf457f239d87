from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from blocs import permissions
from blocs.models import Entry, IssuedDocument, Job, Post, User
from blocs.models.base import of_each
from blocs.models.people import Operator, Standing
from blocs.permissions import Refusal, Refused, all_of, first_of, refuse, require
from tests.factories import (
    IssuedDocumentFactory,
    JobFactory,
    PostFactory,
    UnitFactory,
    UserFactory,
    user_with,
)

TODAY = date(2020, 12, 15)
YES, NO, NEVER = "a post", Refusal("không"), Refusal("không bao giờ", "Điều 1")


def answers(answer):
    def permission(user, obj, day):
        return answer

    permission.__doc__ = str(answer)
    return permission


def not_asked(user, obj, day):
    """Stands after the answer is known."""
    raise AssertionError


@pytest.mark.parametrize(
    ("permissions", "answer"),
    [
        ([answers(YES)], YES),
        ([answers(NO), answers(YES), not_asked], YES),
        ([answers(NO), answers(NEVER)], NEVER),
        ([answers(NEVER), answers(NO)], NO),
    ],
)
def test_first_of(permissions, answer):
    assert first_of(*permissions)(None, None, TODAY) is answer


@pytest.mark.parametrize(
    ("permissions", "answer"),
    [
        ([answers(YES), answers("another post")], YES),
        ([answers(YES), answers(NO), not_asked], NO),
        ([answers(NEVER), not_asked], NEVER),
    ],
)
def test_all_of(permissions, answer):
    assert all_of(*permissions)(None, None, TODAY) is answer


@pytest.mark.parametrize(("compose", "word"), [(first_of, "or"), (all_of, "and")])
def test_composed_permission_says_whom_it_allows(compose, word):
    permission = compose(permissions.is_staff, permissions.in_issuing_unit("clerk", "secretary"))

    assert permission.__doc__ == f"staff; {word} clerk or secretary of the issuing unit"


@pytest.mark.parametrize(
    ("refusal", "words"), [(NO, "không"), (NEVER, "không bao giờ (Điều 1)"), (Refusal("vì", ""), "vì")]
)
def test_refusal_counts_as_false_and_says_why(refusal, words):
    assert not refusal
    assert str(refusal) == words


def test_require_gives_the_post_or_raises_the_refusal():
    assert require(YES) is YES
    with pytest.raises(Refused, match="không bao giờ") as refused:
        require(NEVER)
    assert refused.value.refusal is NEVER


def test_refuse():
    with pytest.raises(Refused) as refused:
        refuse("không bao giờ", "Điều 1")
    assert refused.value.refusal == NEVER


# Posts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_day", "last_day", "held"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), TODAY, True),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        (TODAY + timedelta(days=1), None, False),
    ],
)
@pytest.mark.django_db
def test_post_is_held_from_its_first_to_its_last_day(first_day, last_day, held):
    user = user_with("officer", first_day=first_day, last_day=last_day)
    post = Post.objects.get()

    with time_machine.travel(f"{TODAY} 23:59 +0700"):
        assert user.standing().posts == ((post,) if held else ())
        assert user.is_staff is held
    assert post.held_on(TODAY) is held
    assert set(Post.objects.held_on(TODAY)) == ({post} if held else set())


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 5])
def test_standings_of_many_are_asked_for_at_once(django_assert_num_queries, number):
    users = [user_with("officer") for _n in range(number)] + [
        UserFactory(),
        user_with("clerk", last_day=TODAY),
    ]
    alone = [User.objects.get(pk=each.pk).standing() for each in users]

    with django_assert_num_queries(1):
        User.objects.read_standings(users)
        assert [each.standing() for each in users] == alone
    with django_assert_num_queries(0):
        User.objects.read_standings(users)
    with time_machine.travel(TODAY), django_assert_num_queries(1):  # of another day
        User.objects.read_standings(users)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [(), ("pk", "title")])
def test_rows_of_each_are_those_that_each_may_see(django_assert_num_queries, fields):
    documents = IssuedDocument.objects.order_by("pk")
    issuers = [IssuedDocumentFactory(title=f"Báo cáo {n}").issuer for n in range(3)]
    users = [user_with("officer", unit) for unit in [*issuers, issuers[0]]]
    users += [user_with("clerk"), UserFactory(), user_with("staff")]
    User.objects.read_standings(users)

    with django_assert_num_queries(1):
        found = of_each(users, documents.visible_to, *fields)

    for each in users:
        seen = documents.visible_to(each)
        assert sorted(found[each.pk], key=str) == sorted(
            seen.values_list(*fields) if fields else seen, key=str
        )
    assert [len(found[each.pk]) for each in users] == [1, 1, 1, 1, 0, 0, 3]
    assert of_each([], documents.visible_to) == {}


@pytest.mark.django_db
def test_post_whose_first_day_is_unknown_gives_no_standing():
    post = PostFactory(first_day=None, last_day=None, attested_on=TODAY)

    assert not post.held_on(TODAY)
    assert set(Post.objects.held_on(TODAY)) == set()


@pytest.mark.django_db
def test_post_without_a_role_gives_no_standing():
    user = user_with("")

    assert user.standing() == Standing(())
    assert not user.is_staff


@pytest.mark.django_db
def test_standing_is_asked_anew_the_next_day():
    user = user_with("officer", first_day=TODAY, last_day=TODAY)
    with time_machine.travel(f"{TODAY} 23:59 +0700"):
        assert len(user.standing().posts) == 1
    with time_machine.travel(f"{TODAY + timedelta(days=1)} 00:00 +0700"):
        assert user.standing().posts == ()


@pytest.mark.django_db
def test_standing_takes_one_query_a_day(django_assert_num_queries):
    user = user_with("officer")

    with django_assert_num_queries(1):
        user.standing()
        user.standing()


@pytest.mark.django_db
def test_user_that_is_switched_off_does_not_enter_the_admin():
    user = user_with("staff")
    user.is_active = False

    assert not user.is_staff


# Who may ----------------------------------------------------------------------------------------------------

EVERYBODY = {
    "staff",
    "secretary",
    "officer",
    "clerk",
    "other clerk",
    "other officer",
    "administrator",
    "operator",
}


@pytest.mark.parametrize(
    ("permission", "allowed", "refusal"),
    [
        ("is_staff", {"staff"}, "Việc này do cán bộ thi đua, khen thưởng của bộ thực hiện."),
        ("is_administrator", {"administrator"}, "Việc này do người quản trị hệ thống thực hiện."),
        ("is_operator", {"operator"}, "Việc này chỉ chạy được bằng lệnh trên máy chủ."),
        ("has_post", EVERYBODY, "Tài khoản chưa được giao nhiệm vụ nào trên hệ thống."),
        (
            "may_manage_organisation",
            {"staff", "administrator"},
            "Việc này do người quản trị hệ thống thực hiện.",
        ),
        (
            "may_manage_accounts",
            {"staff", "administrator"},
            "Việc này do cán bộ thi đua, khen thưởng của bộ thực hiện.",
        ),
        ("may_erase_payload", {"administrator"}, "Việc này do người quản trị hệ thống thực hiện."),
    ],
)
def test_permission_of_each_kind_of_user(people, permission, allowed, refusal):
    found = {who: getattr(permissions, permission)(user, None, TODAY) for who, user in people.items()}

    assert {who: isinstance(answer, Post) or str(answer) for who, answer in found.items()} == {
        who: who in allowed or refusal for who in people
    }


def test_permission_answers_the_post_that_carries_it(people, issuer):
    document = IssuedDocumentFactory(issuer=issuer)
    clerk = people["clerk"]
    # A post that does not carry the permission stands first.
    PostFactory(person=clerk.person, role="officer", unit=UnitFactory())

    assert permissions.may_assign_number(clerk, document, TODAY) == Post.objects.get(
        role="clerk", unit=issuer
    )


@pytest.mark.parametrize(
    ("kept", "may"),
    [("own", True), ("another's", False), ("own without a post", False), ("administrator", True)],
)
@pytest.mark.django_db
def test_job_is_cancelled_by_who_asked_and_the_administrator(kept, may):
    user = {"administrator": lambda: user_with("administrator"), "own without a post": UserFactory}.get(
        kept, lambda: user_with("officer")
    )()
    job = JobFactory(asked_by=user) if kept.startswith("own") else JobFactory()

    assert bool(permissions.may_cancel_job(user, job, TODAY)) is may


@pytest.mark.parametrize("model", [Entry, Job, User])
def test_rows_without_editors_change_by_acts_only(staff, model):
    refusal = permissions.may_edit(staff, model(), TODAY)

    assert str(refusal) == "Dữ liệu này chỉ thay đổi qua các thao tác của hệ thống."


@pytest.mark.django_db
def test_operator_is_one_post_without_a_person():
    first, second = Operator("root"), Operator("thidua")

    assert first.post == second.post
    assert (first.post.person, first.post.unit, str(first.post)) == (None, None, "Người vận hành hệ thống")
    assert first.standing().sees_all
    assert first.post.held_on(timezone.localdate())
