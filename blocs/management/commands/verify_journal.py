"""`manage.py verify_journal [--head H]`: proves that nothing up to a head was rewritten."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from blocs.journal import verify


class Command(BaseCommand):
    help = "Check the journal's seals against its entries; exit status 1 when something was rewritten."

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", help="the head printed in a released document")

    def handle(self, *, head, **options):
        verdict = verify(head)
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.faults:
            raise CommandError(_("Nhật ký không còn nguyên vẹn."))
        words = _(
            "Nhật ký nguyên vẹn: %(seals)s niêm phong, %(entries)s bút toán; "
            "%(unsealed)s bút toán chưa niêm phong."
        )
        self.stdout.write(
            words % {"seals": verdict.seals, "entries": verdict.entries, "unsealed": verdict.unsealed}
        )
