"""The criteria by which a bloc scores its units: sets with versions, sections, criteria, measures."""

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Bloc, ScopedQuerySet, Stateful, Versioned
from blocs.models.base import NameField, Refuse
from campaigns.models.years import BlocYear, EmulationYear, OfBlocYearQuerySet
from campaigns.scores.scoring import plan


class PointsField(models.DecimalField):
    """Points, exact: up to four decimals, of which a set uses as many as it says."""

    def __init__(self, *args, max_digits=10, decimal_places=4, **kwargs):
        super().__init__(*args, max_digits=max_digits, decimal_places=decimal_places, **kwargs)


class Magnitude(PointsField):
    """Points that are given or taken, never negative."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)


class Tier(models.TextChoices):
    """Cấp chấm điểm: who scores, in the order of the year."""

    SELF = plan.SELF, _("Tự chấm")
    CHECK = plan.CHECK, _("Kiểm tra")
    LEADER = plan.LEADER, _("Khối trưởng thẩm định")
    CONFERENCE = plan.CONFERENCE, _("Hội nghị thống nhất")
    DEPARTMENT = plan.DEPARTMENT, _("Cấp bộ thẩm định")


class RefuseFrozen(Refuse):
    """Refuses a change of a criteria set that is frozen, and of its parts."""

    function = "refuse_frozen_criteria"


def frozen():
    """Triggers under which a frozen set and its parts stay as they are."""
    return [
        RefuseFrozen(name="frozen_criteria", operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete)
    ]


class CriteriaSetQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Sets of the blocs in which the units sit, and frozen ones for all blocs of their years."""
        seated = BlocYear.objects.all()._visible(standing)
        own = Q(Exists(seated.filter(bloc=OuterRef("bloc"), year=OuterRef("year"))))
        shared = Q(bloc__isnull=True, state=CriteriaSet.State.FROZEN, year__in=seated.values("year"))
        return self.filter(own | shared)


class CriteriaSet(Stateful, Versioned):
    """Bộ tiêu chí chấm điểm: one version of the criteria of a year, for all blocs or for one.

    A draft is edited; once frozen it stays as it is, and a later change is a new version with its reason.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        FROZEN = "frozen", _("Đã ban hành")

    class CheckMode(models.TextChoices):
        SITTING = "sitting", _("Buổi kiểm tra: tổ kiểm tra và đơn vị cùng thống nhất điểm")
        ASYNC = "async", _("Chấm chéo: đơn vị được phân công chấm trên hệ thống")
        BLIND = "blind", _("Chấm chéo kín: các đơn vị chấm không thấy điểm của nhau")

    class NaPolicy(models.TextChoices):
        FORBIDDEN = plan.NA_FORBIDDEN, _("Không có tiêu chí “không áp dụng”")
        FULL = plan.NA_FULL, _("Tiêu chí không áp dụng được điểm chuẩn")
        SCALE = plan.NA_SCALE, _("Quy đổi tổng điểm theo các tiêu chí có áp dụng")
        AVERAGE = plan.NA_AVERAGE, _("Lấy điểm bình quân của các đơn vị có áp dụng")

    year = models.ForeignKey(
        EmulationYear, models.PROTECT, related_name="criteria_sets", verbose_name=_("năm")
    )
    bloc = models.ForeignKey(
        Bloc,
        models.PROTECT,
        related_name="criteria_sets",
        null=True,
        blank=True,
        verbose_name=_("riêng của khối"),
    )
    name = NameField(_("tên bộ tiêu chí"))
    number = models.PositiveSmallIntegerField(_("phiên bản"), default=1, editable=False)
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="next",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("phiên bản trước"),
    )
    cloned_from = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="clones",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("chép từ"),
    )
    reason = models.TextField(_("lý do sửa đổi"), blank=True, editable=False)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    frozen_on = models.DateField(_("ngày ban hành trên hệ thống"), null=True, blank=True, editable=False)
    scale = Magnitude(_("tổng điểm chuẩn"), default=Decimal(100))
    digits = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=2)
    bonus_cap = Magnitude(
        _("tổng điểm thưởng tối đa"),
        null=True,
        blank=True,
        help_text=_("Để trống: bộ tiêu chí không giới hạn điểm thưởng."),
    )
    na_policy = models.CharField(
        _("tiêu chí không áp dụng"), max_length=10, choices=NaPolicy, default=NaPolicy.FORBIDDEN
    )
    check_mode = models.CharField(
        _("cách kiểm tra"), max_length=10, choices=CheckMode, default=CheckMode.SITTING
    )
    checkers = models.PositiveSmallIntegerField(
        _("số đơn vị chấm chéo mỗi đơn vị"),
        default=1,
        help_text=_("Chỉ dùng khi chấm chéo; nhiều đơn vị chấm thì lấy điểm bình quân."),
    )
    deduction_share = Magnitude(
        _("tổng điểm trừ tối đa, tính theo % điểm thưởng"),
        null=True,
        blank=True,
        help_text=_("Để trống: không giới hạn theo điểm thưởng."),
    )
    class_section = models.SlugField(
        _("mục xếp loại trước khi xếp theo tổng điểm"), max_length=40, blank=True, db_index=False
    )
    tie_breaks = models.JSONField(_("cách xếp khi bằng điểm"), default=list, blank=True)
    reference = NameField(_("số, ký hiệu văn bản"), max_length=100, blank=True)
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("bộ tiêu chí")
        verbose_name_plural = pgettext_lazy("plural", "bộ tiêu chí")
        ordering = ["-year__first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(digits__lte=4), name="criteria_digits_at_most_four"),
            models.CheckConstraint(
                condition=Q(checkers__gte=1, checkers__lte=5), name="criteria_checkers_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(scale__gt=0) & (Q(bonus_cap__isnull=True) | Q(bonus_cap__gte=0)),
                name="criteria_points_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True, number=1)
                | Q(previous__isnull=False, number__gt=1) & ~Q(reason=""),
                name="later_criteria_version_with_reason",
                violation_error_message=_("Phiên bản sau cần lý do sửa đổi."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", frozen_on__isnull=True)
                | Q(state="frozen", frozen_on__isnull=False),
                name="frozen_criteria_have_their_day",
            ),
        ]
        triggers = frozen()

    def __str__(self):
        if self.number == 1:
            return self.name
        return str(_("%(name)s (phiên bản %(number)s)") % {"name": self.name, "number": self.number})

    def get_absolute_url(self):
        return reverse("criteria-set", args=[self.year.code, self.pk])

    @property
    def is_frozen(self):
        """Whether it stays as it is."""
        return self.state == self.State.FROZEN


class PartQuerySet(ScopedQuerySet):
    """Parts of a criteria set: seen by whoever sees it."""

    def _visible(self, standing):
        return self.filter(criteria_set__in=CriteriaSet.objects.all()._visible(standing))


class Part(Versioned):
    """A part of a set: its key stays the same from version to version and from year to year."""

    key = models.SlugField(_("mã bền"), max_length=40, editable=False)
    code = NameField(_("số, ký hiệu mục"), max_length=20, blank=True)
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    class Meta:
        abstract = True

    def root(self):
        return self.criteria_set


class ChosenCriteriaQuerySet(OfBlocYearQuerySet):
    def choose(self, bloc_year, criteria_set):
        """Let a bloc-year whose row is locked use a set, or none."""
        chosen = None
        if criteria_set is None:
            self.filter(bloc_year=bloc_year).delete()
        else:
            chosen, _made = self.update_or_create(
                bloc_year=bloc_year, defaults={"criteria_set": criteria_set}
            )
        self.model._meta.get_field("bloc_year").remote_field.set_cached_value(bloc_year, chosen)


class ChosenCriteria(Versioned):
    """Bộ tiêu chí Khối dùng: the set by which a bloc scores in a year; without a row it has none yet."""

    bloc_year = models.OneToOneField(
        BlocYear,
        models.PROTECT,
        primary_key=True,
        related_name="chosen_criteria",
        verbose_name=_("khối trong năm"),
    )
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="chosen", verbose_name=_("bộ tiêu chí chấm điểm")
    )

    objects = ChosenCriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = _("bộ tiêu chí Khối dùng")
        verbose_name_plural = pgettext_lazy("plural", "bộ tiêu chí Khối dùng")
        ordering = ["bloc_year"]

    def __str__(self):
        return str(self.criteria_set)

    def root(self):
        return self.bloc_year


class CriteriaSection(Part):
    """Mục của bộ tiêu chí: who scores it, who assesses it, whose figure counts; it may stand in another."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="sections", verbose_name=_("bộ tiêu chí")
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("thuộc mục"),
    )
    title = models.TextField(_("tên mục"))
    maximum = Magnitude(_("điểm chuẩn"), null=True, blank=True)
    bonus_cap = Magnitude(_("điểm thưởng tối đa"), null=True, blank=True)
    deduction_cap = Magnitude(_("điểm trừ tối đa"), null=True, blank=True)
    tiers = ArrayField(
        models.CharField(max_length=10, choices=Tier),
        verbose_name=_("cấp nào chấm"),
        default=list,
        blank=True,
        help_text=_("Để trống: như mục chứa nó; ngoài cùng thì mọi cấp đều chấm."),
    )
    counting_tier = models.CharField(
        _("điểm của cấp nào được tính"),
        max_length=10,
        choices=Tier,
        blank=True,
        help_text=_("Để trống: điểm của cấp công bố sau cùng."),
    )
    assessor = NameField(_("bộ phận theo dõi, đánh giá"), blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("mục của bộ tiêu chí")
        verbose_name_plural = pgettext_lazy("plural", "mục của bộ tiêu chí")
        ordering = ["criteria_set", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "key"], name="section_key_once_in_set"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="section_not_in_itself"
            ),
        ]
        triggers = frozen()

    def __str__(self):
        return " ".join(filter(None, [self.code, self.title]))[:200]


class Criterion(Part):
    """Tiêu chí: its full points, where it begins, what bounds it; measures give and take its points."""

    class Starts(models.TextChoices):
        FULL = plan.FULL, _("Có sẵn điểm chuẩn, trừ dần theo trường hợp")
        ZERO = plan.ZERO, _("Tính điểm theo kết quả")

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="criteria", verbose_name=_("bộ tiêu chí")
    )
    section = models.ForeignKey(
        CriteriaSection, models.CASCADE, related_name="criteria", verbose_name=_("mục")
    )
    text = models.TextField(_("tiêu chí"))
    maximum = Magnitude(_("điểm chuẩn"), default=Decimal(0))
    starts = models.CharField(_("cách bắt đầu"), max_length=10, choices=Starts, default=Starts.ZERO)
    lowest = PointsField(
        _("điểm thấp nhất"),
        null=True,
        blank=True,
        default=Decimal(0),
        help_text=_("Để trống: điểm có thể âm không giới hạn, như ở mục điểm trừ."),
    )
    bonus_cap = Magnitude(_("điểm thưởng tối đa"), null=True, blank=True)
    deduction_cap = Magnitude(_("điểm trừ tối đa"), null=True, blank=True)
    may_be_not_applicable = models.BooleanField(_("có thể không áp dụng"), default=False)
    needs_evidence = models.BooleanField(_("cần minh chứng"), default=False)
    assessor = NameField(_("bộ phận theo dõi, đánh giá"), blank=True)
    note = models.TextField(_("ghi chú"), blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiêu chí")
        verbose_name_plural = pgettext_lazy("plural", "tiêu chí")
        ordering = ["criteria_set", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "key"], name="criterion_key_once_in_set"),
            models.CheckConstraint(
                condition=Q(maximum__gte=0) & (Q(lowest__isnull=True) | Q(lowest__lte=F("maximum"))),
                name="criterion_points_in_order",
                violation_error_message=_("Điểm thấp nhất không được cao hơn điểm chuẩn."),
            ),
        ]
        triggers = frozen()

    def __str__(self):
        return " ".join(filter(None, [self.code, self.text]))[:200]


class MeasureQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(criterion__in=Criterion.objects.all()._visible(standing))


class Measure(Part):
    """Cách tính điểm của tiêu chí: what gives or takes points, of one kind, with that kind's settings."""

    class Effect(models.TextChoices):
        BASE = plan.BASE, _("Điểm chuẩn")
        BONUS = plan.BONUS, _("Điểm thưởng")
        DEDUCTION = plan.DEDUCTION, _("Điểm trừ")
        NOTE = plan.NOTE, _("Chỉ là lời dẫn")

    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="measures", verbose_name=_("tiêu chí")
    )
    kind = models.CharField(_("loại"), max_length=20)
    effect = models.CharField(_("tác dụng"), max_length=10, choices=Effect, default=Effect.BASE)
    text = models.TextField(_("nội dung"), blank=True)
    points = Magnitude(_("điểm"), null=True, blank=True)
    cap = Magnitude(_("tối đa"), null=True, blank=True)
    settings = models.JSONField(_("thông số"), default=dict, blank=True)
    excludes_from_flags = models.BooleanField(_("không được đề nghị tặng Cờ, Bằng khen"), default=False)
    disqualifies = models.BooleanField(_("không xét, không xếp loại"), default=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("cách tính điểm")
        verbose_name_plural = pgettext_lazy("plural", "cách tính điểm")
        ordering = ["criterion", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "key"], name="measure_key_once_in_criterion"),
            models.CheckConstraint(
                condition=(Q(points__isnull=True) | Q(points__gte=0)) & (Q(cap__isnull=True) | Q(cap__gte=0)),
                name="measure_points_not_negative",
                violation_error_message=_("Ghi số điểm không âm; cộng hay trừ do “tác dụng” quyết định."),
            ),
        ]
        triggers = frozen()

    def __str__(self):
        return " ".join(filter(None, [self.code, self.text]))[:200]

    def root(self):
        return self.criterion.criteria_set
