"""The app of who exists, who acts, what is kept."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = _("Tổ chức, cá nhân, hồ sơ")

    def ready(self):
        # models are ready only now
        from blocs import checks, installation, masthead, search, waitings  # noqa: PLC0415
        from blocs.access import sessions  # noqa: PLC0415
        from blocs.work import ticks  # noqa: PLC0415

        checks.register()
        installation.register()
        masthead.register()
        search.register()
        sessions.register()
        ticks.register()
        waitings.register()
        autodiscover_modules("permissions", "windows")  # of all apps: they name their own models there
