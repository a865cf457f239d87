"""Documents in the admin: read there, led on by the acts of their own page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blocs.admin.scoped import ReadOnlyAdmin
from blocs.models import IssuedDocument
from campaigns.admin import WORK
from reports.documents import KINDS
from reports.issuing import address_of


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(ReadOnlyAdmin):
    group, place = WORK, 9
    note = _("dự thảo, trình ký, số, ngày, phát hành")
    list_display = ["title", "edition_in_words", "state", "number", "issued_on"]
    list_filter = ["state"]
    fields = [
        "title",
        "edition_in_words",
        "state",
        "symbol",
        "signed_on",
        "signer_name",
        "number",
        "issued_on",
        "journal_head",
    ]
    readonly_fields = ["edition_in_words"]

    @admin.display(description=IssuedDocument._meta.get_field("edition").verbose_name)
    def edition_in_words(self, document):
        return KINDS[document.kind].editions.get(document.edition, document.edition)

    def page_of(self, document):
        return address_of(document) if document.edition in KINDS[document.kind].editions else ""
