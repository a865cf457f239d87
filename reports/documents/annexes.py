"""Annexes about a bloc's year: its units, what it proposes, whom it honours."""

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
    """Annex: the units and persons proposed, where their names are known."""
    rows = [
        (award.name(facts.day, authority=facts.root), recipient_name(facts, nomination))
        for award, nominations in facts.nominations_by_award
        for nomination in nominations
        if nomination.recipient
    ]
    return named_list(facts, f"Danh sách đề nghị khen thưởng năm {facts.year}", "Danh hiệu, hình thức", rows)


def exemplar_list(facts):
    """Annex: the exemplars, where their names are known."""
    rows = [
        (exemplar.get_kind_display().capitalize(), recipient_name(facts, exemplar))
        for exemplar in facts.exemplars
        if exemplar.recipient
    ]
    return named_list(facts, f"Danh sách điển hình tiên tiến năm {facts.year}", "Loại", rows)


def named_list(facts, title, first_column, rows):
    """An annex of numbered rows, or what is missing of it."""
    if not rows:
        block = Missing(NO_DATA + ": danh sách tên", facts.address("proposals"), "Xem và bổ sung tên")
        return Annex("", title, (block,))
    columns = (Column("TT", 1, "center"), Column(first_column, 5), Column("Tập thể, cá nhân", 8))
    table = Table(columns, tuple((str(place), *row) for place, row in enumerate(rows, start=1)))
    return Annex("", title, (table,))
