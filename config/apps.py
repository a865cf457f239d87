"""The project's own parts that Django starts."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class SiteConfig(AppConfig):
    name = "config"

    def ready(self):
        from config import checks  # noqa: F401, PLC0415 (checks register themselves)


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.Site"
