"""Addresses of what is proposed and honoured."""

from django.urls import path

from awards import views

urlpatterns = [
    path("nam/<str:year>/khoi/<slug:bloc>/de-nghi/", views.proposals, name="proposals"),
]
