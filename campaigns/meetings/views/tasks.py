"""Tasks that conclusions gave: lists of a bloc and of the ministry, and the page of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import notation
from blocs.contributions import Button
from blocs.exports import spreadsheet
from blocs.history import history_of
from blocs.permissions import Refused, may_edit
from campaigns import actions
from campaigns.filters import TaskFilter
from campaigns.meetings.forms.meetings import FinishForm, ReopenForm
from campaigns.meetings.tasks import address_of
from campaigns.models import EmulationYear, Task
from campaigns.permissions import may_finish_task
from campaigns.years.views.bloc_years import find_bloc_year, places_of

PAGE_SIZE = 50


@require_GET
def of_bloc(request, year, bloc):
    """The tasks that the meetings of a bloc's year gave."""
    bloc_year = find_bloc_year(request.user, year, bloc)
    tasks = Task.objects.visible_to(request.user).filter(meeting__bloc_year=bloc_year)
    context = {
        "bloc_year": bloc_year,
        "year": bloc_year.year,
        "places": places_of(bloc_year, request.user),
        "title": _("Nhiệm vụ theo kết luận"),
        "name": bloc_year.name,
    }
    return _list(request, tasks, context, f"nhiem-vu-{bloc_year.bloc.code}-{bloc_year.year.code}")


@require_GET
def of_year(request, year):
    """The tasks of all blocs of a year that this person may see; for the department those of the ministry."""
    found = get_object_or_404(EmulationYear.objects.visible_to(request.user), code=year)
    tasks = Task.objects.visible_to(request.user).filter(meeting__bloc_year__year=found)
    context = {
        "bloc_year": None,
        "year": found,
        "places": [
            Button(_("Các khối"), found.get_absolute_url()),
            Button(pgettext("tasks", "Nhiệm vụ"), request.path),
        ],
        "title": _("Nhiệm vụ theo kết luận"),
        "name": _("Năm thi đua %(year)s") % {"year": found},
    }
    return _list(request, tasks, context, f"nhiem-vu-{found.code}")


@require_http_methods(["GET", "POST"])
def task(request, year, bloc, pk):
    """A task: what, of whom, until when; whoever carries it out says here that it is done."""
    bloc_year, found = _find(request.user, year, bloc, pk)
    today = timezone.localdate()
    may_finish = may_finish_task(request.user, found, today)
    form = FinishForm(request.POST or None, request.FILES or None, initial={"done_on": today})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("done_on", "result", "reason")}
        try:
            actions.finish_task(task=found, by=request.user, paper=form.paper(), **told)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi hoàn thành nhiệm vụ."))
            return redirect("task", year, bloc, pk)
    may_reopen = bool(found.done_on and may_edit(request.user, found, today))
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "task": found,
        "facts": [
            (_("Đơn vị thực hiện"), _unit(found)),
            (_("Hạn"), notation.day(found.due) if found.due else _("chưa đặt hạn")),
            *([(_("Hoàn thành"), notation.day(found.done_on))] if found.done_on else []),
        ],
        "state": _state(found, today),
        "form": form if may_finish and not found.done_on else None,
        "refusal": "" if may_finish or found.done_on else str(may_finish),
        "reopen_form": ReopenForm() if may_reopen else None,
        "here": reverse("task", args=[year, bloc, pk]),
        "reopen": reverse("task-reopen", args=[year, bloc, pk]),
        "entries": history_of(found) if may_finish else [],
    }
    return render(request, "campaigns/tasks/task.html", context)


@require_POST
def reopen(request, year, bloc, pk):
    """Open a task again, with the reason."""
    _bloc_year, found = _find(request.user, year, bloc, pk)
    actions.reopen_task(task=found, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("Đã mở lại nhiệm vụ."))
    return redirect("task", year, bloc, pk)


def _find(user, year, bloc, pk):
    bloc_year = find_bloc_year(user, year, bloc)
    tasks = Task.objects.visible_to(user).filter(meeting__bloc_year=bloc_year)
    found = get_object_or_404(tasks.select_related("meeting", "unit").prefetch_related("unit__states"), pk=pk)
    found.meeting.bloc_year = bloc_year
    return bloc_year, found


def _list(request, tasks, context, file_name):
    tasks = tasks.select_related("unit", "meeting__bloc_year__year", "meeting__bloc_year__bloc")
    tasks = tasks.prefetch_related("unit__states").order_by("done_on", "due", "pk")
    chosen = TaskFilter(request.GET, queryset=tasks, request=request)
    today = timezone.localdate()
    if request.GET.get("export") == "xlsx":
        return _export(file_name, chosen.qs, today)
    page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context |= {
        "filter": chosen,
        "page": page,
        "rows": [(each, _unit(each), address_of(each), _state(each, today)) for each in page.object_list],
        "count": _counted(page.paginator.count),
        "here": request.path,
    }
    return render(request, "campaigns/tasks/list.html", context)


def _counted(count):
    return npgettext("task", "%(count)s nhiệm vụ", "%(count)s nhiệm vụ", count) % {
        "count": notation.count(count)
    }


def _unit(task):
    """Who carries a task out: the unit named, else the leader's."""
    if task.unit:
        return task.unit.name(task.meeting.bloc_year.year.last_day)
    return task.meeting.bloc_year.leader_label


def _state(task, today):
    """(state in words, tone)."""
    if task.done_on:
        return _("Đã xong"), "done"
    if task.due and task.due < today:
        return _("Quá hạn"), "late"
    return _("Đang làm"), "doing"


def _export(file_name, tasks, today):
    header = [
        _("Khối"),
        _("Cuộc họp"),
        pgettext("task", "Nhiệm vụ"),
        _("Đơn vị thực hiện"),
        _("Hạn"),
        _("Tình trạng"),
    ]
    header += [_("Hoàn thành ngày"), _("Kết quả")]
    rows = (
        [
            each.meeting.bloc_year.name,
            each.meeting.title,
            each.text,
            _unit(each),
            each.due,
            _state(each, today)[0],
            each.done_on,
            each.result,
        ]
        for each in tasks
    )
    return spreadsheet(file_name, header, rows)
