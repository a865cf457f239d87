"""Emulation years, a bloc's year, and the seats of its units."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Bloc, ScopedQuerySet, Unit, Versioned
from blocs.models.base import Dated, NameField, SortKeyField, days_in_order
from blocs.models.organisation import Period, Same
from blocs.text import fold, sort_key

GROUP = "Khối"  # what blocs are called unless they say otherwise


class EmulationYearQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(pk__in=BlocYear.objects.all()._visible(standing).values("year"))


class EmulationYear(Versioned):
    """Năm thi đua: a code ("2020", "2020-2021") with a first and a last day; several may run at once."""

    code = models.CharField(_("năm thi đua"), max_length=9, unique=True, db_collation="C")
    first_day = models.DateField(_("ngày đầu"))
    last_day = models.DateField(_("ngày cuối"))

    objects = EmulationYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("năm thi đua")
        verbose_name_plural = pgettext_lazy("plural", "năm thi đua")
        ordering = ["-first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lt=F("last_day")),
                name="emulation_year_days_in_order",
                violation_error_message=_("Ngày cuối phải sau ngày đầu."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{4}(-\d{4})?$"),
                name="emulation_year_code",
                violation_error_message=_("Năm thi đua ghi là 2020 hoặc 2020-2021."),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("year", args=[self.code])

    @property
    def next_code(self):
        """The code of the year after: "2021" after "2020", "2021-2022" after "2020-2021"."""
        return "-".join(str(int(each) + 1) for each in self.code.split("-"))

    @property
    def next_period(self):
        """(first day, last day) of the year after: it begins the day after this one and is as long."""
        tomorrow = self.last_day + timedelta(days=1)  # of it, so that the end of February stays its end
        return tomorrow, date(tomorrow.year + 1, tomorrow.month, tomorrow.day) - timedelta(days=1)


class BlocYearQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Years in which one of the units sits, and years of the same blocs in which nobody sits yet."""
        sits = Seat.objects.filter(unit__in=standing.unit_ids)
        seated = Seat.objects.filter(bloc_year=OuterRef("pk"), unit__isnull=False)
        return self.filter(
            Q(pk__in=sits.values("bloc_year")) | Q(bloc__in=sits.values("bloc_year__bloc")) & ~Exists(seated)
        )

    def for_choice(self):
        return self.select_related("year")

    def locked(self, key, *related, no_key=False):
        """The row with its year and bloc; the set of criteria that it uses changes under its lock."""
        return super().locked(key, "year", "bloc", *related, no_key=no_key)

    def led_by(self, unit_ids):
        """Bloc-years in which one of these units has the leader's seat."""
        seats = Seat.objects.filter(unit__in=unit_ids, role=Seat.Role.LEADER)
        return self.filter(pk__in=seats.values("bloc_year"))


class BlocYear(Versioned):
    """Khối thi đua trong một năm: its name, organiser and labels of that year; members hold seats in it."""

    class LeaderChoice(models.TextChoices):
        ELECTION = "election", _("Các đơn vị trong Khối bầu")
        ROTATION = "rotation", _("Luân phiên")
        APPOINTED = "appointed", _("Cơ quan tổ chức chỉ định")
        HANDOVER = "handover", _("Đơn vị đứng đầu năm trước bàn giao")

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name=_("khối"))
    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="bloc_years", verbose_name=_("năm"))
    name = NameField(_("tên khối"))
    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("cơ quan tổ chức"))
    leader_label = models.CharField(_("cách gọi đơn vị đứng đầu"), max_length=40, default="Khối trưởng")
    deputy_label = models.CharField(_("cách gọi đơn vị phó"), max_length=40, default="Khối phó")
    leader_chosen_by = models.CharField(
        _("cách chọn đơn vị đứng đầu"), max_length=10, choices=LeaderChoice, default=LeaderChoice.ELECTION
    )
    known_member_count = models.PositiveSmallIntegerField(
        _("số đơn vị theo nguồn"),
        null=True,
        blank=True,
        help_text=_("Chỉ ghi khi biết số đơn vị mà chưa có danh sách."),
    )
    plan_reference = NameField(_("số, ký hiệu kế hoạch của Khối"), max_length=100, blank=True, editable=False)
    plan_issued_on = models.DateField(_("ngày ban hành kế hoạch"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("ngày khoá hồ sơ năm"), null=True, blank=True, editable=False)
    search_key = models.CharField(max_length=600, editable=False)
    sort_key = SortKeyField()

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("khối thi đua trong năm")
        verbose_name_plural = pgettext_lazy("plural", "khối thi đua trong năm")
        ordering = ["-year__first_day", "bloc__place", "pk"]
        constraints = [models.UniqueConstraint(fields=["bloc", "year"], name="bloc_once_a_year")]

    def __str__(self):
        return str(_("%(name)s năm %(year)s") % {"name": self.name, "year": self.year})

    def save(self, **kwargs):
        self.search_key = fold(self.name)
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("bloc-year", args=[self.year.code, self.bloc.code])

    @property
    def word(self):
        """What the bloc calls itself, "Khối" or "Cụm": as its leader's label says, else its name."""
        label = "".join(each for each in self.leader_label if each.isalpha() or each.isspace())
        word = " ".join(each for each in label.split() if each.casefold() != "trưởng").capitalize()
        first = self.name.partition(" ")[0].capitalize()
        return first if word in ("", GROUP) and first in (GROUP, "Cụm") else word or GROUP

    def seats_in_order(self):
        """The seats with their units: leader, deputies, then members.

        Each in that year's own order where it has one, else in the decree's at year's end.
        """
        places = {Seat.Role.LEADER: 0, Seat.Role.DEPUTY: 1, Seat.Role.MEMBER: 2}
        seats = self.seats.all()
        if "seats" not in getattr(self, "_prefetched_objects_cache", {}):  # else a page has asked already
            seats = seats.select_related("unit").prefetch_related("unit__states")
        return sorted(
            seats,
            key=lambda seat: (
                places[seat.role],
                (seat.place is None, seat.place or 0),
                seat.unit.place(self.year.last_day) if seat.unit else 0,
                seat.pk,
            ),
        )

    def predecessor(self):
        """The same bloc in the year before, or None where nothing of it is known."""
        preceding = BlocYear.objects.filter(bloc=self.bloc, year__first_day__lt=self.year.first_day)
        return preceding.select_related("year", "bloc").order_by("-year__first_day").first()

    def nearest_day(self, day):
        """The day of this year that is nearest to a day."""
        return min(max(day, self.year.first_day), self.year.last_day)

    def leading_units(self, day):
        """The keys of the units that lead on a day; before and after the year, on its first or last day.

        While this year's leader is not named, the unit that leads the year before.
        """
        day = self.nearest_day(day)
        leaders = [seat for seat in self.seats.all() if seat.role == Seat.Role.LEADER and seat.unit_id]
        if leaders:
            return {seat.unit_id for seat in leaders if seat.holds_on(day)}
        before = self.predecessor()
        return before.leading_units(day) if before else set()

    def successor(self):
        """The same bloc in the year that follows, or None while nothing of it is known."""
        following = BlocYear.objects.filter(bloc=self.bloc, year__first_day__gt=self.year.first_day)
        return following.select_related("year", "bloc").order_by("year__first_day").first()


class OfBlocYearQuerySet(ScopedQuerySet):
    """Rows that belong to a bloc-year: seen by whoever sees it."""

    def _visible(self, standing):
        return self.filter(bloc_year__in=BlocYear.objects.all()._visible(standing))


class Seat(Dated, Versioned):
    """Thành viên của Khối trong năm: a unit as leader, deputy or member, from a day to a day.

    A leader or deputy who was elected but not named has an empty unit: it gives nobody any authority.
    """

    class Role(models.TextChoices):
        LEADER = "leader", _("Khối trưởng")
        DEPUTY = "deputy", _("Khối phó")
        MEMBER = "member", _("Thành viên")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="seats", verbose_name=_("khối trong năm")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="seats", null=True, blank=True, verbose_name=_("đơn vị")
    )
    role = models.CharField(_("vai trò"), max_length=10, choices=Role, default=Role.MEMBER)
    representative = NameField(_("người đại diện"), max_length=150, blank=True)
    representative_title = NameField(_("chức vụ người đại diện"), max_length=200, blank=True)
    first_day = models.DateField(_("từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("đến ngày"), null=True, blank=True)
    group = NameField(_("nhóm trong khối"), max_length=100, blank=True)
    place = models.PositiveSmallIntegerField(
        _("thứ tự trong năm"),
        null=True,
        blank=True,
        help_text=_("Để trống: theo thứ tự của đơn vị trong nghị định."),
    )

    objects = OfBlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị trong khối")
        verbose_name_plural = pgettext_lazy("plural", "đơn vị trong khối")
        ordering = ["bloc_year", "pk"]
        constraints = [
            days_in_order("seat_days_in_order"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(role__in=["leader", "deputy"]),
                name="member_seat_has_unit",
                violation_error_message=_("Hãy chọn đơn vị thành viên."),
            ),
            ExclusionConstraint(
                name="one_seat_for_a_unit_at_a_time",
                expressions=[
                    (Same("bloc_year_id"), RangeOperators.OVERLAPS),
                    (Same("unit_id"), RangeOperators.OVERLAPS),
                    (Period("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
                condition=Q(unit__isnull=False),
                violation_error_message=_("Đơn vị đã có trong khối trong thời gian này."),
            ),
            ExclusionConstraint(
                name="one_leader_at_a_time",
                expressions=[
                    (Same("bloc_year_id"), RangeOperators.OVERLAPS),
                    (Period("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role="leader"),
                violation_error_message=_("Khối đã có Khối trưởng trong thời gian này."),
            ),
        ]

    def validate_constraints(self, exclude=None):
        """Ask the constraints, unless a form has refused what their conditions are about: Django cannot."""
        if not {"role", "unit"} & set(exclude or ()):
            super().validate_constraints(exclude=exclude)

    def __str__(self):
        return f"{self.unit or '—'} ({self.get_role_display()})"

    def root(self):
        return self.bloc_year

    @property
    def role_label(self):
        """The role in the words of that year's bloc."""
        if self.role == self.Role.LEADER:
            return self.bloc_year.leader_label
        return self.bloc_year.deputy_label if self.role == self.Role.DEPUTY else self.get_role_display()


def require_seat(bloc_year, unit_id):
    """Raise ValidationError, of the field `unit`, for a unit without a seat in a bloc's year."""
    if not bloc_year.seats.filter(unit=unit_id).exists():
        raise ValidationError({"unit": _("Đơn vị không thuộc Khối trong năm đó.")})


class Observation(Versioned):
    """Nhận định, đánh giá về năm của Khối: one sentence or paragraph of what the report says."""

    class Kind(models.TextChoices):
        SITUATION = "situation", _("Đặc điểm, tình hình")
        RESULT = "result", _("Kết quả phong trào thi đua")
        COMMENDATION = "commendation", _("Công tác khen thưởng")
        EXEMPLAR_WORK = "exemplar-work", _("Công tác điển hình tiên tiến")
        LEADER = "leader", _("Đánh giá vai trò Khối trưởng")
        DEPUTY = "deputy", _("Đánh giá vai trò Khối phó")
        MEMBERS = "members", _("Đánh giá các thành viên")
        WEAKNESS = "weakness", _("Tồn tại, hạn chế")
        CAUSE = "cause", _("Nguyên nhân")
        TASK = "task", _("Phương hướng, nhiệm vụ năm sau")
        RECOMMENDATION = "recommendation", _("Kiến nghị, đề xuất")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="observations", verbose_name=_("khối trong năm")
    )
    kind = models.CharField(_("mục"), max_length=20, choices=Kind)
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    text = models.TextField(_("nội dung"))
    said_by = NameField(_("ý kiến của"), blank=True)

    objects = OfBlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhận định, đánh giá")
        verbose_name_plural = pgettext_lazy("plural", "nhận định, đánh giá")
        ordering = ["bloc_year", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind", "place"],
                name="observation_place_once",
                violation_error_message=_("Mục này đã có nội dung ở thứ tự đó."),
            )
        ]

    def __str__(self):
        return self.text[:80]

    def root(self):
        return self.bloc_year
