"""`manage.py issue KIND --bloc CODE --year 2020 --out FILE`: a document as a file, from the console."""

import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from blocs.models import IssuedDocument
from blocs.models.people import Operator
from blocs.permissions import Refused
from campaigns.models import BlocYear
from reports import issuing
from reports.documents import KINDS
from reports.documents.base import version_file_name
from reports.writers.pdf import RenderingFailed

FORMATS = ("pdf", "docx")


class Command(BaseCommand):
    help = "Write the newest version of a document to a file; makes a draft when there is none."

    def add_arguments(self, parser):
        parser.add_argument(
            "kind", choices=sorted(each.code for each in KINDS.values() if each.model is BlocYear)
        )
        parser.add_argument("--bloc", required=True, help="code of the bloc")
        parser.add_argument("--year", required=True, help="code of the emulation year, such as 2020")
        parser.add_argument("--edition", default="official", help="official (default) or conference")
        parser.add_argument("--out", required=True, help="a file, or a folder for the official file name")
        parser.add_argument("--format", choices=FORMATS, help="pdf or docx; the file's ending unless given")

    def handle(self, *, kind, bloc, year, edition, out, format, **options):  # noqa: A002 (the option's name)
        bloc_years = BlocYear.objects.select_related("year", "bloc")
        bloc_year = bloc_years.filter(bloc__code=bloc, year__code=year).first()
        if bloc_year is None:
            raise CommandError(_("Không có khối %(bloc)s trong năm %(year)s.") % {"bloc": bloc, "year": year})
        if edition not in KINDS[kind].editions:
            raise CommandError(_("Không có bản “%(edition)s” của văn bản này.") % {"edition": edition})
        out = Path(out)
        ending = format or out.suffix.removeprefix(".")
        if ending not in FORMATS:
            raise CommandError(_("Tên tệp phải có đuôi .pdf hoặc .docx."))
        try:
            version = newest_version(bloc_year, kind, edition, by=Operator(getpass.getuser()))
        except (Refused, RenderingFailed) as error:
            raise CommandError(str(error)) from error
        if out.is_dir():
            out = out / version_file_name(version, ending)
        stored = version.pdf if ending == "pdf" else version.docx
        out.write_bytes(bytes(stored.content))
        self.stdout.write(str(out))


def newest_version(bloc_year, kind, edition, *, by):
    """The newest version of the released document, else of the one in preparation, else a first draft."""
    documents = IssuedDocument.objects
    document = documents.in_force(bloc_year, kind, edition) or documents.in_preparation(
        bloc_year, kind, edition
    )
    if document is None:
        return issuing.draft(bloc_year, kind, edition, by=by)
    return document.versions.select_related("pdf", "docx", "document").first()
