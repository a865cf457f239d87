"""Addresses of accounts, posts and long work."""

from django.urls import path

from blocs.views import accounts, drafts, imports, jobs, posts, search, signin, slips

urlpatterns = [
    path("tai-khoan/nhan/", signin.use_code, name="use-code"),
    path("tai-khoan/phien/", signin.sessions, name="usersessions_list"),
    path("tai-khoan/2fa/hinh/", signin.second_factor_picture, name="second-factor-picture"),
    path("nguoi-dung/", accounts.accounts, name="accounts"),
    path("nguoi-dung/moi/", slips.invite, name="invite"),
    path("nguoi-dung/phieu/", slips.slip, name="slip"),
    path("nguoi-dung/phieu/<int:pk>/gui/", slips.mail_slip, name="slip-mail"),
    path("nguoi-dung/<int:pk>/", accounts.person, name="person"),
    path("nguoi-dung/<int:pk>/phieu-moi/", slips.renew_slip, name="slip-renew"),
    path("nguoi-dung/<int:pk>/thu-hoi-phieu/", slips.withdraw_slip, name="slip-withdraw"),
    path("nguoi-dung/<int:pk>/thu-dien-tu/", accounts.set_email, name="account-email"),
    path("nguoi-dung/<int:pk>/ngung/", accounts.deactivate, name="account-deactivate"),
    path("nguoi-dung/<int:pk>/mo-lai/", accounts.reactivate, name="account-reactivate"),
    path("nguoi-dung/<int:pk>/go-xac-thuc/", accounts.remove_second_factor, name="second-factor-remove"),
    path("nhiem-vu/", posts.posts, name="posts"),
    path("nhiem-vu/<int:pk>/thoi-giao/", posts.end, name="post-end"),
    path("nhiem-vu/<int:pk>/lam-thay/", posts.substitute, name="post-substitute"),
    path("nhiem-vu/<int:pk>/ket-thuc-lam-thay/", posts.end_substitute, name="substitute-end"),
    path("nhiem-vu/<int:pk>/viec-con-mo/", posts.open_work, name="post-open-work"),
    path("cong-viec/<int:pk>/", jobs.job, name="job"),
    path("cong-viec/<int:pk>/dung/", jobs.cancel_job, name="job-cancel"),
    path("tim/", search.search, name="search"),
    path("nhap/", drafts.draft, name="draft"),
    path("bang-tinh/<int:pk>/", imports.preview, name="import"),
    path("bang-tinh/<int:pk>/cot/", imports.columns, name="import-columns"),
]
