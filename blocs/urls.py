"""Addresses of accounts, posts and long work."""

from django.urls import path

from blocs.views import drafts, jobs, signin

urlpatterns = [
    path("tai-khoan/nhan/", signin.use_code, name="use-code"),
    path("tai-khoan/phien/", signin.sessions, name="usersessions_list"),
    path("tai-khoan/2fa/hinh/", signin.second_factor_picture, name="second-factor-picture"),
    path("cong-viec/<int:pk>/", jobs.job, name="job"),
    path("cong-viec/<int:pk>/dung/", jobs.cancel_job, name="job-cancel"),
    path("nhap/", drafts.draft, name="draft"),
]
