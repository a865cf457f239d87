"""The admin site: one sign-in with the web pages, open to whoever holds a post."""

from collections.abc import Callable
from itertools import groupby

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


def empty_desk(user) -> dict:
    """What is known of a person's work before an app says more: nothing."""
    return {}


class Site(admin.AdminSite):
    """Sổ số liệu: where the bloc's records are read, entered and corrected."""

    site_title = _("Thi Đua")
    site_header = _("Thi Đua - Sổ số liệu")
    index_title = _("Sổ số liệu")
    site_url = "/"
    enable_nav_sidebar = False
    # Set once, in the `ready()` of the app that knows of a person's work: what the index shows above the
    # records, as variables of its template, in a constant number of queries.
    desk: Callable[..., dict] = staticmethod(empty_desk)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.login = secure_admin_login(self.login)

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def get_urls(self):
        """Without the address that leads from any row's key to its page, past who may see the row."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def each_context(self, request):
        """What every page needs; the list of all models only on the page that shows it."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }

    def index(self, request, extra_context=None):
        """The desk: the person's work, then the records in the order of work."""
        return super().index(request, {"desk": self.desk(request.user), **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        """The models in groups of work, in the order in which each admin class says it stands."""
        models = [model for app in self._build_app_dict(request).values() for model in app["models"]]
        models.sort(key=lambda model: self._registry[model["model"]].place)
        for model in models:
            model["note"] = self._registry[model["model"]].note
        groups = groupby(models, key=lambda model: self._registry[model["model"]].group)
        return [{"name": name, "models": list(found)} for name, found in groups]

    def app_index(self, request, app_label, extra_context=None):
        return redirect("admin:index")
