"""Proposals in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from awards.nominations.models import Nomination
from campaigns.admin import BlocRecordAdmin


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
