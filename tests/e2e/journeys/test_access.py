"""Who comes in, and who acts for whom: a printed code, an officer on leave."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blocs.models import Entry, Post, User
from campaigns.models import Pledge, Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_administrator_invites_with_a_printed_code(ministry, arrive, report):
    ministry()
    administrator = arrive("quan-tri")
    page = administrator.page

    administrator.tap(page.get_by_role("link", name="Người dùng").first)
    administrator.tap(page.get_by_role("link", name="Cấp tài khoản").first)
    administrator.write(page.get_by_label(re.compile("^Họ và tên")), "Đỗ Thị Minh Khuê")
    administrator.choose(page.get_by_label("Xưng hô"), "Bà")
    administrator.choose(page.get_by_label(re.compile("^Đơn vị")), "Vụ Rối nước")
    administrator.write(page.get_by_label(re.compile("^Chức vụ ghi trên văn bản")), "Chuyên viên")
    administrator.choose(
        page.get_by_label(re.compile("^Nhiệm vụ trên hệ thống")), "Cán bộ thi đua, khen thưởng của đơn vị"
    )
    administrator.write(page.get_by_label(re.compile("^Số quyết định")), "125/QĐ-VRN")
    administrator.tap(page.get_by_role("button", name="Cấp tài khoản, lập phiếu"))
    page.wait_for_url("**/nguoi-dung/phieu/")
    username, code = page.locator(".slip__code").all_inner_texts()

    newcomer = arrive()
    page = newcomer.page
    newcomer.tap(page.get_by_role("link", name=re.compile("Nhập mã")))
    newcomer.write(page.get_by_label(re.compile("^Tên đăng nhập")), username)
    newcomer.write(page.get_by_label(re.compile("^Mã")), code)
    for field in page.locator("input[type=password]").all():
        newcomer.write(field, "mot con vit xoe ra hai cai canh")
    newcomer.tap(page.locator("main form button[type=submit]").first)
    page.get_by_role("heading", level=1).filter(has_text=re.compile("Việc|việc")).wait_for()

    user = User.objects.get(username=username)
    assert user.person.posts.get().unit.name() == "Vụ Rối nước"
    report("Invite with a printed code", administrator.tally, newcomer.tally)
    assert administrator.tally.screens == 3


def test_officer_on_leave_is_substituted(ministry, arrive, report):
    ministry()
    post, colleague = officer_with_open_work()
    officer = arrive(post.person.user.username)
    page = officer.page
    waiting = page.locator(".waiting__what a").all_inner_texts()
    until = timezone.localdate() + timedelta(days=14)

    officer.tap(page.locator(".masthead__account summary"))
    officer.tap(page.get_by_role("link", name="Nhiệm vụ của tôi"))
    officer.tap(page.get_by_role("link", name=re.compile("làm thay")).first)
    officer.choose(page.get_by_label(re.compile("^Người làm thay")), colleague.full_name)
    officer.write(page.get_by_label(re.compile("^Đến hết ngày")), f"{until:%d/%m/%Y}")
    officer.write(page.get_by_label(re.compile("^Căn cứ")), "Đơn phép 12/ĐP")
    officer.tap(page.get_by_role("button", name="Giao làm thay"))
    page.wait_for_url("**/nguoi-dung/phieu/")
    report("J12 substitute for an officer on leave", officer.tally)

    assert officer.tally.screens == 3
    assert officer.tally.seconds < 60

    page = arrive(User.objects.get(person=colleague).username).page
    found = page.locator(".waiting__what a").all_inner_texts()
    assert waiting
    assert [title for title in found if title != "Bàn giao việc còn mở"] == waiting
    page.goto(f"{page.url}nam/{timezone.localdate().year}/don-doc/?giai-doan=pledge")
    page.get_by_role("button", name=re.compile("^Đã gọi")).first.click()
    page.get_by_text("Điện thoại").first.wait_for()
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.actor_name, entry.on_behalf_of) == (
        "reminder.log-call",
        colleague.full_name,
        post.person.full_name,
    )


def officer_with_open_work():
    """(post, colleague): the officer of a unit that leads a bloc in which not all have signed."""
    year = str(timezone.localdate().year)
    pledge = Pledge.objects.filter(bloc_years__year__code=year, signed_on=None).first()
    unit = Seat.objects.get(bloc_year__pledges=pledge, role=Seat.Role.LEADER).unit
    post = Post.objects.get(unit=unit, role=Post.Role.OFFICER)
    return post, unit.posts.filter(role="", title="Chuyên viên").first().person
