"""Units, what they are called on a day, and the blocs they are grouped in."""

from collections import defaultdict

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.contributions import registry
from blocs.models.base import Dated, NameField, ScopedQuerySet, SortKeyField, Versioned, days_in_order
from blocs.text import fold, sort_key


class Period(Func):
    """The days from one column to another, both included; an empty column leaves that side open."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, first, last):
        super().__init__(F(first), F(last), Value("[]"))


class Same(Func):
    """An equality test that a gist index understands without an extension."""

    function = "int8range"

    def __init__(self, column):
        # full_clean() asks too, and there a value is known by the name of its field alone.
        field = F(column.removesuffix("_id"))
        super().__init__(field, field, Value("[]"))


class UnitQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(Q(pk__in=standing.unit_ids) | Q(pk__in=registry.reach_of(standing.unit_ids).units))

    def for_choice(self):
        return self.prefetch_related("states")

    def in_decree_order(self):
        """Units in the order of the ministry's organising decree."""
        return self.order_by("decree_place", "pk")


class Unit(Versioned):
    """Đơn vị: an identity that outlives its names; what changes stands in dated states."""

    code = models.SlugField(_("mã đơn vị"), max_length=80, unique=True)
    is_root = models.BooleanField(_("là cơ quan có thẩm quyền của hệ thống"), default=False)
    decree_place = models.PositiveIntegerField(
        _("thứ tự theo nghị định hiện nay"),
        default=1000,
        help_text=_("Theo tên đang dùng; thứ tự của từng thời kỳ ghi cùng tên của thời kỳ đó."),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "đơn vị")
        ordering = ["decree_place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_root"], condition=Q(is_root=True), name="one_root_unit")
        ]

    def __str__(self):
        return self.name()

    def keep_states(self, states):
        """Take over the unit's states, newest first, that another query has read already."""
        self._states = list(states)

    @property
    def knows_states(self):
        """Whether its states were read already."""
        return hasattr(self, "_states") or "states" in getattr(self, "_prefetched_objects_cache", {})

    def known_states(self):
        """Its states, newest first; asked of the database unless they were read already."""
        return self._states if hasattr(self, "_states") else list(self.states.all())

    def state(self, day=None):
        """The unit's state on a day (today, unless told), or the nearest known one.

        That is the last one before the day; where what is known begins later, the first one.
        """
        day = day or timezone.localdate()
        states = self.known_states()
        begun = [state for state in states if state.first_day is None or state.first_day <= day]
        return (begun or states[-1:] or [UnitState(unit=self, official_name=self.code)])[0]

    def name(self, day=None):
        """The official name on a day (today, unless told)."""
        return self.state(day).official_name

    def place(self, day=None):
        """The place in the organising decree on a day; the present one where that day's is not known."""
        return self.state(day).decree_place or self.decree_place

    def short_name(self, day=None):
        """The short name on a day, the official one where no short one is known."""
        state = self.state(day)
        return state.short_name or state.official_name


class UnitKindQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self  # words for sorts of units: whoever holds a post may read them


class UnitKind(Versioned):
    """Loại đơn vị: a sort of unit as reports count it, from the largest to the smallest.

    Those of a ministry, a province, a sector and a school system are shipped; an installation says which it
    uses and adds its own.
    """

    code = models.SlugField(_("mã"), max_length=30, unique=True, db_index=False)
    label = NameField(_("tên gọi"), max_length=100)
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1000)
    in_use = models.BooleanField(_("dùng trong hệ thống này"), default=True)

    objects = UnitKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("loại đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "loại đơn vị")
        ordering = ["place", "pk"]

    def __str__(self):
        return self.label


class UnitStateQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(unit__in=Unit.objects.all()._visible(standing))

    def read_for(self, units):
        """Have units know their states, in one query for all that do not yet.

        What prefetch_related() does too, but with a query set made for each unit, which a long list pays for.
        """
        unknown, found = defaultdict(list), defaultdict(list)
        for unit in units:
            if not unit.knows_states:
                unknown[unit.pk].append(unit)
        if unknown:
            for state in self.filter(unit__in=unknown).order_by(F("first_day").desc(nulls_last=True)):
                found[state.unit_id].append(state)
        for key, same in unknown.items():
            for unit in same:
                unit.keep_states(found[key])


class UnitState(Dated, Versioned):
    """Tình trạng của đơn vị: names, symbol, superior and place in the decree, from a day to a day."""

    class Kind:
        """Codes of kinds that the software itself names; all kinds are rows of UnitKind."""

        MINISTRY = "ministry"
        GENERAL_DEPARTMENT = "general-department"
        DEPARTMENT = "department"
        AUTHORITY = "authority"
        BOARD = "board"
        FUND = "fund"
        DIVISION = "division"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="states", verbose_name=_("đơn vị"))
    first_day = models.DateField(_("từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("đến ngày"), null=True, blank=True)
    official_name = NameField(_("tên chính thức"))
    short_name = NameField(_("tên gọi tắt"), blank=True)
    symbol = models.CharField(_("ký hiệu trên văn bản"), max_length=40, blank=True)
    decree_place = models.PositiveIntegerField(_("thứ tự theo nghị định"), null=True, blank=True)
    aliases = ArrayField(NameField(), verbose_name=_("tên gọi khác"), default=list, blank=True)
    kind = models.CharField(_("loại đơn vị"), max_length=30, blank=True)
    superior = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="subordinate_states",
        null=True,
        blank=True,
        verbose_name=_("cơ quan chủ quản"),
    )
    standing_department = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("đơn vị thường trực thi đua, khen thưởng"),
    )
    place_of_issue = NameField(_("địa danh ghi trên văn bản"), max_length=100, blank=True)
    telephone = models.CharField(_("điện thoại hỗ trợ"), max_length=40, blank=True)
    legal_personality = models.BooleanField(_("có tư cách pháp nhân"), null=True, blank=True)
    province = NameField(_("tỉnh, thành phố nơi đóng trụ sở"), max_length=100, blank=True)
    head_count = models.PositiveIntegerField(
        _("số công chức, viên chức, người lao động"), null=True, blank=True
    )
    search_key = models.TextField(editable=False, default="")
    sort_key = SortKeyField()

    objects = UnitStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tên và tình trạng đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "tên và tình trạng đơn vị")
        ordering = ["unit", models.F("first_day").desc(nulls_last=True)]
        constraints = [
            days_in_order("unit_state_days_in_order"),
            ExclusionConstraint(
                name="unit_states_do_not_overlap",
                expressions=[
                    (Same("unit_id"), RangeOperators.OVERLAPS),
                    (Period("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Đơn vị đã có tên khác trong khoảng thời gian này."),
            ),
        ]

    def __str__(self):
        return self.official_name

    def clean(self):
        """Refuse a kind of unit that the installation does not know."""
        if self.kind and not UnitKind.objects.filter(code=self.kind).exists():
            known = ", ".join(UnitKind.objects.values_list("code", flat=True))
            words = _("không có loại đơn vị “%(kind)s”. Chọn một trong: %(known)s.")
            raise ValidationError({"kind": words % {"kind": self.kind, "known": known}})

    def save(self, **kwargs):
        self.sort_key = sort_key(self.official_name)
        self.search_key = fold(" ".join([self.official_name, self.short_name, self.symbol, *self.aliases]))
        super().save(**kwargs)
        newest = UnitState.objects.filter(unit=self.unit_id, decree_place__isnull=False).first()
        if newest:
            Unit.objects.filter(pk=self.unit_id).update(decree_place=newest.decree_place)


class SuccessionQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        units = Unit.objects.all()._visible(standing)
        return self.filter(Q(from_unit__in=units) | Q(to_unit__in=units))


class Succession(models.Model):
    """Kế thừa tổ chức: on a day a unit is merged into, split into or replaced by another."""

    class Kind(models.TextChoices):
        MERGER = "merger", _("sáp nhập, hợp nhất")
        SPLIT = "split", _("chia, tách")
        TRANSFER = "transfer", _("chuyển giao nguyên trạng")
        DISSOLUTION = "dissolution", _("giải thể")

    on = models.DateField(_("ngày"))
    kind = models.CharField(_("hình thức"), max_length=20, choices=Kind)
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="successions", verbose_name=_("đơn vị cũ")
    )
    to_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="predecessions",
        null=True,
        blank=True,
        verbose_name=_("đơn vị mới"),
    )
    basis = NameField(_("căn cứ"), blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế thừa tổ chức")
        verbose_name_plural = pgettext_lazy("plural", "kế thừa tổ chức")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_unit__isnull=False) | Q(kind="dissolution"), name="succession_has_successor"
            ),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="succession_between_two_units"),
        ]

    def __str__(self):
        return f"{self.from_unit} → {self.to_unit or self.get_kind_display()}"


class BlocQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(pk__in=registry.reach_of(standing.unit_ids).blocs)


class Bloc(Versioned):
    """Khối thi đua: an identity; its name, members and organiser stand in each year's bloc-year."""

    code = models.SlugField(_("mã khối"), max_length=80, unique=True)
    place = models.PositiveIntegerField(_("thứ tự"), default=1000)

    objects = BlocQuerySet.as_manager()

    class Meta:
        verbose_name = _("khối thi đua")
        verbose_name_plural = pgettext_lazy("plural", "khối thi đua")
        ordering = ["place", "pk"]

    def __str__(self):
        return self.code
