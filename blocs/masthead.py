"""What the head of every page knows of this app: accounts, the own account, the posts of who is signed in."""

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import UnitState
from blocs.permissions import may_manage_accounts
from config import masthead
from config.masthead import Place, address_of


def register():
    """Fill the head of the pages."""
    masthead.places.append(places)
    masthead.menu.append(menu)
    masthead.describe_posts = describe_posts


def places(request):
    """Where accounts and posts are kept, for those who keep them."""
    if may_manage_accounts(request.user, None, timezone.localdate()):
        address = address_of("accounts")
        yield Place(_("Người dùng"), address, 80, (address, address_of("posts")))


def menu(request):
    """What a person may do about the own posts and account."""
    yield Place(_("Nhiệm vụ của tôi"), address_of("person", request.user.person_id), 5)
    yield Place(_("Đổi mật khẩu"), address_of("account_change_password"), 10)
    yield Place(_("Xác thực hai lớp"), address_of("mfa_index"), 20)
    yield Place(_("Phiên đăng nhập"), address_of("usersessions_list"), 30)


def describe_posts(user):
    """Each post that the person holds today: the role, the unit by its short name, for whom it is held."""
    today, posts = timezone.localdate(), user.standing().posts
    units = [post.unit for post in posts if post.unit]
    UnitState.objects.read_for(units)  # as far as the page has not asked for their names already
    names = {
        state.unit_id: state.short_name or state.official_name
        for unit in units
        for state in unit.known_states()
        if state.holds_on(today)
    }
    return [_in_words(post, names.get(post.unit_id, "")) for post in posts]


def _in_words(post, unit):
    said = f"{post.get_role_display()}, {unit}" if unit else post.get_role_display()
    if post.on_behalf_of is None:
        return said
    return _("%(post)s (làm thay %(other)s)") % {"post": said, "other": post.on_behalf_of.person}
