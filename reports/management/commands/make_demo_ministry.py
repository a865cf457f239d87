"""`manage.py make_demo_ministry [--seed 2026]`: a whole ministry that does not exist, with DEBUG only."""

import getpass
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from blocs.models import Unit
from blocs.models.people import Operator
from blocs.permissions import Refused
from reports.actions import make_demo_ministry
from reports.ministry import CODE


class Command(BaseCommand):
    help = "Lập một bộ minh hoạ đầy đủ (15 khối, 200 đơn vị, hai năm); cùng hạt giống thì cùng dữ liệu."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2026, help="hạt giống (mặc định 2026)")

    def handle(self, *, seed, **options):
        if not settings.DEBUG:
            raise CommandError("Chỉ lập bộ minh hoạ khi DEBUG=on.")
        if Unit.objects.filter(is_root=True, code=CODE).exists():
            self.stdout.write("Bộ minh hoạ đã có, giữ nguyên.")
            return
        started = perf_counter()
        try:
            made = make_demo_ministry(seed=seed, by=Operator(getpass.getuser()))
        except Refused as error:
            raise CommandError(str(error)) from error
        for name, number in made.items():
            self.stdout.write(f"  thêm {number} {name}")
        seconds = perf_counter() - started
        self.stdout.write(f"Đã lập bộ minh hoạ: {sum(made.values())} dòng trong {seconds:.1f} giây.")
