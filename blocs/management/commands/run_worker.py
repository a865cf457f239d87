"""`manage.py run_worker`: the process that does long work."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from blocs.work.jobs import reap


class Command(BaseCommand):
    help = "Do the jobs that people ask for; start as many of these as the server has room for."

    def handle(self, **options):
        reap()
        call_command("db_worker", queue_name="*", reload=False, startup_delay=False)
