"""Tasks that meetings gave: how they stand, and for whom they wait."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs.contributions import Button, Waiting, registry
from blocs.models import Post
from campaigns.keeping import is_department, kept_bloc_years
from campaigns.models import Task

MINE = (Post.Role.SECRETARY, Post.Role.OFFICER)


def register():
    """Say which tasks wait for a person, and put their list on the pages of a bloc-year."""
    registry.waitings.append(waiting)
    registry.buttons.setdefault("campaigns.blocyear", []).append(buttons)


def buttons(bloc_years, user):
    """{bloc-year key: the way to its tasks}."""
    return {each.pk: [Button(pgettext("tasks", "Nhiệm vụ"), list_of(each), place=55)] for each in bloc_years}


def list_of(bloc_year):
    """The address of the tasks of a bloc's year."""
    return reverse("bloc-tasks", args=[bloc_year.year.code, bloc_year.bloc.code])


def waiting(user):
    """The open tasks of the person's unit; for the leader's unit also those that nobody else was given."""
    if is_department(user):
        return
    units = {post.unit_id for post in user.standing().posts if post.role in MINE}
    kept = kept_bloc_years(user).values("pk")
    tasks = (
        Task.objects.visible_to(user)
        .open()
        .filter(Q(unit__in=units) | Q(unit__isnull=True, meeting__bloc_year__in=kept))
    )
    for task in tasks.select_related("meeting__bloc_year__year", "meeting__bloc_year__bloc"):
        yield Waiting(
            title=task.text,
            about=task.meeting.title,
            address=address_of(task),
            due=task.due,
            note=_("nhiệm vụ theo kết luận"),
        )
    yield from _late(user, kept, units)


def _late(user, kept, units):
    """For the leader's unit: how many tasks of other units are late, by bloc."""
    late = (
        Task.objects.visible_to(user)
        .open()
        .filter(meeting__bloc_year__in=kept, unit__isnull=False, due__lt=timezone.localdate())
    )
    found = {}
    for task in late.exclude(unit__in=units).select_related(
        "meeting__bloc_year__year", "meeting__bloc_year__bloc"
    ):
        found.setdefault(task.meeting.bloc_year, []).append(task)
    for bloc_year, tasks in found.items():
        yield Waiting(
            title=_("Đôn đốc %(count)s nhiệm vụ quá hạn của các đơn vị") % {"count": len(tasks)},
            about=bloc_year.name,
            address=list_of(bloc_year) + "?state=late",
            due=min(task.due for task in tasks),
        )


def address_of(task):
    """The page of a task."""
    bloc_year = task.meeting.bloc_year
    return reverse("task", args=[bloc_year.year.code, bloc_year.bloc.code, task.pk])
