"""The app of the year's work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Công việc trong năm")

    def ready(self):
        # models are ready only now
        from campaigns import (  # noqa: PLC0415
            conference_scores,
            desk,
            digests,
            jobs,  # noqa: F401
            masthead,
            permissions,  # noqa: F401
            reach,
            recording,
            reorganising,
            score_openings,
            score_places,
            score_reorganising,
            score_steps,
            score_waitings,
            search,
            steps,
            tasks,
            waitings,
            windows,  # noqa: F401
        )

        conference_scores.register()
        desk.register()
        digests.register()
        masthead.register()
        reach.register()
        recording.register()
        reorganising.register()
        search.register()
        steps.register()
        tasks.register()
        waitings.register()
        score_openings.register()
        score_places.register()
        score_reorganising.register()
        score_steps.register()
        score_waitings.register()
