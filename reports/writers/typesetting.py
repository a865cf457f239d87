"""A program of its own that turns HTML and pictures into a PDF: the one place that knows WeasyPrint.

Run by `reports.writers.pdf` as `python -m reports.writers.typesetting MEGABYTES SECONDS`. It needs neither
Django nor a database. It sets its own ceilings, dies with its parent, reads no file but those below static/
and no address but those of the pictures it was handed.

Exit status: 0 and the PDF on standard output; EX_DATAERR and a line for each of WeasyPrint's warnings on
standard error; EX_UNAVAILABLE where Pango is missing. Any other is a crash, mostly for want of memory.
"""

import base64
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from blocs.ceilings import limit

try:
    from weasyprint import HTML
    from weasyprint.pdf.metadata import DocumentMetadata
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError as error:  # WeasyPrint loads Pango when it is imported
    if __name__ != "__main__":
        raise
    sys.stderr.write(f"{error}\n")
    sys.exit(os.EX_UNAVAILABLE)

# PDF/A knows no PDF/UA: the identifier needs the description of its schema beside it (ISO 19005-3, 6.6.2.3).
PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class Fetcher(URLFetcher):
    """Serves the pictures handed over and files below one folder, and nothing else."""

    def __init__(self, root: Path, pictures: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.root = root.resolve()
        self.pictures = pictures

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        """The picture or file. Raises ValueError for every other address."""
        if url in self.pictures:
            media_type, content = self.pictures[url]
            return URLFetcherResponse(url, content, {"Content-Type": media_type})
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(self.root):
            raise ValueError(f"an address outside static/ and the document's pictures: {url}")
        media_type = {".css": "text/css"}.get(path.suffix, "application/octet-stream")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


class Metadata(DocumentMetadata):
    """XMP that says PDF/UA-1 beside PDF/A-3a; WeasyPrint writes one or the other."""

    def generate_rdf_metadata(self, variant, version, conformance) -> bytes:
        """WeasyPrint's RDF with the PDF/UA identifier inside it."""
        rdf = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.replace(b"</rdf:RDF>", PDF_UA.strip())


class Warnings(logging.Handler):
    """Keeps the messages of WeasyPrint that say something could not be printed as asked."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.messages.append(record.getMessage())


def typeset(html: str, root: Path, pictures: dict[str, tuple[str, bytes]]) -> tuple[bytes, list[str]]:
    """The PDF of a page and WeasyPrint's warnings. Relative addresses mean files below `root`."""
    warnings = Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    try:
        fetcher = Fetcher(root, pictures)
        document = HTML(string=html, base_url=f"{root.as_uri()}/", url_fetcher=fetcher).render()
        document.metadata = Metadata(**vars(document.metadata))
        document.metadata.created = document.metadata.modified = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return document.write_pdf(pdf_variant="pdf/a-3a"), warnings.messages
    finally:
        logger.removeHandler(warnings)


def main() -> int:
    """Read the order, print the PDF or the warnings."""
    parent = os.getppid()
    limit(*map(int, sys.argv[1:]))
    order = json.load(sys.stdin)
    if os.getppid() != parent:
        return 1
    pictures = {
        address: (media_type, base64.b64decode(content))
        for address, (media_type, content) in order["pictures"].items()
    }
    pdf, warnings = typeset(order["html"], Path(order["root"]), pictures)
    if warnings:
        sys.stderr.write("\n".join(warnings))
        return os.EX_DATAERR
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
