"""Proposals and exemplars in the admin, and the catalogue to look things up in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from awards.models import AwardKind, AwardName, Exemplar, Nomination
from blocs.scoped_admin import ReadOnlyAdmin, ScopedInline
from campaigns.admin import CATALOGUE, BlocRecordAdmin


@admin.display(description=_("tập thể, cá nhân"), empty_value=_("chưa nêu tên"))
def recipient(row):
    """Who is proposed or honoured."""
    return row.recipient


@admin.register(Nomination)
class NominationAdmin(BlocRecordAdmin):
    place = 5
    note = _("danh hiệu, hình thức và người được đề nghị")
    list_display = ["award", "place", recipient, "bloc_year"]
    list_select_related = ["award", "unit", "person", "bloc_year__year"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("award__names", "unit__states")


@admin.register(Exemplar)
class ExemplarAdmin(BlocRecordAdmin):
    place = 4
    note = _("tập thể, cá nhân điển hình")
    list_display = ["kind", "place", recipient, "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    list_select_related = ["unit", "person", "bloc_year__year"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")


class AwardNameInline(ScopedInline):
    model = AwardName
    fields = ["name", "first_day", "last_day", "citation", "is_verified"]

    def _may(self, request, obj):
        return False


@admin.register(AwardKind)
class AwardKindAdmin(ReadOnlyAdmin):
    group, place = CATALOGUE, 53
    note = _("danh hiệu, hình thức theo luật")
    list_display = ["code", "__str__", "level", "form"]
    list_filter = ["level", "form"]
    fields = ["code", "level", "form", "recipients_in_words", "place"]
    readonly_fields = ["recipients_in_words"]
    inlines = [AwardNameInline]

    @admin.display(description=AwardKind._meta.get_field("recipients").verbose_name)
    def recipients_in_words(self, kind):
        return ", ".join(str(AwardKind.Recipient(each).label) for each in kind.recipients)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")
