"""What units are scored: a sheet for each tier, its scores, and what was sent or released."""

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from blocs.models import ScopedQuerySet, Stateful, Unit, Versioned
from blocs.models.base import Refuse, append_only
from campaigns.models.years import BlocYear
from campaigns.scores.models.checks import CheckAssignment, Inspection, InspectionMember
from campaigns.scores.models.criteria import CriteriaSet, Criterion, PointsField, Tier


class RefuseReleasedScore(Refuse):
    """Refuses to change what a released sheet says; it is reopened first, and then keeps its version."""

    function = "refuse_released_score"


class ScoreOfItsSet(Refuse):
    """Asks at the end of a transaction that a score's criterion belongs to its sheet's set."""

    function = "require_criterion_of_set"


class ScoreSheetQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """A unit's own sheets once they are released, its own scoring at once; more to who works on them.

        The leader's unit sees all of its bloc but what another desk still drafts; a unit that checks sees
        what it checks. What units gave that check across is seen once all of them have released. Once a
        ranking is released, the bloc's units see what it rests on.
        """
        own = Q(unit__in=standing.unit_ids)
        sent = Q(tier=Tier.SELF) & ~Q(state=ScoreSheet.State.DRAFT)
        released = Q(state=ScoreSheet.State.RELEASED) & (Q(checker__isnull=True) | Q(_all_checked()))
        led = Q(bloc_year__in=BlocYear.objects.led_by(standing.unit_ids))
        work = Q(tier__in=[Tier.CHECK, Tier.LEADER, Tier.CONFERENCE], checker__isnull=True)
        on_paper = Q(from_paper=True) & ~Q(tier=Tier.DEPARTMENT)
        assigned = CheckAssignment.objects.filter(
            checker__in=standing.unit_ids, bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit")
        )
        on_team = on_team_of(standing, "bloc_year", "unit")
        ranked = Exists(
            BlocYear.objects.all()
            ._visible(standing)
            .filter(pk=OuterRef("bloc_year"), rankings__state="released")
        )
        return self.filter(
            own & (Q(tier=Tier.SELF) | released)
            | Q(checker__in=standing.unit_ids)
            | led & (sent | work | released | on_paper)
            | Q(Exists(assigned)) & sent
            | Q(on_team) & (sent | Q(tier=Tier.CHECK, checker__isnull=True))
            | Q(ranked) & (sent | released)
        )


def on_team_of(standing, bloc_year, unit):
    """Whether one of the units sits on the team that checks a unit, for the columns of an outer row."""
    return Exists(
        InspectionMember.objects.filter(
            unit__in=standing.unit_ids,
            side=InspectionMember.Side.TEAM,
            inspection__bloc_year=OuterRef(bloc_year),
            inspection__unit=OuterRef(unit),
        )
    )


def _all_checked():
    """Whether every unit that was assigned to check the unit of the outer row has released its sheet."""
    theirs = ScoreSheet.objects.filter(
        bloc_year=OuterRef("bloc_year"),
        unit=OuterRef("unit"),
        checker=OuterRef("checker"),
        state=ScoreSheet.State.RELEASED,
    )
    awaited = CheckAssignment.objects.filter(
        ~Exists(theirs), bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit")
    )
    return ~Exists(awaited)


class ScoreSheet(Stateful, Versioned):
    """Phiếu chấm điểm: what one tier gives one unit in a bloc's year. No tier touches another's sheet."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang chấm")
        SENT = "sent", _("Đã gửi")
        OPENED = "opened", _("Đã tiếp nhận")
        RETURNED = "returned", _("Trả lại để chỉnh sửa")
        RELEASED = "released", _("Đã công bố")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="score_sheets", verbose_name=_("khối trong năm")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="score_sheets", verbose_name=_("đơn vị được chấm")
    )
    tier = models.CharField(_("cấp chấm"), max_length=10, choices=Tier)
    checker = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("đơn vị chấm chéo"),
    )
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="score_sheets", verbose_name=_("bộ tiêu chí")
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(_("số lần công bố"), default=0, editable=False)
    total = PointsField(_("tổng điểm"), null=True, blank=True, editable=False)
    is_complete = models.BooleanField(_("đã chấm đủ"), default=False, editable=False)
    from_paper = models.BooleanField(_("theo văn bản giấy"), default=False, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiếu chấm điểm")
        verbose_name_plural = pgettext_lazy("plural", "phiếu chấm điểm")
        ordering = ["bloc_year", "unit__decree_place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "unit", "tier", "checker"],
                nulls_distinct=False,
                name="one_sheet_a_tier",
            ),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | Q(tier="check") & ~Q(checker=F("unit")),
                name="nobody_checks_itself",
                violation_error_message=_("Đơn vị không chấm chéo chính mình."),
            ),
            models.CheckConstraint(
                condition=Q(tier="self", state__in=["draft", "sent", "opened", "returned"])
                | Q(state__in=["draft", "released"]) & ~Q(tier="self"),
                name="sheet_state_of_its_tier",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False, number__gte=1),
                name="released_sheet_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "opened", "returned"]) | Q(sent_at__isnull=False),
                name="sent_sheet_has_its_time",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_tier_display()}"

    def root(self):
        return self.bloc_year

    def get_absolute_url(self):
        bloc_year = self.bloc_year
        return reverse("score-unit", args=[bloc_year.year.code, bloc_year.bloc.code, self.unit.code])

    @property
    def is_open(self):
        """Whether its scores can be changed at all in its state."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_corrected(self):
        """Whether it was returned: what is typed then is kept apart, and what was sent stands."""
        return self.state == self.State.RETURNED

    @property
    def counts(self):
        """Whether its figures count so far: a unit's own once sent, a tier's once released."""
        return self.state != self.State.DRAFT

    @property
    def desk(self):
        """The desk that scores it, as every unit may read it: never a person or the unit that checked."""
        if self.tier == Tier.SELF:
            return self.unit.name(self.bloc_year.year.last_day)
        if self.tier == Tier.CHECK:
            return gettext("Đơn vị chấm chéo") if self.checker_id else gettext("Tổ kiểm tra")
        return {
            Tier.LEADER: self.bloc_year.leader_label,
            Tier.CONFERENCE: gettext("Hội nghị"),
            Tier.DEPARTMENT: gettext("Đơn vị thường trực thi đua, khen thưởng"),
        }[self.tier]

    def answering_desk(self):
        """The desk as it signs an answer: its team or unit, never a person.

        Who checked across stays unnamed.
        """
        if self.tier == Tier.CHECK and not self.checker_id:
            held = Inspection.objects.filter(bloc_year=self.bloc_year, unit=self.unit).exclude(team_name="")
            return held.values_list("team_name", flat=True).order_by("-pk").first() or self.desk
        if self.tier == Tier.LEADER:
            day = self.bloc_year.year.last_day
            leader = next((each for each in self.bloc_year.seats_in_order() if each.role == "leader"), None)
            if leader and leader.unit:
                told = {"desk": self.desk, "unit": leader.unit.name(day)}
                return gettext("%(desk)s (%(unit)s)") % told
        return self.desk


class OfSheetQuerySet(ScopedQuerySet):
    """Parts of a sheet: seen by whoever sees it."""

    def _visible(self, standing):
        return self.filter(sheet__in=ScoreSheet.objects.all()._visible(standing))


class Scored(Versioned):
    """What a row says of one criterion: the figures, the points worked out from them, and why they differ."""

    class Reason(models.TextChoices):
        NO_EVIDENCE = "no-evidence", _("Thiếu minh chứng")
        WRONG_COUNT = "wrong-count", _("Sai cách tính, sai số liệu")
        OVER_CAP = "over-cap", _("Vượt mức tối đa")
        OUTSIDE_PERIOD = "outside-period", _("Ngoài thời gian tính thành tích thi đua")
        NOT_APPLICABLE = "not-applicable", _("Không áp dụng cho đơn vị")
        ADDED = "added", _("Bổ sung kết quả đơn vị chưa kê khai")
        OTHER = "other", _("Lý do khác")

    figures = models.JSONField(_("số liệu"), default=dict, blank=True)
    stated = models.BooleanField(_("chỉ biết điểm"), default=False)
    not_applicable = models.BooleanField(_("không áp dụng"), default=False)
    points = PointsField(_("điểm"), null=True, blank=True)
    base = PointsField(_("điểm chuẩn đạt"), default=0)
    bonus = PointsField(_("điểm thưởng"), default=0)
    deduction = PointsField(_("điểm trừ"), default=0)
    working = models.TextField(_("cách tính"), blank=True)
    excludes_from_flags = models.TextField(_("không được đề nghị tặng Cờ, Bằng khen vì"), blank=True)
    disqualifies = models.TextField(_("không xét vì"), blank=True)
    reason_code = models.CharField(_("lý do"), max_length=20, choices=Reason, blank=True)
    reason = models.TextField(_("lý do, giải thích"), blank=True)
    saved_at = models.DateTimeField(_("lưu lúc"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.sheet} - {self.criterion.code}"

    def root(self):
        return self.sheet.bloc_year

    @property
    def reason_words(self):
        """The ready reason and what was written beside it."""
        return ": ".join(filter(None, [self.get_reason_code_display(), self.reason]))

    def take_over(self, other):
        """Say what another row of the same criterion says."""
        for field in Scored._meta.local_fields:
            if field.name != "version":
                setattr(self, field.name, getattr(other, field.name))


def sound_scores(name):
    """The constraints of rows that say what a criterion was given."""
    return [
        models.UniqueConstraint(fields=["sheet", "criterion"], name=f"one_{name}_a_criterion"),
        models.CheckConstraint(
            condition=Q(points__isnull=False) ^ Q(not_applicable=True),
            name=f"{name}_has_points_or_does_not_apply",
        ),
        models.CheckConstraint(
            condition=~Q(reason_code="other") | ~Q(reason=""),
            name="other_reason_in_words" if name == "score" else f"other_reason_of_{name}_in_words",
            violation_error_message=_("Hãy ghi rõ lý do khác."),
        ),
    ]


class Score(Scored):
    """Điểm chấm một tiêu chí: what a sheet says of it; of one that was returned, what was sent."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores", verbose_name=_("phiếu"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("tiêu chí")
    )

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("điểm chấm")
        verbose_name_plural = pgettext_lazy("plural", "điểm chấm")
        ordering = ["sheet", "pk"]
        constraints = sound_scores("score")
        triggers = [
            RefuseReleasedScore(
                name="released_score", operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
            ),
            ScoreOfItsSet(
                name="criterion_of_its_set",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
            ),
        ]


class CorrectedScoreQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Of the units whose sheets are being corrected: nobody else sees it before it is sent."""
        return self.filter(sheet__unit__in=standing.unit_ids)


class CorrectedScore(Scored):
    """Điểm đang chỉnh sửa: what a unit types into a sheet that was returned, until it sends it again.

    It counts nowhere: what was sent stands until then.
    """

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="corrected", verbose_name=_("phiếu"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="corrected", verbose_name=_("tiêu chí")
    )

    objects = CorrectedScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("điểm đang chỉnh sửa")
        verbose_name_plural = pgettext_lazy("plural", "điểm đang chỉnh sửa")
        ordering = ["sheet", "pk"]
        constraints = sound_scores("corrected_score")


class SheetVersionQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Those of visible sheets; and what was released stays readable while a sheet is opened again."""
        led = BlocYear.objects.led_by(standing.unit_ids)
        return self.filter(
            Q(sheet__in=ScoreSheet.objects.all()._visible(standing))
            | Q(sheet__unit__in=standing.unit_ids, sheet__checker__isnull=True)
            | Q(sheet__bloc_year__in=led, sheet__checker__isnull=True)
        )


class SheetVersion(models.Model):
    """Phiên bản phiếu: what a sheet said when it was released, sent, or before it was opened again."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="versions", verbose_name=_("phiếu"))
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    made_at = models.DateTimeField(_("lúc"))
    total = PointsField(_("tổng điểm"), null=True, blank=True)
    scores = models.JSONField(_("điểm các tiêu chí"), blank=True)
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="+", verbose_name=_("bộ tiêu chí")
    )
    reason = models.TextField(_("lý do mở lại"), blank=True)

    objects = SheetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiên bản phiếu chấm điểm")
        verbose_name_plural = pgettext_lazy("plural", "phiên bản phiếu chấm điểm")
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_once")]
        triggers = append_only()

    def __str__(self):
        return str(_("%(sheet)s, lần %(number)s") % {"sheet": self.sheet, "number": self.number})
