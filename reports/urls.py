"""Addresses of documents: a bloc-year's report, the acts of its life, its files."""

from django.urls import path

from reports import views

urlpatterns = [
    path("nam/<str:year>/khoi/<slug:bloc>/bao-cao-tong-ket/<slug:edition>/", views.report, name="report"),
    path(
        "nam/<str:year>/khoi/<slug:bloc>/bao-cao-tong-ket/<slug:edition>/lap-du-thao/",
        views.ask_for_draft,
        name="report-draft",
    ),
    path("van-ban/<int:pk>/trinh-ky/", views.ask_for_signature, name="document-send"),
    path("van-ban/<int:pk>/rut-ve/", views.take_back, name="document-take-back"),
    path("van-ban/<int:pk>/ban-da-ky/", views.file_signed, name="document-file-signed"),
    path("van-ban/<int:pk>/so-ngay/", views.assign_number, name="document-assign-number"),
    path("van-ban/<int:pk>/phat-hanh/", views.ask_for_release, name="document-release"),
    path("van-ban/<int:pk>/tep-da-ky/", views.signed_copy, name="document-signed-copy"),
    path("van-ban/ban/<int:pk>.<str:ending>", views.version_file, name="document-version"),
]
