"""Addresses of what is proposed and honoured."""

from django.urls import path

from awards.decisions import recording, views

urlpatterns = [
    path("nam/<str:year>/khoi/<slug:bloc>/de-nghi/", views.proposals, name="proposals"),
    path(
        "nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/<int:pk>/ghi/de-nghi/",
        recording.record,
        name="meeting-proposals",
    ),
]
