"""Acts on jobs and on the journal itself."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.models import Job, Payload, Post
from blocs.models.people import Operator
from blocs.permissions import has_post, may_cancel_job, may_erase_payload, refuse, require
from blocs.work import jobs


@act("job.ask", gettext_lazy("Yêu cầu công việc nền"), any_day="the work itself asks for its window")
def ask_for(*, kind, parameters, by):
    """Ask for long work and wake a worker.

    The same work already under way is returned instead of doubled, if the person may see it.
    """
    if isinstance(by, Operator):
        refuse(_("Lệnh trên máy chủ tự làm việc này, không nhờ công việc nền."))
    post = require(has_post(by, None, timezone.localdate()))
    Post.objects.locked(post.pk, no_key=True)  # a button pressed twice asks once
    job = Job.objects.visible_to(by).under_way().filter(kind=kind, parameters=parameters).first()
    if job is None:
        job = Job.objects.create(kind=kind, parameters=parameters, asked_by=by)
        jobs.wake(job)
    record(job, by=by, post=post, after={"kind": kind, "parameters": parameters})
    return job


@act("job.cancel", gettext_lazy("Xin dừng công việc nền"), any_day="whoever waits may stop waiting")
def cancel_job(*, job, by):
    """Wish that a job stops; it does at its next step, and keeps nothing half done."""
    job = Job.objects.locked(job.pk)
    post = require(may_cancel_job(by, job, timezone.localdate()))
    if job.is_over:
        refuse(_("Công việc này đã kết thúc."))
    job.wish_to_cancel = True
    job.save(update_fields=["wish_to_cancel"])
    record(job, by=by, post=post)
    return job


@act(
    Payload.ERASED_BY,
    gettext_lazy("Xoá nội dung bút toán"),
    any_day="data is erased when the law asks for it",
)
def erase_payload(*, entry, by, reason):
    """Erase what an entry says was changed (personal data); who, when and the seal chain stay whole."""
    post = require(may_erase_payload(by, entry, timezone.localdate()))
    if not reason.strip():
        refuse(_("Cần ghi lý do xoá nội dung."))
    record(entry, by=by, post=post, reason=reason, at_once=True)  # the database asks for it at the deletion
    erased, _rows = Payload.objects.filter(entry=entry.pk).delete()
    if not erased:
        refuse(_("Nội dung của bút toán này đã được xoá."))
    return entry
