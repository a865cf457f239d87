"""Addresses of the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView
from django.views.i18n import set_language

from blocs.views.gallery import gallery
from config.appearance import choose_appearance
from config.health import health
from config.help import help_index, help_page
from config.keeping import kept


def said(template_name):
    """A page that only says something."""
    return TemplateView.as_view(template_name=template_name)


urlpatterns = [
    path("suc-khoe/", health, name="health"),
    path("quan-tri/", admin.site.urls),
    # Accounts, passwords and addresses are given by the staff in charge, not by electronic mail.
    path(
        "tai-khoan/password/reset/",
        login_not_required(said("account/password_reset.html")),
        name="account_reset_password",
    ),
    path("tai-khoan/email/", said("account/email.html"), name="account_email"),
    path("tai-khoan/sessions/", RedirectView.as_view(pattern_name="usersessions_list")),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("giup/", help_index, name="help"),
    path("giup/<slug:key>/", help_page, name="help-page"),
    path("noi-dung-chua-gui/", kept, name="kept"),
    path("giao-dien/", gallery, name="gallery"),
    path("hien-thi/", choose_appearance, name="appearance"),
    path("", include("reports.urls")),
    path("", include("awards.decisions.urls")),
    path("", include("campaigns.scores.urls")),
    path("", include("campaigns.urls")),
    path("", include("blocs.urls")),
]
