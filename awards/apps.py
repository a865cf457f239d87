"""The app of what is proposed and honoured."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Khen thưởng")

    def ready(self):
        # models are ready only now
        from awards import permissions, recording, steps  # noqa: F401, PLC0415

        recording.register()
        steps.register()
