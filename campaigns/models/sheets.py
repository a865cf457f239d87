"""What units are scored: a sheet for each tier, its scores, what was released, corrections, explanations."""

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Post, ScopedQuerySet, Stateful, StoredFile, Unit, Versioned
from blocs.models.base import NameField, Refuse, append_only
from campaigns.models.checks import CheckAssignment, InspectionMember
from campaigns.models.criteria import CriteriaSet, Criterion, PointsField, Tier
from campaigns.models.phases import Phase
from campaigns.models.years import BlocYear


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
    def counts(self):
        """Whether its figures count so far: a unit's own once sent, a tier's once released."""
        return self.state != self.State.DRAFT


class OfSheetQuerySet(ScopedQuerySet):
    """Parts of a sheet: seen by whoever sees it."""

    def _visible(self, standing):
        return self.filter(sheet__in=ScoreSheet.objects.all()._visible(standing))


class Score(Versioned):
    """Điểm chấm một tiêu chí: the figures, the points worked out from them, and why they differ."""

    class Reason(models.TextChoices):
        NO_EVIDENCE = "no-evidence", _("Thiếu minh chứng")
        WRONG_COUNT = "wrong-count", _("Sai cách tính, sai số liệu")
        OVER_CAP = "over-cap", _("Vượt mức tối đa")
        OUTSIDE_PERIOD = "outside-period", _("Ngoài thời gian tính thi đua")
        NOT_APPLICABLE = "not-applicable", _("Không áp dụng cho đơn vị")
        ADDED = "added", _("Bổ sung kết quả đơn vị chưa kê khai")
        OTHER = "other", _("Lý do khác")

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores", verbose_name=_("phiếu"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("tiêu chí")
    )
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

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("điểm chấm")
        verbose_name_plural = pgettext_lazy("plural", "điểm chấm")
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(
                condition=Q(points__isnull=False) ^ Q(not_applicable=True),
                name="score_has_points_or_does_not_apply",
            ),
            models.CheckConstraint(
                condition=~Q(reason_code="other") | ~Q(reason=""),
                name="other_reason_in_words",
                violation_error_message=_("Hãy ghi rõ lý do khác."),
            ),
        ]
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

    def __str__(self):
        return f"{self.sheet} - {self.criterion.code}"

    def root(self):
        return self.sheet.bloc_year

    @property
    def reason_words(self):
        """The ready reason and what was written beside it."""
        return ": ".join(filter(None, [self.get_reason_code_display(), self.reason]))


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


class Correction(Versioned):
    """Yêu cầu chỉnh sửa: a unit's sheet returned for named criteria; only who asked reviews it again."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="corrections", verbose_name=_("phiếu"))
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người yêu cầu"))
    asked_at = models.DateTimeField(_("lúc"))
    due = models.DateField(_("hạn chỉnh sửa"))
    reason = models.TextField(_("lý do trả lại"))
    before = models.JSONField(_("điểm trước khi chỉnh sửa"), default=dict, blank=True)
    answered_at = models.DateTimeField(_("gửi lại lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("xem lại xong lúc"), null=True, blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("yêu cầu chỉnh sửa")
        verbose_name_plural = pgettext_lazy("plural", "yêu cầu chỉnh sửa")
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(closed_at__isnull=True),
                name="one_open_correction_a_sheet",
                violation_error_message=_("Phiếu đang có một yêu cầu chỉnh sửa chưa xong."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(answered_at__isnull=False),
                name="correction_closed_after_answer",
            ),
        ]

    def __str__(self):
        return str(_("Yêu cầu chỉnh sửa: %(sheet)s") % {"sheet": self.sheet})

    def root(self):
        return self.sheet.bloc_year


class OfCorrectionQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(correction__in=Correction.objects.all()._visible(standing))


class CorrectionPoint(models.Model):
    """Tiêu chí cần chỉnh sửa: the only ones that the unit may then edit, each with what is wrong."""

    correction = models.ForeignKey(
        Correction, models.CASCADE, related_name="points", verbose_name=_("yêu cầu")
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("tiêu chí"))
    note = models.TextField(_("cần sửa gì"), blank=True)

    objects = OfCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiêu chí cần chỉnh sửa")
        verbose_name_plural = pgettext_lazy("plural", "tiêu chí cần chỉnh sửa")
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "criterion"], name="correction_point_once")
        ]

    def __str__(self):
        return str(self.criterion)


class ExplanationQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Its own unit's, and those of the bloc's years that a unit leads or checks."""
        led = BlocYear.objects.led_by(standing.unit_ids)
        return self.filter(
            Q(sheet__unit__in=standing.unit_ids)
            | Q(sheet__bloc_year__in=led) & ~Q(sheet__tier=Tier.DEPARTMENT)
            | Q(sheet__checker__in=standing.unit_ids)
            | Q(on_team_of(standing, "sheet__bloc_year", "sheet__unit"))
            & Q(sheet__tier=Tier.CHECK, sheet__checker__isnull=True)
        )


class Explanation(Versioned):
    """Đề nghị giải trình điểm: a unit asks why a released figure stands; the desk that gave it answers."""

    sheet = models.ForeignKey(
        ScoreSheet, models.PROTECT, related_name="explanations", verbose_name=_("phiếu")
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("tiêu chí"))
    question = models.TextField(_("nội dung đề nghị giải trình"))
    asked_at = models.DateTimeField(_("lúc"))
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người hỏi"))
    answer = models.TextField(_("trả lời"), blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("người trả lời")
    )
    desk = NameField(_("nơi trả lời"), blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị giải trình điểm")
        verbose_name_plural = pgettext_lazy("plural", "đề nghị giải trình điểm")
        ordering = ["sheet", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="explanation_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True, desk="")
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(desk=""),
                name="explanation_answered_by_a_desk",
            ),
        ]

    def __str__(self):
        return str(_("Đề nghị giải trình: %(sheet)s") % {"sheet": self.sheet})

    def root(self):
        return self.sheet.bloc_year


class Evidence(Versioned):
    """Minh chứng: a file, a link or a pasted paragraph beside a criterion of a unit's own sheet."""

    class Kind(models.TextChoices):
        FILE = "file", _("Tệp")
        LINK = "link", _("Đường dẫn, số hồ sơ trên e-office")
        TEXT = "text", _("Đoạn văn")

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="evidence", verbose_name=_("phiếu"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="evidence", verbose_name=_("tiêu chí")
    )
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("tệp")
    )
    file_name = NameField(_("tên tệp"), max_length=200, blank=True)
    address = models.CharField(_("đường dẫn"), max_length=1000, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    documents = models.JSONField(_("văn bản được nhắc tới"), default=list, blank=True)
    added_at = models.DateTimeField(_("lúc"))
    added_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người ghi"))

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = pgettext_lazy("plural", "minh chứng")
        ordering = ["sheet", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False, address="") & ~Q(file_name="")
                | Q(kind="link", file__isnull=True) & ~Q(address="")
                | Q(kind="text", file__isnull=True, address="") & ~Q(text=""),
                name="evidence_is_what_its_kind_says",
            )
        ]

    def __str__(self):
        return self.file_name or self.address or self.text[:80]

    def root(self):
        return self.sheet.bloc_year


class ReopeningQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        led = BlocYear.objects.led_by(standing.unit_ids)
        return self.filter(Q(bloc_year__in=led) | Q(units__in=standing.unit_ids)).distinct()


class Reopening(models.Model):
    """Mở lại: a phase of scoring opened again for named units until a day, with the reason."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="reopenings", verbose_name=_("khối trong năm")
    )
    units = models.ManyToManyField(Unit, related_name="+", verbose_name=_("đơn vị"))
    phase_kind = models.CharField(_("giai đoạn"), max_length=12, choices=Phase.Kind)
    last_day = models.DateField(_("đến hết ngày"))
    reason = models.TextField(_("lý do"))
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người mở lại"))

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần mở lại")
        verbose_name_plural = pgettext_lazy("plural", "lần mở lại")
        ordering = ["bloc_year", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason")]
        triggers = append_only()

    def __str__(self):
        return str(_("Mở lại %(phase)s") % {"phase": self.get_phase_kind_display()})

    def root(self):
        return self.bloc_year
