"""The project's own parts that Django starts."""

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig

LIBRARIES = {"account", "auth", "django_tasks_database", "mfa", "usersessions"}


class SiteConfig(AppConfig):
    name = "config"

    def ready(self):
        from config import checks  # noqa: F401, PLC0415 (checks register themselves)


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.Site"

    def ready(self):
        super().ready()
        # What libraries register of their own: not scoped, and nobody's work here.
        for model in [each for each in admin.site._registry if each._meta.app_label in LIBRARIES]:
            admin.site.unregister(model)
