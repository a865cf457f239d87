"""The app of who exists, who acts, what is kept."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = _("Tổ chức, cá nhân, hồ sơ")

    def ready(self):
        from blocs import installation, masthead, sessions, ticks  # noqa: PLC0415 (models are ready only now)

        installation.register()
        masthead.register()
        sessions.register()
        ticks.register()
