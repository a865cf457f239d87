"""Files of papers: versions, signed copies, sets, guides; named as officials name them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from blocs.actions.documents import DOCX, PDF
from blocs.exports import XLSX
from blocs.models import DocumentVersion, IssuedDocument
from reports.blocks import read
from reports.documents.base import signed_file_name, version_file_name
from reports.writers.xlsx import has_tables, to_xlsx


@require_GET
def version_file(request, pk, ending):
    """The PDF or Word file of a version, or its tables as a spreadsheet, named as officials name it."""
    versions = DocumentVersion.objects.visible_to(request.user).select_related("document", "pdf", "docx")
    version = get_object_or_404(versions, pk=pk)
    if ending == "xlsx" and has_tables(tree := read(version.data)):
        return download(to_xlsx(tree), XLSX, version_file_name(version, ending))
    kept = {"pdf": version.pdf, "docx": version.docx}.get(ending)
    if kept is None:
        raise Http404
    return download(kept.content, {"pdf": PDF, "docx": DOCX}[ending], version_file_name(version, ending))


@require_GET
def signed_copy(request, pk):
    """The scan or signed PDF, for those who keep the document and, once released, its recipients."""
    documents = IssuedDocument.objects.visible_to(request.user).select_related("signed_file")
    document = get_object_or_404(documents, pk=pk, signed_file__isnull=False)
    kept = document.signed_file
    return download(kept.content, kept.media_type, signed_file_name(document))


def download(content, media_type, name):
    """The bytes as a file to keep, that no cache keeps."""
    return HttpResponse(
        bytes(content),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
