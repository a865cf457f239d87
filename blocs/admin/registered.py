"""Who exists, who acts, what is kept, in the admin."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blocs.admin.scoped import ReadOnlyAdmin, ScopedInline, ScopedModelAdmin, ScopedStack, once
from blocs.history import title_of
from blocs.journal import acts
from blocs.models import Bloc, Entry, Job, Person, Post, Unit, UnitKind, UnitState, User
from blocs.permissions import may_edit, may_manage_organisation
from blocs.text import nfc, sort_key


class LinesField(forms.CharField):
    """Several short texts, one on a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 60})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line for line in map(nfc, (value or "").splitlines()) if line]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class UnitStateInline(ScopedStack):
    model = UnitState
    fk_name = "unit"
    fields = [
        ("first_day", "last_day"),
        "official_name",
        ("short_name", "symbol"),
        "aliases",
        ("kind", "decree_place"),
        ("superior", "standing_department"),
        ("place_of_issue", "telephone"),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "aliases":
            return LinesField(
                label=capfirst(db_field.verbose_name),
                required=False,
                help_text=_("Mỗi dòng một tên: tên cũ, tên viết tắt, tên tiếng Anh; dùng để tìm kiếm."),
            )
        if db_field.name == "kind":
            kinds = once(request, lambda: list(UnitKind.objects.all()), "kinds of units")
            grouped = [
                (words, [(each.code, each.label) for each in kinds if each.in_use == used])
                for words, used in ((_("Đang dùng"), True), (_("Loại khác"), False))
            ]
            return forms.ChoiceField(
                label=capfirst(db_field.verbose_name), choices=[("", "–"), *grouped], required=False
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class OrganisationAdmin(ScopedModelAdmin):
    """Rows that the standing department and the administrator keep."""

    group = _("Danh mục chung")

    def may_add(self, request):
        return bool(may_manage_organisation(request.user, None, None))


@admin.register(Unit)
class UnitAdmin(OrganisationAdmin):
    place = 51
    note = _("tên từng thời kỳ, ký hiệu, thứ tự theo nghị định")
    list_display = ["official_name", "short", "symbol", "decree_place"]
    search_fields = ["code", "states__search_key"]
    fields = ["code", "is_root", "shown_version"]
    inlines = [UnitStateInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("states")

    @admin.display(description=UnitState._meta.get_field("official_name").verbose_name)
    def official_name(self, unit):
        return unit.name()

    @admin.display(description=UnitState._meta.get_field("short_name").verbose_name)
    def short(self, unit):
        return unit.state().short_name

    @admin.display(description=UnitState._meta.get_field("symbol").verbose_name)
    def symbol(self, unit):
        return unit.state().symbol


@admin.register(UnitKind)
class UnitKindAdmin(OrganisationAdmin):
    place = 54
    note = _("Bộ, Cục, Sở, xã, trường: để báo cáo đếm theo loại")
    list_display = ["code", "label", "place", "in_use"]
    list_filter = ["in_use"]
    fields = ["code", "label", "place", "in_use", "shown_version"]

    def get_readonly_fields(self, request, obj=None):
        """The code stays: units are of that kind."""
        return ["code"] if obj else []


@admin.register(Bloc)
class BlocAdmin(OrganisationAdmin):
    place = 52
    note = _("mã và thứ tự của khối")
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
    note = _("cách xưng hô, học vị, cách ghi trên quyết định")
    list_display = ["full_name", "as_addressed", "as_decided", "is_trial"]
    search_fields = ["search_key"]
    fields = [
        "full_name",
        "address_form",
        "academic_title",
        "rank",
        "name_on_decisions",
        "shown_version",
    ]
    inlines = [TitleInline]

    @admin.display(description=_("cách gọi trong giấy mời"))
    def as_addressed(self, person):
        return person.as_addressed

    @admin.display(description=Person._meta.get_field("name_on_decisions").verbose_name)
    def as_decided(self, person):
        return person.as_decided

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Where no way of writing is settled, says how a decision will write the name."""
        form = super().get_form(request, obj, change, **kwargs)
        field = form.base_fields.get("name_on_decisions")
        if field and obj and not obj.name_on_decisions:
            field.widget.attrs["placeholder"] = obj.as_decided
            field.help_text = _("Để trống thì ghi “%(name)s”.") % {"name": obj.as_decided}
        elif field:
            field.help_text = _("Để trống thì ghép từ xưng hô, quân hàm, học hàm, học vị và họ tên.")
        return form

    def may_add(self, request):
        return bool(may_edit(request.user, Person(), timezone.localdate()))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (
            request.user.standing().sees_all or self.adds(request)
        )


@admin.register(Post)
class PostAdmin(DepartmentOnlyAdmin):
    place = 71
    note = _("ai giữ chức vụ, nhiệm vụ nào, từ ngày nào")
    list_display = ["person", "title", "role", "unit", "first_day", "last_day"]
    list_filter = ["role"]
    list_select_related = ["person", "unit"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")


@admin.register(User)
class UserAdmin(DepartmentOnlyAdmin):
    place = 72
    note = _("tên đăng nhập")
    list_display = ["username", "person", "is_active"]
    list_select_related = ["person"]
    search_fields = ["username"]
    fields = ["username", "person", "is_active", "last_login"]


@admin.register(Job)
class JobAdmin(DepartmentOnlyAdmin):
    place = 73
    note = _("việc máy đang làm, kết quả")
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
        found = [(code, act.title) for code, act in acts.items() if code in known]
        return sorted(found, key=lambda each: sort_key(str(each[1])))

    def queryset(self, request, queryset):
        return queryset.filter(act=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(DepartmentOnlyAdmin):
    place = 74
    note = _("ai đã làm gì, lúc nào, vì sao")
    list_display = ["at", "actor_name", "on_behalf_of", "post_title", "act_in_words", "object_name", "reason"]
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
