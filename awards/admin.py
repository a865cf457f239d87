"""The catalogue of titles and awards in the admin, to look things up in."""

from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from awards.models import AwardKind, AwardName
from blocs.admin.scoped import ReadOnlyAdmin, ScopedInline
from campaigns.admin import CATALOGUE


class AwardNameInline(ScopedInline):
    model = AwardName
    form = ModelForm
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
