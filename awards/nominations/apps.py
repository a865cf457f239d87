"""The app of what is proposed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NominationsConfig(AppConfig):
    name = "awards.nominations"
    verbose_name = _("Đề nghị khen thưởng")

    def ready(self):
        # models are ready only now
        from awards.nominations import steps  # noqa: PLC0415

        steps.register()
