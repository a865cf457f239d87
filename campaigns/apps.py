"""The app of the year's work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Công việc trong năm")

    def ready(self):
        # models are ready only now
        from campaigns import desk, masthead, permissions, reach, search, steps, windows  # noqa: F401, PLC0415

        desk.register()
        masthead.register()
        reach.register()
        search.register()
        steps.register()
