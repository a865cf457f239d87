"""What waits for people of this app's doing: a post that ends soon must be handed over."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.contributions import Waiting, registry
from blocs.models import Post, User
from blocs.permissions import may_manage_accounts

SOON = timedelta(days=14)


def register():
    """Answer the registry's question."""
    registry.waitings.append(ending_posts)


def ending_posts(users):
    """A person's own posts that end within two weeks; for staff everybody's."""
    User.objects.read_standings(users)
    today = timezone.localdate()
    managers = {each.pk for each in users if may_manage_accounts(each, None, today)}
    persons = {each.pk: {post.person_id for post in each.standing().posts} for each in users}
    ending = Post.objects.exclude(role="").filter(last_day__gte=today, last_day__lte=today + SOON)
    if not managers:
        ending = ending.filter(person__in=set().union(*persons.values()))
    ending = list(ending.select_related("person", "on_behalf_of__person"))
    told = {
        each: [post for post in ending if each.pk in managers or post.person_id in persons[each.pk]]
        for each in users
    }
    return {each.pk: list(_waitings(posts, each)) for each, posts in told.items()}


def _waitings(ending, user):
    mine = {post.pk for post in user.standing().posts}
    for post in ending:
        about = f"{post.person}, {post.get_role_display()}"
        if post.on_behalf_of:
            about = _("%(about)s, làm thay %(holder)s") % {"about": about, "holder": post.on_behalf_of.person}
        yield Waiting(
            title=_("Bàn giao việc còn mở") if post.pk in mine else _("Xem ai tiếp nhận nhiệm vụ"),
            about=about,
            address=reverse("post-open-work", args=[post.pk]),
            due=post.last_day,
            note=_("Ngày cuối giữ nhiệm vụ: %(day)s") % {"day": notation.day(post.last_day)},
        )
