"""Tasks that meetings gave: how they stand, and for whom they wait."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs.contributions import Button, Waiting, registry
from blocs.models.base import of_each
from campaigns.desk.work import works_of
from campaigns.keeping import is_department
from campaigns.models import Task


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


def waiting(users):
    """The open tasks of a person's unit; for the leader's unit also those that nobody else was given.

    And how many tasks of other units are late. Who works for the department is told of none.
    """
    works = {key: work for key, work in works_of(users).items() if not is_department(work.user)}
    tasks = _open_tasks(works.values())
    asked = {key: [task for task in tasks if _concerns(work, task)] for key, work in works.items()}
    concerned = [work.user for key, work in works.items() if asked[key]]
    scope = Task.objects.filter(pk__in=[task.pk for task in tasks])
    visible = of_each(concerned, scope.visible_to, "pk")
    return {
        key: list(_waiting(works[key], [task for task in asked[key] if (task.pk,) in keys]))
        for key, keys in visible.items()
    }


def _open_tasks(works):
    """The tasks that may wait for one of some people, as far as each may see them."""
    units = set().union(*(work.units for work in works))
    kept = Q(meeting__bloc_year__in=set().union(*(work.kept for work in works)))
    to_see_to = kept & (Q(unit=None) | Q(due__lt=timezone.localdate()))
    tasks = Task.objects.open().filter(Q(unit__in=units) | to_see_to)
    return list(tasks.select_related("meeting__bloc_year__year", "meeting__bloc_year__bloc"))


def _concerns(work, task):
    """Whether a person's unit is to do a task, or keeps its bloc's year and is to see to it."""
    if task.unit_id in work.units:
        return True
    is_late = task.due is not None and task.due < timezone.localdate()
    return (task.unit_id is None or is_late) and task.meeting.bloc_year_id in work.kept


def _waiting(work, tasks):
    others = [task for task in tasks if task.unit_id and task.unit_id not in work.units]
    for task in tasks:
        if task in others:
            continue
        yield Waiting(
            title=task.text,
            about=task.meeting.title,
            address=address_of(task),
            due=task.due,
            note=_("nhiệm vụ theo kết luận"),
        )
    yield from _late(others)


def _late(tasks):
    """How many tasks of other units are late, by bloc."""
    found = {}
    for task in tasks:
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
