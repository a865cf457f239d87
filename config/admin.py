"""The admin site: one sign-in with the web pages, open to whoever holds a post."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Site(admin.AdminSite):
    """Sổ số liệu: where the bloc's records are read, entered and corrected."""

    site_title = _("Thi Đua")
    site_header = _("Thi Đua - Sổ số liệu")
    index_title = _("Sổ số liệu")
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.login = secure_admin_login(self.login)

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff
