"""Exemplars in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from awards.decisions.models import Exemplar
from awards.nominations.admin import recipient
from campaigns.admin import BlocRecordAdmin


@admin.register(Exemplar)
class ExemplarAdmin(BlocRecordAdmin):
    place = 4
    note = _("tập thể, cá nhân điển hình")
    list_display = ["kind", "place", recipient, "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    list_select_related = ["unit", "person", "bloc_year__year"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")
