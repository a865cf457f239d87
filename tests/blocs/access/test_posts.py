"""Posts: given and ended on a decision, substituted for a time, seen on any day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from blocs import actions
from blocs.actions.slips import Newcomer
from blocs.contributions import registry
from blocs.history import history_of
from blocs.models import Entry, Invitation, Post, User
from blocs.permissions import Refused
from tests.factories import PersonFactory, PostFactory, UnitStateFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, FRIDAY, SATURDAY = (date(2026, 3, day) for day in (2, 3, 6, 7))
NOBODY = Newcomer(full_name="Lê Chi")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-03-02 09:00 +0700", tick=False)


@pytest.fixture
def office():
    return UnitStateFactory(official_name="Cục Một").unit


@pytest.fixture
def holder(office):
    user = user_with("officer", office, title="Chuyên viên chính")
    user.person.full_name = "Trần Thị Bình"
    user.person.save()
    return user


@pytest.fixture
def colleague(office):
    user = UserFactory(password="mat-khau-rat-dai", person__full_name="Lê Văn Cường")
    PostFactory(person=user.person, unit=office, role="", first_day=None)
    return user


def post_of(user):
    return user.person.posts.exclude(role="").get()


def fresh(user):
    return User.objects.get(pk=user.pk)


def let(post, by, newcomer=NOBODY, first_day=MONDAY, last_day=FRIDAY, basis="Giấy ủy quyền số 1"):
    return actions.substitute(
        post=post, newcomer=newcomer, title="", first_day=first_day, last_day=last_day, basis=basis, by=by
    )


def refusal(act, *arguments, **keywords):
    with pytest.raises(Refused) as refused:
        act(*arguments, **keywords)
    return str(refused.value)


def allowed(act, *arguments, **keywords):
    before = Entry.objects.count(), list(Post.objects.order_by("pk").values())
    try:
        act(*arguments, **keywords)
    except Refused:
        assert (Entry.objects.count(), list(Post.objects.order_by("pk").values())) == before
        return False
    return True


# Giving and ending ------------------------------------------------------------------------------------------


def test_post_ends_with_its_last_day_and_the_decision(holder, time_machine):
    actions.end_post(post=post_of(holder), last_day=TUESDAY, basis="2/QĐ", by=user_with("staff"))
    post = post_of(holder)

    assert (post.last_day, post.end_basis) == (TUESDAY, "2/QĐ")
    time_machine.move_to("2026-03-03 23:00 +0700")
    assert [each.pk for each in fresh(holder).standing().posts] == [post.pk]
    time_machine.move_to("2026-03-04 00:00 +0700")
    assert fresh(holder).standing().posts == ()
    assert "đã thôi giao" in refusal(
        actions.end_post, post=post, last_day=FRIDAY, basis="3/QĐ", by=user_with("staff")
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"last_day": date(1999, 12, 31)}, "trước ngày bắt đầu 01/01/2000"),
        ({"basis": " "}, "số, ngày quyết định"),
    ],
)
def test_end_that_is_refused(holder, change, reason):
    terms = {"last_day": FRIDAY, "basis": "2/QĐ"} | change

    assert reason in refusal(actions.end_post, post=post_of(holder), by=user_with("staff"), **terms)


ENDERS = {
    "officer": {"staff", "administrator"},
    "clerk": {"staff", "administrator"},
    "staff": {"staff", "administrator"},
    "administrator": {"administrator"},
    "issues decisions": {"administrator"},
}


@pytest.mark.parametrize("role", ENDERS)
def test_who_ends_which_post(holder, role):
    fields = {"role": "staff", "issues_decisions": True} if role == "issues decisions" else {"role": role}
    people = {who: user_with(who) for who in ("staff", "administrator", "secretary", "clerk")}
    people |= {"holder": holder, "nobody": UserFactory()}
    done = {
        who
        for who, by in people.items()
        if allowed(actions.end_post, post=post_of(user_with(**fields)), last_day=FRIDAY, basis="2/QĐ", by=by)
    }

    assert done == ENDERS[role]


@pytest.mark.parametrize(
    ("other", "allows"),
    [
        ({}, True),
        ({"last_day": FRIDAY}, False),
        ({"first_day": SATURDAY}, True),
        ({"first_day": SATURDAY + timedelta(days=1)}, False),
    ],
)
def test_somebody_must_go_on_administering(other, allows):
    administrator = user_with("administrator")
    user_with("administrator", **other)
    ended = {"post": post_of(administrator), "last_day": FRIDAY, "basis": "2/QĐ", "by": administrator}

    assert allowed(actions.end_post, **ended) is allows


def test_administrator_whose_account_is_stopped_does_not_count():
    administrator, other = user_with("administrator"), user_with("administrator")
    other.is_active = False
    other.save()

    assert "ít nhất một người quản trị" in refusal(
        actions.end_post, post=post_of(administrator), last_day=FRIDAY, basis="2/QĐ", by=administrator
    )


# Làm thay ---------------------------------------------------------------------------------------------------


def test_substitute_acts_in_the_post_from_day_to_day(holder, colleague, office, time_machine):
    made, slip = let(post_of(holder), holder, Newcomer(person=colleague.person), first_day=TUESDAY)

    assert slip is None
    assert (made.role, made.unit, made.title) == ("officer", office, "Chuyên viên chính")
    held = {}
    for day in (MONDAY, TUESDAY, FRIDAY, SATURDAY):
        time_machine.move_to(f"{day} 12:00 +0700")
        held[day] = [post.on_behalf_of for post in fresh(colleague).standing().posts]
    assert held == {MONDAY: [], TUESDAY: [post_of(holder)], FRIDAY: [post_of(holder)], SATURDAY: []}


def test_journal_has_both_names(holder, colleague):
    made, _slip = let(post_of(holder), holder, Newcomer(person=colleague.person))
    third = PostFactory(unit=made.unit, role="", first_day=None).person
    actions.end_substitute(post=made, by=fresh(colleague))
    entry = Entry.objects.about(made).first()

    assert (entry.actor_name, entry.on_behalf_of) == ("Lê Văn Cường", "Trần Thị Bình")
    assert [line.who for line in history_of(made)] == [
        "Lê Văn Cường, Chuyên viên chính (làm thay Trần Thị Bình)",
        "Trần Thị Bình, Chuyên viên chính",
    ]
    assert third not in Post.objects.filter(on_behalf_of__isnull=False)


def test_new_person_gets_account_and_slip_in_the_same_act(holder, office):
    made, slip = let(post_of(holder), holder)

    assert Entry.objects.count() == 1
    assert (slip.invitation.user.username, slip.invitation.post) == ("chi.l", made)
    assert (made.person.full_name, made.unit, made.on_behalf_of) == ("Lê Chi", office, post_of(holder))


SUBSTITUTED = {
    "officer": {"staff", "administrator", "the holder"},
    "secretary": {"staff", "administrator", "the holder"},
    "staff": {"staff", "administrator", "the holder"},
    "administrator": {"administrator", "the holder"},
    "issues decisions": {"administrator", "the holder"},
}


@pytest.mark.parametrize("role", SUBSTITUTED)
def test_who_lets_substitute(office, role):
    fields = {"role": "staff", "issues_decisions": True} if role == "issues decisions" else {"role": role}
    others = {who: user_with(who, office) for who in ("staff", "administrator", "secretary", "clerk")}
    done, issuing = set(), set()
    for who in (*others, "the holder", "nobody"):
        owner = user_with(unit=office, **fields)
        by = {"the holder": owner, "nobody": UserFactory()}.get(who) or others[who]
        if allowed(let, post_of(owner), by):
            done.add(who)
            if Post.objects.filter(on_behalf_of=post_of(owner), issues_decisions=True).exists():
                issuing.add(who)

    assert done == SUBSTITUTED[role]
    assert issuing == ({"administrator"} if role == "issues decisions" else set())


def test_substitute_lets_nobody_substitute(holder, colleague, office):
    made, _slip = let(post_of(holder), holder, Newcomer(person=colleague.person))

    assert "không giao tiếp" in refusal(let, made, fresh(colleague))
    assert not allowed(let, post_of(holder), fresh(colleague))


def test_holder_opens_no_account_that_waits_for_another_post(holder, office):
    """A slip for somebody who will be staff must not come into the hands of a unit's officer."""
    waiting = UserFactory()
    waiting.set_unusable_password()
    waiting.save()
    PostFactory(person=waiting.person, unit=office, role="staff", first_day=SATURDAY)

    assert "cán bộ phụ trách cấp phiếu trước" in refusal(
        let, post_of(holder), holder, Newcomer(person=waiting.person)
    )
    assert not Invitation.objects.exists()
    assert let(post_of(holder), user_with("staff"), Newcomer(person=waiting.person))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"basis": " "}, "căn cứ"),
        ({"last_day": date(2026, 3, 1), "first_day": date(2026, 2, 28)}, "từ hôm nay trở đi"),
        ({"first_day": FRIDAY, "last_day": TUESDAY}, "không trước ngày bắt đầu"),
        ({"first_day": date(1999, 1, 1)}, "trong thời gian giữ nhiệm vụ"),
        ({"newcomer": "holder"}, "Không tự làm thay mình"),
        ({"newcomer": "outsider"}, "cùng đơn vị"),
        ({"newcomer": "former"}, "cùng đơn vị"),
        ({"newcomer": "stopped"}, "đang ngừng dùng"),
        ({"newcomer": "substitute"}, "đã được giao làm thay"),
    ],
)
def test_substitution_that_is_refused(holder, colleague, office, change, reason):
    stopped = PostFactory(unit=office, role="").person
    UserFactory(person=stopped, is_active=False, password="mat-khau-rat-dai")
    people = {
        "holder": holder.person,
        "outsider": PersonFactory(),
        "former": PostFactory(unit=office, last_day=date(2026, 3, 1)).person,
        "stopped": stopped,
        "substitute": colleague.person,
    }
    let(post_of(holder), holder, Newcomer(person=colleague.person), first_day=FRIDAY)
    if "newcomer" in change:
        change = {"newcomer": Newcomer(person=people[change["newcomer"]])}

    assert reason in refusal(let, post_of(holder), holder, **change)


def test_substitution_ends_with_the_post_it_stands_in(holder, colleague, office, time_machine):
    running, _slip = let(post_of(holder), holder, Newcomer(person=colleague.person))
    later, slip = let(post_of(holder), holder, first_day=SATURDAY, last_day=date(2026, 3, 20))
    actions.end_post(post=post_of(holder), last_day=TUESDAY, basis="2/QĐ", by=user_with("staff"))
    running.refresh_from_db()

    assert running.last_day == TUESDAY
    assert not Post.objects.filter(pk=later.pk).exists()
    assert not Invitation.objects.filter(pk=slip.invitation.pk).exists()


def test_substitution_that_began_ends_today(holder, colleague, time_machine):
    made, _slip = let(post_of(holder), holder, Newcomer(person=colleague.person))
    time_machine.move_to("2026-03-03 12:00 +0700")
    actions.end_substitute(post=made, by=fresh(holder))

    assert Post.objects.get(pk=made.pk).last_day == TUESDAY
    time_machine.move_to("2026-03-04 12:00 +0700")
    assert fresh(colleague).standing().posts == ()
    assert "đã kết thúc ngày 03/03/2026" in refusal(actions.end_substitute, post=made, by=fresh(holder))


def test_substitution_not_begun_whose_slip_was_used_gives_no_role(holder, time_machine):
    made, slip = let(post_of(holder), holder, first_day=FRIDAY)
    user = slip.invitation.user
    actions.use_code(invitation=slip.invitation, code=slip.code, password="mat-khau-rat-dai", by=user)
    actions.end_substitute(post=made, by=holder)
    time_machine.move_to("2026-03-06 12:00 +0700")

    assert fresh(user).standing().posts == ()


@pytest.mark.parametrize(
    ("who", "may"),
    [("holder", True), ("substitute", True), ("staff", True), ("administrator", True), ("officer", False)],
)
def test_who_ends_a_substitution(holder, colleague, office, who, may):
    made, _slip = let(post_of(holder), holder, Newcomer(person=colleague.person))
    by = {"holder": holder, "substitute": fresh(colleague)}.get(who) or user_with(who, office)

    assert allowed(actions.end_substitute, post=made, by=by) is may


# What waits -------------------------------------------------------------------------------------------------


def waiting_for(user):
    found = registry.waiting_for([fresh(user)])[user.pk]
    return [(each.title, each.due) for each in found if each.address.endswith("/viec-con-mo/")]


@pytest.mark.parametrize(("last_day", "waits"), [(date(2026, 3, 16), True), (date(2026, 3, 17), False)])
def test_post_that_ends_soon_waits_for_its_holder_and_for_staff(holder, last_day, waits):
    staff, other = user_with("staff"), user_with("officer")
    actions.end_post(post=post_of(holder), last_day=last_day, basis="2/QĐ", by=staff)

    assert waiting_for(holder) == ([("Bàn giao việc còn mở", last_day)] if waits else [])
    assert waiting_for(staff) == ([("Xem ai tiếp nhận nhiệm vụ", last_day)] if waits else [])
    assert waiting_for(other) == []


def test_nothing_waits_after_the_last_day(holder, time_machine):
    actions.end_post(post=post_of(holder), last_day=TUESDAY, basis="2/QĐ", by=user_with("staff"))
    time_machine.move_to("2026-03-04 12:00 +0700")

    assert timezone.localdate() == date(2026, 3, 4)
    assert waiting_for(user_with("staff")) == []
