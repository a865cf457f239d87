"""The bloc's records in the admin: the leader's unit sees and keeps its own bloc's."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.admin.scoped import ScopedInline, ScopedModelAdmin
from blocs.models import Person
from blocs.permissions import may_edit
from campaigns.keeping import is_department, keeps_any, kept_bloc_years
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
    Task,
)
from campaigns.reach import may_read

WORK, CATALOGUE = _("Công việc của khối"), _("Danh mục chung")


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
        return keeps_any(request.user)

    def choices(self, db_field, request):
        if db_field.remote_field.model is BlocYear:
            return kept_bloc_years(request.user).for_choice()
        return super().choices(db_field, request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.remote_field.model is Person and may_edit(request.user, Person(), timezone.localdate()):
            add = reverse("admin:blocs_person_add")
            field.help_text = render_to_string("admin/campaigns/add_person.html", {"address": add})
        return field


@admin.register(EmulationYear)
class EmulationYearAdmin(DepartmentAdmin):
    group, place = CATALOGUE, 50
    note = _("mã năm, ngày đầu, ngày cuối")
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
    note = _("tên, cách gọi, cơ quan tổ chức")
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
    note = _("vai trò, người đại diện")
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
    note = _("các đoạn đánh giá của báo cáo tổng kết")
    list_display = ["kind", "place", "text", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    search_fields = ["text"]


@admin.register(Campaign)
class CampaignAdmin(BlocRecordAdmin):
    place = 7
    note = _("tên, chủ đề, thời gian")
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
    note = _("chủ đề, nội dung, đơn vị ký")
    list_display = ["__str__", "theme", "signed_on", "signed_count", "signing_units"]
    list_filter = ["bloc_years"]
    list_select_related = []
    inlines = [PledgeContentInline, SignatureInline]


class AgendaItemInline(ScopedInline):
    model = AgendaItem
    fields = ["place", "starts_at", "kind", "title", "presenter", "outcome"]


class AttendanceInline(ScopedInline):
    model = Attendance
    fields = ["place", "address_form", "name", "title", "unit", "capacity", "presence", "is_invited"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit").prefetch_related("unit__states")


class StatementInline(ScopedInline):
    model = Statement
    fields = ["place", "kind", "speaker", "speaker_title", "text", "is_request"]


class TaskInline(ScopedInline):
    model = Task
    fields = ["place", "text", "unit", "due", "done_on", "result"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit").prefetch_related("unit__states")


@admin.register(Meeting)
class MeetingAdmin(BlocRecordAdmin):
    place = 3
    note = _("chương trình, người dự, ý kiến, nhiệm vụ")
    list_display = ["title", "kind", "first_day", "last_day", "place_name", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    search_fields = ["title"]
    inlines = [AgendaItemInline, AttendanceInline, StatementInline, TaskInline]
    ordering = ["-first_day", "pk"]

    def history_view(self, request, object_id, extra_context=None):
        """The journal; of a meeting closed to the person nothing, because reasons and papers tell of it."""
        meeting = get_object_or_404(self.get_queryset(request), pk=object_id)
        closed = {} if may_read(request.user, meeting) else {"entries": []}
        return super().history_view(request, object_id, closed | (extra_context or {}))
