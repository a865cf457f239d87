"""Annexes about a bloc's year: its units, what it proposes, whom it honours."""

from blocs import notation
from reports.blocks import Annex, Column, Missing, Table
from reports.documents.phrases import NO_DATA, named_person, recipient_name


def member_list(facts):
    """Annex: the units of the bloc with their role and representative."""
    rows = tuple(
        (
            str(place),
            seat.unit.name(facts.day),
            seat.role_label,
            named_person(seat) if seat.representative else None,
        )
        for place, seat in enumerate(facts.members, start=1)
    )
    table = Table(
        (
            Column("TT", 1, "center"),
            Column("Đơn vị", 7),
            Column("Vai trò", 3),
            Column("Đại diện", 5),
        ),
        rows,
    )
    return Annex("", f"Danh sách đơn vị thành viên {facts.bloc_year.name} năm {facts.year}", (table,))


def nomination_list(facts):
    """Annex: the units and persons proposed, once all their names are known."""
    rows = [
        (award.name(facts.day, authority=facts.root), nomination)
        for award, nominations in facts.nominations_by_award
        for nomination in nominations
    ]
    return named_list(facts, f"Danh sách đề nghị khen thưởng năm {facts.year}", "Danh hiệu, hình thức", rows)


def exemplar_list(facts):
    """Annex: the exemplars, once all their names are known."""
    rows = [(exemplar.get_kind_display().capitalize(), exemplar) for exemplar in facts.exemplars]
    return named_list(facts, f"Danh sách điển hình tiên tiến năm {facts.year}", "Loại", rows)


def named_list(facts, title, first_column, rows):
    """An annex that names every recipient; a list with gaps is no list, so until then what is missing."""
    unnamed = sum(row.recipient is None for _label, row in rows)
    if unnamed or not rows:
        what = f"còn {notation.count(unnamed)} tên chưa ghi" if unnamed else "danh sách"
        address = facts.address("proposals")
        return Annex("", title, (Missing(f"{NO_DATA}: {what}", address, "Xem và bổ sung tên"),))
    columns = [Column("TT", 1, "center"), Column(first_column, 4), Column("Tập thể, cá nhân", 6)]
    cells = [
        [str(place), label, recipient_name(facts, row)] for place, (label, row) in enumerate(rows, start=1)
    ]
    if any(row.achievement for _label, row in rows):
        columns.append(Column("Thành tích", 5))
        cells = [[*line, row.achievement or None] for line, (_label, row) in zip(cells, rows, strict=True)]
    return Annex("", title, (Table(tuple(columns), tuple(map(tuple, cells))),))
