"""The app of what is decided and honoured."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "awards.decisions"
    verbose_name = _("Quyết định, điển hình")

    def ready(self):
        # models are ready only now
        from awards.decisions import recording, steps  # noqa: PLC0415

        recording.register()
        steps.register()
