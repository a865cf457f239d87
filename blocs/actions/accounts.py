"""Acts on accounts."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.models import Person, Post, Unit, User
from blocs.permissions import may_make_first_account, refuse, require


@act("account.make-first", gettext_lazy("Lập tài khoản đầu tiên"))
def make_first_account(*, role, full_name, title, username, password, by):
    """Make the first administrator or the first staff account of an installation, from today on.

    The administrator's post is in the root unit, the staff's in its standing department. Refused when an
    account with that role exists, whoever may use it today, and while there is no root unit.
    """
    today = timezone.localdate()
    post = require(may_make_first_account(by, None, today))
    root = Unit.objects.select_for_update().filter(is_root=True).first()
    if root is None:
        refuse(_("Chưa có đơn vị nào. Nạp một năm trước: manage.py load_bloc_year TỆP."))
    if Post.objects.filter(role=role, person__user__isnull=False).exists():
        refuse(_("Đã có tài khoản với nhiệm vụ này."))
    if User.objects.filter(username=username).exists():
        refuse(_("Tên đăng nhập %(username)s đã có người dùng.") % {"username": username})
    standing_department = root.state(today).standing_department or root
    unit = root if role == Post.Role.ADMINISTRATOR else standing_department
    person = Person.objects.create(full_name=full_name)
    Post.objects.create(person=person, unit=unit, title=title, role=role, first_day=today)
    user = User(username=username, person=person)
    user.set_password(password)
    user.save()
    record(user, by=by, post=post, after={"person": person, "role": role, "unit": unit})
    return user
