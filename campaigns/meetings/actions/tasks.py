"""Acts of a task that a meeting's conclusions gave."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, Task
from campaigns.permissions import may_edit_bloc_records, may_finish_task

ANY_DAY = "carried out after the meeting, until it is done"


@act("task.finish", gettext_lazy("Ghi hoàn thành nhiệm vụ"), any_day=ANY_DAY)
def finish_task(*, task, done_on, result, by, paper=None, reason=""):
    """Say that a task is done, when and with what result."""
    task = _locked(task)
    post = require(may_finish_task(by, task, timezone.localdate()))
    if task.done_on:
        refuse(_("Nhiệm vụ này đã ghi hoàn thành."))
    if done_on > timezone.localdate():
        refuse(_("Ngày hoàn thành không được sau hôm nay."))
    return _moved(task, by, post, reason, paper, done_on=done_on, result=result)


@act("task.reopen", gettext_lazy("Mở lại nhiệm vụ"), any_day=ANY_DAY)
def reopen_task(*, task, by, reason, paper=None):
    """Open a task again that was said to be done, with the reason."""
    task = _locked(task)
    post = require(may_edit_bloc_records(by, task, timezone.localdate()))
    if not task.done_on:
        refuse(_("Nhiệm vụ này đang mở."))
    if not reason.strip():
        refuse(_("Hãy ghi lý do mở lại nhiệm vụ."))
    return _moved(task, by, post, reason, paper, done_on=None, result="")


def _locked(task):
    root = BlocYear.objects.locked(task.root().pk)
    task = Task.objects.locked(task.pk, "meeting")
    task.meeting.bloc_year = root
    return task


def _moved(task, by, post, reason, paper, **fields):
    before = {name: getattr(task, name) for name in fields}
    for name, value in fields.items():
        setattr(task, name, value)
    task.save()
    record(task, by=by, post=post, before=before, after=fields, reason=reason, paper=paper)
    return task
