"""Addresses of the year's work."""

from django.urls import path

from campaigns import views

urlpatterns = [
    path("", views.home, name="home"),
    path("nam/<str:year>/", views.year, name="year"),
    path("nam/<str:year>/khoi/<slug:bloc>/", views.bloc_year, name="bloc-year"),
    path("nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/<int:pk>/", views.meeting, name="meeting"),
]
