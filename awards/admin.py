"""The catalogue of titles and awards in the admin: the department keeps it, everybody looks things up."""

from django import forms
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards.models import AwardKind, AwardName
from blocs.admin.registered import LinesField
from blocs.admin.scoped import ScopedInline
from campaigns.admin import CATALOGUE, DepartmentAdmin


class AwardNameInline(ScopedInline):
    model = AwardName
    fields = ["name", "first_day", "last_day", "citation", "is_verified"]


@admin.register(AwardKind)
class AwardKindAdmin(DepartmentAdmin):
    group, place = CATALOGUE, 53
    note = _("danh hiệu, hình thức theo luật và của cơ quan")
    list_display = ["code", "__str__", "level", "form", "in_use"]
    list_filter = ["level", "form", "in_use"]
    fields = ["code", "level", "form", "recipients", "aliases", "place", "in_use", "shown_version"]
    inlines = [AwardNameInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    def get_readonly_fields(self, request, obj=None):
        """The code stays as long as the award: files and papers name it."""
        return ["code"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        label = capfirst(db_field.verbose_name)
        if db_field.name == "recipients":
            return forms.MultipleChoiceField(
                label=label, choices=AwardKind.Recipient.choices, widget=forms.CheckboxSelectMultiple
            )
        if db_field.name == "aliases":
            return LinesField(
                label=label,
                required=False,
                help_text=_("Mỗi dòng một tên mà văn bản, báo cáo hay dùng; để nhận ra khi nạp tệp."),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
