"""Who exists, who acts, what is kept, in the admin."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.history import title_of
from blocs.journal import acts
from blocs.models import Bloc, Entry, Job, Person, Post, Unit, UnitState, User
from blocs.permissions import may_edit, may_manage_organisation
from blocs.scoped_admin import ReadOnlyAdmin, ScopedInline, ScopedModelAdmin


class UnitStateInline(ScopedInline):
    model = UnitState
    fk_name = "unit"
    fields = [
        "first_day",
        "last_day",
        "official_name",
        "short_name",
        "symbol",
        "kind",
        "superior",
        "standing_department",
        "place_of_issue",
        "telephone",
    ]


class OrganisationAdmin(ScopedModelAdmin):
    """Rows that the standing department and the administrator keep."""

    group = _("Danh mục chung")

    def may_add(self, request):
        return bool(may_manage_organisation(request.user, None, None))


@admin.register(Unit)
class UnitAdmin(OrganisationAdmin):
    place = 51
    list_display = ["official_name", "code", "decree_place"]
    search_fields = ["code", "states__official_name", "states__short_name"]
    fields = ["code", "decree_place", "is_root", "shown_version"]
    inlines = [UnitStateInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("states")

    @admin.display(description=_("tên chính thức"))
    def official_name(self, unit):
        return unit.name()


@admin.register(Bloc)
class BlocAdmin(OrganisationAdmin):
    place = 52
    list_display = ["code", "place"]
    search_fields = ["code"]


class DepartmentOnlyAdmin(ReadOnlyAdmin):
    """Read by the standing department and the administrator."""

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.standing().sees_all


class TitleInline(ScopedInline):
    """The person's printed titles; what the person does in the software is given elsewhere."""

    model = Post
    fields = ["unit", "title"]
    fk_name = "person"
    min_num = 1

    def visible(self, request):
        return super().visible(request).filter(role="")


@admin.register(Person)
class PersonAdmin(ScopedModelAdmin):
    group, place = _("Công việc của khối"), 10
    list_display = ["full_name", "is_trial"]
    search_fields = ["search_key"]
    fields = ["full_name", "address_form", "name_on_decisions", "shown_version"]
    inlines = [TitleInline]

    def may_add(self, request):
        return bool(may_edit(request.user, Person(), timezone.localdate()))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (
            request.user.standing().sees_all or self.may_add(request)
        )


@admin.register(Post)
class PostAdmin(DepartmentOnlyAdmin):
    place = 71
    list_display = ["person", "title", "role", "unit", "first_day", "last_day"]
    list_filter = ["role"]
    list_select_related = ["person", "unit"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")


@admin.register(User)
class UserAdmin(DepartmentOnlyAdmin):
    place = 72
    list_display = ["username", "person", "is_active"]
    list_select_related = ["person"]
    search_fields = ["username"]
    fields = ["username", "person", "is_active", "last_login"]


@admin.register(Job)
class JobAdmin(DepartmentOnlyAdmin):
    place = 73
    list_display = ["number", "kind", "asked_by", "asked_at", "state", "words"]
    list_filter = ["state"]
    list_select_related = ["asked_by"]

    @admin.display(description=_("số công việc"), ordering="pk")
    def number(self, job):
        return job.pk


class ActFilter(admin.SimpleListFilter):
    """Entries of one act, offered by its title."""

    title = Entry._meta.get_field("act").verbose_name
    parameter_name = "act"

    def lookups(self, request, model_admin):
        known = set(model_admin.get_queryset(request).order_by().values_list("act", flat=True).distinct())
        return [(code, act.title) for code, act in acts.items() if code in known]

    def queryset(self, request, queryset):
        return queryset.filter(act=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(DepartmentOnlyAdmin):
    place = 74
    list_display = ["at", "actor_name", "post_title", "act_in_words", "object_name", "reason"]
    list_filter = [ActFilter]
    search_fields = ["object_name", "actor_name"]
    fields = [
        "at",
        "actor_name",
        "post_title",
        "on_behalf_of",
        "act_in_words",
        "object_name",
        "reason",
        "request_id",
    ]
    readonly_fields = ["act_in_words"]

    @admin.display(description=ActFilter.title)
    def act_in_words(self, entry):
        return title_of(entry.act)
