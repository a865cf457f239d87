"""Addresses of long work."""

from django.urls import path

from blocs import views

urlpatterns = [
    path("cong-viec/<int:pk>/", views.job, name="job"),
    path("cong-viec/<int:pk>/dung/", views.cancel_job, name="job-cancel"),
]
