"""Steps of a paper's life with all that they need, for tests."""

from datetime import date

from blocs import actions
from blocs.actions.documents import Made
from blocs.journal import Paper

TODAY = date(2020, 12, 20)
SIGNED_ON, ISSUED_ON = date(2020, 12, 15), date(2020, 12, 16)  # as IssuedDocumentFactory has them
MADE = Made(data={"title": "Báo cáo"}, pdf=b"%PDF-1.7", docx=b"PK")


def draft(bloc_year, issuer, *, by, number=1, edition="", reason=""):
    return actions.make_draft(
        subject=bloc_year,
        kind="year-end-summary",
        edition=edition,
        type_code="BC",
        title="Báo cáo tổng kết",
        issuer=issuer,
        symbol="BC-ĐV",
        file_stem="BC-tong-ket-khoi-2020",
        draft_number=number,
        made=MADE,
        by=by,
        reason=reason,
    )


def file_signed(document, *, by, day=SIGNED_ON, signer_name="Trần Thị Bình", **options):
    return actions.file_signed(
        document=document,
        content=b"%PDF-1.7 scan",
        media_type="application/pdf",
        paper=Paper(day, "Hà Nội"),
        signer_name=signer_name,
        signer_title="Cục trưởng",
        by=by,
        **options,
    )


def give_number(document, *, by, number=5, issued_on=ISSUED_ON, paper=None, **options):
    return actions.assign_number(
        document=document, number=number, issued_on=issued_on, by=by, paper=paper, **options
    )


def release(document, *, by, recipients=()):
    return actions.release(
        document=document,
        made=MADE,
        journal_head="a" * 64,
        rulebook_day=date(2020, 12, 31),
        recipients=list(recipients),
        by=by,
    )
