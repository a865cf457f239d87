"""Papers for the hall: danh sách ký tên điểm danh, biển tên, chương trình."""

from django.utils.translation import gettext_lazy as _

from reports.blocks import Column, Document, Paragraph, Plate, Section, Table
from reports.documents.meetings.shared import line, paper, printed, programme_blocks, unknown

SIGNING = (
    Column("STT", 1, "center"),
    Column("Họ và tên", 4.5),
    Column("Chức vụ, đơn vị", 6),
    Column("Ký tên", 3.5),
)
ROOM_FOR_OTHERS = 5  # empty lines for who comes unannounced


def build_signing_list(facts, edition, stage):
    """The list to be signed at the door, by rank and units in the decree's order."""
    body = [
        line(facts, "Thời gian", facts.when, "thời gian"),
        line(facts, "Địa điểm", facts.meeting.place_name, "nơi tổ chức"),
    ]
    if facts.attendances:
        number = 0
        for rank, rows in facts.ranks:
            cells = []
            for each in rows:
                number += 1
                cells.append((str(number), each.as_addressed or None, facts.post_of(each), None))
            body.append(Section(str(rank), (Table(SIGNING, tuple(cells), tall=True),)))
        empty = tuple((str(number + more), None, None, None) for more in range(1, ROOM_FOR_OTHERS + 1))
        body.append(Section("Đại biểu khác", (Table(SIGNING, empty, tall=True),)))
    else:
        body.append(unknown(facts, "thành phần dự", "#attendance"))
    return paper(
        facts,
        SIGNING_LIST,
        stage,
        type_name="DANH SÁCH ĐẠI BIỂU KÝ TÊN",
        subject=f"Dự {facts.meeting.title}",
        body=body,
    )


def build_plates(facts, edition, stage):
    """A plate for each named guest, to be folded once."""
    plates = [Plate(each.as_addressed, facts.post_of(each)) for each in facts.named]
    return Document(
        title=f"Biển tên: {facts.meeting.title}",
        type_name="",
        subject=facts.meeting.title,
        letterhead=None,
        body=tuple(plates) or (unknown(facts, "người dự có tên", "#attendance"),),
        signatures=(),
        author=facts.letterhead_unit.name(facts.day),
    )


def build_programme(facts, edition, stage):
    """The programme as it is handed out."""
    body = [
        line(facts, "Thời gian", facts.when, "thời gian"),
        line(facts, "Địa điểm", facts.meeting.place_name, "nơi tổ chức"),
    ]
    if facts.chair:
        body.append(Paragraph("Chủ trì: {chair}.", {"chair": facts.chair}))
    return paper(
        facts,
        PROGRAMME,
        stage,
        type_name="CHƯƠNG TRÌNH",
        subject=facts.meeting.title,
        body=[*body, *programme_blocks(facts)],
    )


SIGNING_LIST = printed("signing-list", _("Danh sách ký tên"), build_signing_list, "danh-sach-ky-ten")
PLATES = printed("plates", _("Biển tên"), build_plates, "bien-ten")
PROGRAMME = printed("programme", _("Chương trình"), build_programme, "chuong-trinh")
