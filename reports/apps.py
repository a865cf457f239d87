"""The app of what leaves the building."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Báo cáo, văn bản")

    def ready(self):
        from reports import jobs, search, steps  # noqa: PLC0415 (models are ready only now)
        from reports.views import guides  # noqa: PLC0415

        jobs.register()
        search.register()
        steps.register()
        guides.register()
