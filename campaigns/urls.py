"""Addresses of the year's work."""

from django.urls import path

from campaigns.views import bloc_years, boards, handovers, home, meetings, phases, years

urlpatterns = [
    path("", home.home, name="home"),
    path("nam/<str:year>/", years.year, name="year"),
    path("nam/<str:year>/giai-doan/", phases.phases, name="phases"),
    path("nam/<str:year>/giai-doan/gia-han/", phases.extend, name="phase-extend"),
    path("nam/<str:year>/giai-doan/<int:pk>/bo/", phases.end_exception, name="phase-remove"),
    path("nam/<str:year>/don-doc/", boards.board, name="board"),
    path("nam/<str:year>/don-doc/nhac/", boards.remind, name="remind"),
    path("nam/<str:year>/don-doc/nhac/<int:pk>/", boards.reminded, name="reminded"),
    path("nam/<str:year>/don-doc/goi/<int:bloc_year>/<int:unit>/", boards.log_call, name="log-call"),
    path("nam/<str:year>/khoi/<slug:bloc>/", bloc_years.bloc_year, name="bloc-year"),
    path("nam/<str:year>/khoi/<slug:bloc>/ke-hoach/", bloc_years.plan, name="plan"),
    path("nam/<str:year>/khoi/<slug:bloc>/khoa/", bloc_years.close, name="bloc-year-close"),
    path("nam/<str:year>/khoi/<slug:bloc>/ban-giao/", handovers.handover, name="handover"),
    path("nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/<int:pk>/", meetings.meeting, name="meeting"),
]
