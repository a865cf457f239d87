"""`manage.py tick`: the timer's work, every minute."""

from django.core.management.base import BaseCommand

from blocs.contributions import registry


class Command(BaseCommand):
    help = "Run the timer's work once: seal the journal, take up broken jobs, and what other apps registered."

    def handle(self, **options):
        failed = []
        for tick in registry.ticks:
            try:
                self.stdout.write(f"{tick.name}: {tick.run()}")
            except Exception as error:  # noqa: BLE001 (one tick that fails must not stop the others)
                failed.append(tick.name)
                self.stderr.write(f"{tick.name}: {error}")
        if failed:
            raise SystemExit(1)
