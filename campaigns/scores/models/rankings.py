"""Where units stand at the end: rankings as released, and what is known of past years."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Post, ScopedQuerySet, Stateful, Unit, Versioned
from blocs.models.base import Refuse, RefuseReleased, no_truncate
from campaigns.models.years import BlocYear, OfBlocYearQuerySet, require_seat
from campaigns.scores.models.criteria import PointsField


class RankingQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Released ones by whoever sees the bloc's year; a draft by the leader's unit."""
        led = BlocYear.objects.led_by(standing.unit_ids)
        seen = Q(bloc_year__in=BlocYear.objects.all()._visible(standing))
        return self.filter(Q(bloc_year__in=led) | seen & ~Q(state=Ranking.State.DRAFT))


class Ranking(Stateful, Versioned):
    """Bảng xếp hạng: the units of a bloc's year in their order, frozen when it is released."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        RELEASED = "released", _("Đã công bố")
        SUPERSEDED = "superseded", _("Đã được thay thế")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="rankings", verbose_name=_("khối trong năm")
    )
    number = models.PositiveSmallIntegerField(_("lần"), default=1)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    rows = models.JSONField(_("kết quả"), default=list, blank=True)
    tie_words = models.TextField(_("cách xếp khi bằng điểm"), blank=True)
    settled = models.JSONField(_("thứ tự do Hội nghị quyết định"), default=dict, blank=True)
    is_provisional = models.BooleanField(_("tạm thời"), default=False)
    provisional_reason = models.TextField(_("vì sao còn tạm thời"), blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người lập"))
    released_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bảng xếp hạng")
        verbose_name_plural = pgettext_lazy("plural", "bảng xếp hạng")
        ordering = ["bloc_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "number"], name="ranking_number_once"),
            models.UniqueConstraint(
                fields=["bloc_year"], condition=Q(state="released"), name="one_released_ranking"
            ),
            models.UniqueConstraint(
                fields=["bloc_year"], condition=Q(state="draft"), name="one_draft_ranking"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(released_at__isnull=False),
                name="released_ranking_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(is_provisional=False) | ~Q(provisional_reason=""),
                name="provisional_ranking_says_why",
            ),
        ]
        triggers = [
            RefuseReleased(name="released_is_frozen", operation=pgtrigger.Update),
            Refuse(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate(),
        ]

    def __str__(self):
        return str(_("Bảng xếp hạng %(bloc_year)s") % {"bloc_year": self.bloc_year})

    def root(self):
        return self.bloc_year

    def get_absolute_url(self):
        return reverse("ranking", args=[self.bloc_year.year.code, self.bloc_year.bloc.code])


class KnownResult(Versioned):
    """Kết quả đã biết: a unit's total or place in a year whose scores by criterion are not known."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="known_results", verbose_name=_("khối trong năm")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="known_results", verbose_name=_("đơn vị"))
    total = PointsField(_("tổng điểm"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("xếp thứ"), null=True, blank=True)
    sections = models.JSONField(_("điểm các mục"), default=dict, blank=True)
    note = models.TextField(_("nguồn, ghi chú"), blank=True)

    objects = OfBlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả đã biết")
        verbose_name_plural = pgettext_lazy("plural", "kết quả đã biết")
        ordering = ["bloc_year", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "unit"],
                name="known_result_once",
                violation_error_message=_("Đơn vị này đã có kết quả trong năm."),
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=False) | Q(rank__isnull=False) | ~Q(sections={}),
                name="known_result_says_something",
                violation_error_message=_("Hãy ghi tổng điểm hoặc thứ hạng."),
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1), name="known_rank_from_one"
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.total if self.total is not None else self.rank}"

    def clean(self):
        """Refuse a unit that has no seat in the bloc that year."""
        if self.unit_id and self.bloc_year_id:
            require_seat(self.bloc_year, self.unit_id)

    def root(self):
        return self.bloc_year
