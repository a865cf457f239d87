"""The app of scores: criteria, sheets, checks, rankings."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.scores.scoring import language


class ScoresConfig(AppConfig):
    name = "campaigns.scores"
    verbose_name = _("Chấm điểm")

    def ready(self):
        # models are ready only now
        from campaigns.scores import openings, places, reorganising, steps, waitings  # noqa: PLC0415
        from campaigns.scores.conference import agreeing  # noqa: PLC0415

        language.translate_by(gettext)
        agreeing.register()
        openings.register()
        places.register()
        reorganising.register()
        steps.register()
        waitings.register()
