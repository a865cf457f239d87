"""The bloc's records in the admin: the leader's unit sees and keeps its own bloc's."""

from django.contrib import admin
from django.utils import timezone

from blocs.models import Post
from blocs.permissions import may_edit
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


def is_department(user):
    """Whether a person works for the standing department."""
    return user.standing().post(Post.Role.STAFF) is not None


def kept_bloc_years(user):
    """The bloc-years that a person may see and whose records the person may edit."""
    visible = BlocYear.objects.visible_to(user)
    if is_department(user):
        return visible
    day = timezone.localdate()
    kept = [each.pk for each in visible.prefetch_related("seats") if may_edit(user, each, day)]
    return visible.filter(pk__in=kept)


class DepartmentAdmin(ScopedModelAdmin):
    """Rows that only the standing department adds."""

    def may_add(self, request):
        return is_department(request.user)


class BlocRecordAdmin(ScopedModelAdmin):
    """Rows of a bloc-year: added and edited by the department and by the leader's unit."""

    list_filter = ["bloc_year"]
    list_select_related = ["bloc_year__year"]
    removable = True

    def may_add(self, request):
        return kept_bloc_years(request.user).exists()

    def choices(self, db_field, request):
        if db_field.remote_field.model is BlocYear:
            return kept_bloc_years(request.user).for_choice()
        return super().choices(db_field, request)


@admin.register(EmulationYear)
class EmulationYearAdmin(DepartmentAdmin):
    list_display = ["code", "first_day", "last_day"]


class SeatInline(ScopedInline):
    model = Seat
    fields = ["role", "unit", "representative", "representative_title", "first_day", "last_day", "group"]

    def _may(self, request, obj):
        return is_department(request.user)


@admin.register(BlocYear)
class BlocYearAdmin(DepartmentAdmin):
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
    list_display = ["unit", "role", "bloc_year", "representative"]
    list_select_related = ["unit", "bloc_year__year"]
    removable = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")


@admin.register(Observation)
class ObservationAdmin(BlocRecordAdmin):
    list_display = ["kind", "place", "text", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    search_fields = ["text"]


@admin.register(Campaign)
class CampaignAdmin(BlocRecordAdmin):
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


@admin.register(Pledge)
class PledgeAdmin(BlocRecordAdmin):
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
    list_display = ["title", "kind", "first_day", "last_day", "place_name", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    search_fields = ["title"]
    inlines = [AgendaItemInline, AttendanceInline, StatementInline]
    ordering = ["-first_day", "pk"]
