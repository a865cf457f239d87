"""The app of the year's work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Công việc trong năm")

    def ready(self):
        # models are ready only now
        from campaigns import masthead, reach, search  # noqa: PLC0415
        from campaigns.desk import admin_index, digests, jobs, waitings  # noqa: PLC0415
        from campaigns.meetings import recording, tasks  # noqa: PLC0415
        from campaigns.timeline import steps  # noqa: PLC0415
        from campaigns.years import reorganising  # noqa: PLC0415

        admin_index.register()
        digests.register()
        jobs.register()
        masthead.register()
        reach.register()
        recording.register()
        reorganising.register()
        search.register()
        steps.register()
        tasks.register()
        waitings.register()
