"""The app of what is proposed and honoured."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Khen thưởng")

    def ready(self):
        from awards import permissions, steps  # noqa: F401, PLC0415 (models are ready only now)

        steps.register()
