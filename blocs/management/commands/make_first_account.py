"""`manage.py make_first_account ROLE`: the first administrator or staff account of an installation."""

import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from blocs.actions import make_first_account
from blocs.models import Person, Post, User
from blocs.models.people import Operator
from blocs.permissions import Refused

ROLES = [Post.Role.ADMINISTRATOR, Post.Role.STAFF]


class Command(BaseCommand):
    help = (
        "Lập tài khoản quản trị hoặc tài khoản cán bộ thi đua, khen thưởng đầu tiên; mật khẩu hỏi khi chạy."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", choices=ROLES, help="nhiệm vụ trên hệ thống")
        parser.add_argument("--username", required=True, help="tên đăng nhập")
        parser.add_argument("--full-name", required=True, help="họ và tên")
        parser.add_argument("--title", required=True, help="chức vụ ghi trên văn bản")

    def handle(self, *, role, username, full_name, title, **options):
        password = getpass.getpass("Mật khẩu: ")
        if getpass.getpass("Gõ lại mật khẩu: ") != password:
            raise CommandError("Hai lần gõ mật khẩu khác nhau.")
        try:
            User(username=username).clean_fields(exclude=["password", "person"])
            Person(full_name=full_name).clean_fields(exclude=["search_key", "sort_key"])
            validate_password(password, User(username=username))
            user = make_first_account(
                role=role,
                full_name=full_name,
                title=title,
                username=username,
                password=password,
                by=Operator(getpass.getuser()),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã lập tài khoản {user.username}.")
