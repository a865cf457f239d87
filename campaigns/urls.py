"""Addresses of the year's work."""

from django.urls import path

from campaigns.views import bloc_years, home, meetings, years

urlpatterns = [
    path("", home.home, name="home"),
    path("nam/<str:year>/", years.year, name="year"),
    path("nam/<str:year>/khoi/<slug:bloc>/", bloc_years.bloc_year, name="bloc-year"),
    path("nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/<int:pk>/", meetings.meeting, name="meeting"),
]
