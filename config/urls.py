"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from config.health import health

urlpatterns = [
    path("suc-khoe/", health, name="health"),
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("", include("reports.urls")),
    path("", include("awards.urls")),
    path("", include("campaigns.urls")),
    path("", include("blocs.urls")),
]
