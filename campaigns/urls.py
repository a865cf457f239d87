"""Addresses of the year's work."""

from django.urls import path

from campaigns.desk.views import boards, home
from campaigns.handovers import views as handovers
from campaigns.meetings.views import attendance, meetings, recording, statements, tasks
from campaigns.pledges import views as pledges
from campaigns.years.views import bloc_years, openings, phases, reorganising, years

BLOC = "nam/<str:year>/khoi/<slug:bloc>/"
MEETING = f"{BLOC}hoi-nghi/<int:pk>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("don-vi/<int:pk>/thay-doi/", reorganising.change, name="unit-change"),
    path("nam/mo/", openings.open_year, name="open-year"),
    path("nam/<str:year>/", years.year, name="year"),
    path("nam/<str:year>/giai-doan/", phases.phases, name="phases"),
    path("nam/<str:year>/giai-doan/gia-han/", phases.extend, name="phase-extend"),
    path("nam/<str:year>/giai-doan/<int:pk>/bo/", phases.end_exception, name="phase-remove"),
    path("nam/<str:year>/don-doc/", boards.board, name="board"),
    path("nam/<str:year>/don-doc/nhac/", boards.remind, name="remind"),
    path("nam/<str:year>/don-doc/nhac/<int:pk>/", boards.reminded, name="reminded"),
    path("nam/<str:year>/don-doc/nhac/<int:pk>/gui-lai/", boards.remind_again, name="remind-again"),
    path("nam/<str:year>/don-doc/goi/<int:bloc_year>/<int:unit>/", boards.log_call, name="log-call"),
    path("nam/<str:year>/khoi/<slug:bloc>/", bloc_years.bloc_year, name="bloc-year"),
    path("nam/<str:year>/khoi/<slug:bloc>/ke-hoach/", bloc_years.plan, name="plan"),
    path("nam/<str:year>/khoi/<slug:bloc>/khoa/", bloc_years.close, name="bloc-year-close"),
    path("nam/<str:year>/khoi/<slug:bloc>/ban-giao/", handovers.handover, name="handover"),
    path(f"{BLOC}hoi-nghi/moi/", meetings.plan, name="meeting-plan"),
    path(f"{BLOC}hoi-nghi/ghi/<str:kind>/", recording.record_new, name="meeting-record-new"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}tra-loi/<int:attendance>/", meetings.reply, name="meeting-reply"),
    path(f"{MEETING}moi/", attendance.invite, name="meeting-invite"),
    path(f"{MEETING}ban-chup/", meetings.scan, name="meeting-scan"),
    path(f"{MEETING}diem-danh/", attendance.attendance, name="meeting-attendance"),
    path(f"{MEETING}phat-bieu/", statements.statement, name="meeting-statement"),
    path(f"{MEETING}ket-luan/", statements.conclusions, name="meeting-conclusions"),
    path(f"{MEETING}ghi/", recording.record, name="meeting-record"),
    path(f"{MEETING}ghi/ket-qua/", recording.outcomes, name="meeting-outcomes"),
    path(f"{MEETING}ghi/bau/", recording.election, name="meeting-election"),
    path(f"{MEETING}ghi/giao-uoc/", pledges.sign_at_meeting, name="meeting-pledge"),
    path(f"{BLOC}giao-uoc/ky/", pledges.sign, name="pledge-sign"),
    path("nam/<str:year>/nhiem-vu/", tasks.of_year, name="year-tasks"),
    path(f"{BLOC}nhiem-vu/", tasks.of_bloc, name="bloc-tasks"),
    path(f"{BLOC}nhiem-vu/<int:pk>/", tasks.task, name="task"),
    path(f"{BLOC}nhiem-vu/<int:pk>/mo-lai/", tasks.reopen, name="task-reopen"),
]
