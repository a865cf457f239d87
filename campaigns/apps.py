"""The app of the year's work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Công việc trong năm")

    def ready(self):
        from campaigns import permissions, reach, steps  # noqa: F401, PLC0415 (models are ready only now)

        reach.register()
        steps.register()
