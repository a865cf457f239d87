"""The bloc's records in the admin: the leader's unit sees and keeps its own bloc's."""

from django.contrib import admin
from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blocs.models import Person, Post
from blocs.scoped_admin import ScopedInline, ScopedModelAdmin
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    EmulationYear,
    Meeting,
    Observation,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
)

Role = Post.Role
WORK, CATALOGUE = _("Công việc của khối"), _("Danh mục chung")


def is_department(user):
    """Whether a person works for the standing department."""
    return user.standing().post(Role.STAFF) is not None


def kept_bloc_years(user):
    """The bloc-years that a person may see and whose records the person may edit, in one query.

    The same answer as `permissions.leads` gives for each: who leads the year, or while nobody is named the
    nearest year before, today or on the day of that year which is nearest to today.
    """
    visible = BlocYear.objects.visible_to(user)
    if is_department(user):
        return visible
    units = {post.unit_id for post in user.standing().posts if post.role in (Role.SECRETARY, Role.OFFICER)}
    leaders = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False)
    named = leaders.filter(
        bloc_year__bloc=OuterRef("bloc"), bloc_year__year__first_day__lte=OuterRef("year__first_day")
    ).order_by("-bloc_year__year__first_day")
    today = Value(timezone.localdate(), output_field=DateField())
    day = Least(Greatest(today, F("year__first_day")), F("year__last_day"))
    leads = leaders.filter(bloc_year=OuterRef("named"), unit__in=units).filter(
        Q(first_day__isnull=True) | Q(first_day__lte=OuterRef("day")),
        Q(last_day__isnull=True) | Q(last_day__gte=OuterRef("day")),
    )
    return (
        visible.filter(closed_on__isnull=True)
        .annotate(
            named=Subquery(named.values("bloc_year")[:1]),
            named_first=Subquery(named.values("bloc_year__year__first_day")[:1]),
            named_last=Subquery(named.values("bloc_year__year__last_day")[:1]),
        )
        .annotate(day=Least(Greatest(day, F("named_first")), F("named_last")))
        .filter(Exists(leads))
    )


class DepartmentAdmin(ScopedModelAdmin):
    """Rows that only the standing department adds."""

    def may_add(self, request):
        return is_department(request.user)


class BlocRecordAdmin(ScopedModelAdmin):
    """Rows of a bloc-year: added and edited by the department and by the leader's unit."""

    group = WORK
    list_filter = ["bloc_year"]
    list_select_related = ["bloc_year__year"]
    removable = True

    def may_add(self, request):
        return kept_bloc_years(request.user).exists()

    def choices(self, db_field, request):
        if db_field.remote_field.model is BlocYear:
            return kept_bloc_years(request.user).for_choice()
        return super().choices(db_field, request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.remote_field.model is Person:
            add = reverse("admin:blocs_person_add")
            field.help_text = format_html('<a href="{}">{}</a>', add, _("Ghi người chưa có trong danh sách"))
        return field


@admin.register(EmulationYear)
class EmulationYearAdmin(DepartmentAdmin):
    group, place = CATALOGUE, 50
    list_display = ["code", "first_day", "last_day"]


class SeatInline(ScopedInline):
    model = Seat
    fields = ["role", "unit", "representative", "representative_title", "first_day", "last_day", "group"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit").prefetch_related("unit__states")

    def _may(self, request, obj):
        return is_department(request.user)


@admin.register(BlocYear)
class BlocYearAdmin(DepartmentAdmin):
    group, place = WORK, 1
    list_display = ["name", "year", "organiser"]
    list_filter = ["year"]
    list_select_related = ["year", "organiser"]
    search_fields = ["search_key"]
    inlines = [SeatInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("organiser__states")

    def get_readonly_fields(self, request, obj=None):
        return [] if is_department(request.user) else ["bloc", "year", "organiser"]


@admin.register(Seat)
class SeatAdmin(BlocRecordAdmin):
    place = 2
    list_display = ["unit_or_unnamed", "role", "bloc_year", "representative"]
    list_select_related = ["unit", "bloc_year__year"]
    removable = False

    @admin.display(description=Seat._meta.get_field("unit").verbose_name, empty_value=_("chưa nêu tên"))
    def unit_or_unnamed(self, seat):
        return seat.unit

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")


@admin.register(Observation)
class ObservationAdmin(BlocRecordAdmin):
    place = 8
    list_display = ["kind", "place", "text", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    search_fields = ["text"]


@admin.register(Campaign)
class CampaignAdmin(BlocRecordAdmin):
    place = 7
    list_display = ["__str__", "launched_by", "first_day", "last_day"]
    list_select_related = ["launched_by"]
    list_filter = []

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("launched_by__states")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "bloc_year" and not is_department(request.user):
            field.required = True
        return field


class PledgeContentInline(ScopedInline):
    model = PledgeContent
    fields = ["place", "text"]


class SignatureInline(ScopedInline):
    model = Signature
    fields = ["unit", "signer_name", "signer_title", "signed_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit").prefetch_related("unit__states")


@admin.register(Pledge)
class PledgeAdmin(BlocRecordAdmin):
    place = 6
    list_display = ["__str__", "theme", "signed_on", "signed_count", "signing_units"]
    list_filter = ["bloc_years"]
    list_select_related = []
    inlines = [PledgeContentInline, SignatureInline]


class AgendaItemInline(ScopedInline):
    model = AgendaItem
    fields = ["place", "title", "outcome"]


class AttendanceInline(ScopedInline):
    model = Attendance
    fields = ["place", "name", "title", "unit", "capacity"]


class StatementInline(ScopedInline):
    model = Statement
    fields = ["place", "kind", "speaker", "speaker_title", "text", "is_request"]


@admin.register(Meeting)
class MeetingAdmin(BlocRecordAdmin):
    place = 3
    list_display = ["title", "kind", "first_day", "last_day", "place_name", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    search_fields = ["title"]
    inlines = [AgendaItemInline, AttendanceInline, StatementInline]
    ordering = ["-first_day", "pk"]
