"""`manage.py make_guides`: print the A4 sheets of each role into the files that the help pages hand out."""

from django.core.management.base import BaseCommand

from reports.documents.guides import GUIDES, guide
from reports.views.guides import file_of
from reports.writers.pdf import to_pdf


class Command(BaseCommand):
    help = "Print the A4 sheets 'làm trong 5 phút'; run after their words have changed."

    def handle(self, **options):
        for role in GUIDES:
            file_of(role).write_bytes(to_pdf(guide(role)))
            self.stdout.write(file_of(role).name)
