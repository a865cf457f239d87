"""What the papers of scores share: their head, tables by section and criterion, words of what is missing."""

from campaigns.scores.models import Tier
from campaigns.scores.scoring.plan import Section as PlanSection
from reports.blocks import Column, Paragraph, Table
from reports.documents.base import paper_of_bloc

NOT_APPLICABLE = "KAD"
NO_SHEET = "chưa có phiếu chấm điểm"
TIERS = {
    Tier.SELF: "Tự chấm",
    Tier.CHECK: "Kiểm tra",
    Tier.LEADER: "Khối trưởng",
    Tier.CONFERENCE: "Hội nghị",
    Tier.DEPARTMENT: "Cấp bộ thẩm định",
}


def paper(facts, kind, stage, *, type_name, subject, body, **more):
    """A paper of a bloc's scores with the letterhead of the leader's unit."""
    told = {"type_name": type_name, "subject": subject, "body": body}
    return paper_of_bloc(facts, kind, stage, about=subject, **told, **more)


def basis(facts):
    """The set of criteria by which the scores came about."""
    known = facts.criteria_set
    if known is None:
        return
    version = f" (phiên bản {known.number})" if known.number > 1 else ""
    reference = f", số {known.reference}" if known.reference else ""
    words = {
        "name": known.name,
        "version": version,
        "reference": reference,
        "scale": facts.points(known.scale),
    }
    yield Paragraph("Chấm theo {name}{version}{reference}; tổng điểm chuẩn {scale} điểm.", words)


def parts_in_order(parts, depth=1):
    """(depth, section or criterion) below these parts, as a set lists them."""
    for part in parts:
        yield depth, part
        if isinstance(part, PlanSection):
            yield from parts_in_order(part.parts, depth + 1)


def heading_of(section):
    """The title of a section's column: its code, else its title."""
    return f"Mục {section.code}" if section.code else section.title


def section_keys(plan):
    """The keys of all sections, and None for the whole."""
    return [
        None,
        *(part.key for _depth, part in parts_in_order(plan.sections) if isinstance(part, PlanSection)),
    ]


def totals_of(plan, sums):
    """{section key: cells} of units' totals, each {section key: points}; by None those of the whole."""
    return {key: [each.get(key) for each in sums] for key in section_keys(plan)}


def maximum_of(part):
    """The full points of a section or criterion; of a section that does not say so the sum of its parts."""
    if not isinstance(part, PlanSection) or part.maximum is not None:
        return part.maximum
    return sum(maximum_of(each) for each in part.parts)


def criteria_table(facts, columns, cells, totals, *, caption="", notes=None):
    """Criteria by columns: sections head their criteria with what they add up to, the total closes.

    `columns` are the titles after code, criterion and full points; `cells` answers the cells of a criterion
    by its key, `totals` {section key: cells} and, by None, those of the whole. `notes` answers a last cell.
    """
    rows, groups, no_note = [], [], [None] if notes else []
    last = [Column("Cách tính, lý do", 75)] if notes else []
    for _depth, part in parts_in_order(facts.plan.sections):
        is_section = isinstance(part, PlanSection)
        if is_section:
            groups.append(len(rows))
        name = part.title if is_section else part.text
        shown = totals[part.key] if is_section else cells(part.key)
        note = no_note if is_section or not notes else [notes(part.key) or None]
        rows.append((part.code or None, name, facts.points(maximum_of(part)), *shown, *note))
    return Table(
        (
            Column("Mục", 13, "center"),
            Column("Tiêu chí", 80),
            Column("Điểm chuẩn", 15, "center"),
            *columns,
            *last,
        ),
        tuple(rows),
        caption=caption,
        total=(
            None,
            "Tổng cộng",
            facts.points(facts.plan.maximum),
            *totals[None],
            *([None] if notes else []),
        ),
        groups=tuple(groups),
        dense=True,
    )


def cell_of(facts, result):
    """The points of a result; the sign of a criterion that does not apply; nothing where none is known."""
    if result is None:
        return None
    return NOT_APPLICABLE if result.not_applicable else facts.points(result.points)


def sections_of(facts, totals):
    """{section key: points, and by None the total} of a unit's totals; nothing where there are none."""
    if totals is None:
        return {}
    found = {key: facts.points(each.points) for key, each in totals.sections.items()}
    return found | {None: facts.points(totals.total)}


def lacking(plan, totals):
    """Why a unit has no total to rank by, in words; empty where it has one."""
    if totals is None:
        return NO_SHEET
    if not totals.missing:
        return ""
    codes = [plan.codes[key] for key in totals.missing]
    return f"chưa chấm {len(codes)} tiêu chí: {', '.join(codes)}"


def has_not_applicable(facts):
    """Whether the sign of a criterion that does not apply stands anywhere."""
    return any(
        result.not_applicable
        for sheet in facts.scores.sheets
        for result in facts.scores.counted(sheet).values()
    )


def explained(facts):
    """What the sign of a criterion that does not apply means, where it stands."""
    if has_not_applicable(facts):
        yield Paragraph.plain(f"{NOT_APPLICABLE}: tiêu chí không áp dụng cho đơn vị.", "note")
