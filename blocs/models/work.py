"""Long work: a job's row is the truth, the task queue only wakes the worker."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import ScopedQuerySet
from blocs.models.people import User


class JobQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(asked_by__person__in={post.person_id for post in standing.posts})

    def under_way(self):
        """Jobs that are asked for and not over."""
        return self.filter(state__in=[Job.State.ASKED, Job.State.RUNNING])


class Job(models.Model):
    """Công việc nền: asked by whom, how far, in words for the page, and whether it should stop."""

    class State(models.TextChoices):
        ASKED = "asked", _("đang chờ")
        RUNNING = "running", _("đang làm")
        DONE = "done", _("đã xong")
        FAILED = "failed", _("không làm được")
        CANCELLED = "cancelled", _("đã dừng")

    kind = models.CharField(_("loại việc"), max_length=60)
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="jobs", null=True, verbose_name=_("người yêu cầu")
    )
    asked_at = models.DateTimeField(_("yêu cầu lúc"), auto_now_add=True)
    state = models.CharField(_("trạng thái"), max_length=12, choices=State, default=State.ASKED)
    done = models.PositiveIntegerField(_("đã làm"), default=0)
    total = models.PositiveIntegerField(_("tổng số"), default=1)
    words = models.CharField(_("thông báo"), max_length=500, blank=True)
    wish_to_cancel = models.BooleanField(_("xin dừng"), default=False)
    parameters = models.JSONField(_("tham số"), default=dict)
    address = models.CharField(_("trang kết quả"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(_("số lần chạy"), default=0)
    finished_at = models.DateTimeField(_("xong lúc"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("công việc nền")
        verbose_name_plural = pgettext_lazy("plural", "công việc nền")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_within_total"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="job_finished_when_over",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self):
        return self.state not in (self.State.ASKED, self.State.RUNNING)

    def tell(self, *, done=None, total=None, words=None):
        """Show how far the job is; visible to the page at once."""
        fields = {"done": done, "total": total, "words": words}
        fields = {name: value for name, value in fields.items() if value is not None}
        Job.objects.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)

    def start(self):
        """Mark the job as running once more."""
        Job.objects.filter(pk=self.pk).update(state=self.State.RUNNING, tries=F("tries") + 1, done=0)
        self.refresh_from_db()

    def finish(self, state, words, address=""):
        """Mark the job as over, in words that the page shows."""
        Job.objects.filter(pk=self.pk).update(
            state=state,
            words=words[:500],
            address=address,
            finished_at=timezone.now(),
            done=F("total") if state == self.State.DONE else F("done"),
        )
        self.refresh_from_db()
