"""`manage.py load_bloc_year FILE [--update]`: writes down what a bloc-year file knows of a past year."""

import getpass
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from blocs.models.people import Operator
from blocs.permissions import Refused
from blocs.toml_text import Faulty
from reports.actions import load_bloc_year
from reports.imports.bloc_year.comparing import name_of
from reports.imports.bloc_year.rows import read
from reports.imports.bloc_year.writing import rehearse


class Command(BaseCommand):
    help = "Nạp hồ sơ năm của một khối từ tệp TOML (docs/bloc-year-file.md): nạp hết hoặc không nạp gì."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp TOML")
        parser.add_argument("--update", action="store_true", help="sửa dữ liệu đã có theo tệp")

    def handle(self, *, file, update, **options):
        try:
            self._load(file, update)
        except OSError as error:
            raise CommandError(f"Không đọc được {file}: {error.strerror}.") from error
        except Faulty as error:
            faults = "\n".join(f"{file}, {fault}" for fault in error.faults)
            raise CommandError(
                f"{faults}\nChưa nạp gì. Sửa {len(error.faults)} lỗi trên rồi chạy lại."
            ) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(
                f"Có người vừa ghi cùng dữ liệu này; chưa nạp gì. Hãy chạy lại. ({error})"
            ) from error

    def _load(self, path, update):
        file = read(path)
        plan = rehearse(file)
        file.require_sound()
        differs = plan.needs_update and not update
        if plan.is_empty:
            self.stdout.write(f"{file.bloc_year}: không có gì thay đổi.")
        elif not differs:
            bloc_year = load_bloc_year(file=file, by=Operator(getpass.getuser()), update=update)
            self.stdout.write(f"{bloc_year}: đã nạp từ {path}.")
        for words in file.warnings:
            self.stdout.write(f"  Lưu ý, {words}")
        self._show(plan)
        if differs:
            raise CommandError("Tệp khác với dữ liệu đã có; chưa thay đổi gì. Thêm --update để sửa theo tệp.")

    def _show(self, plan):
        for kind, number in Counter(str(row.model._meta.verbose_name) for row in plan.additions).items():
            self.stdout.write(f"  thêm {number} {kind}")
        for change in plan.changes:
            before, after = change.words()
            self.stdout.write(f"  {change.name}: đã có {before}, trong tệp {after}")
        for obj in plan.unlisted:
            self.stdout.write(f"  đã có mà tệp không nêu (giữ nguyên): {name_of(obj)}")
