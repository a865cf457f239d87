"""Biên bản kiểm tra: a team's sitting with a unit, what was agreed otherwise than the unit gave itself."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.permissions import Refusal
from campaigns.scores.models import Inspection, InspectionMember
from campaigns.scores.permissions import may_edit_inspection
from campaigns.scores.sheets.counting import sheet_totals
from reports.blocks import Bundle, Column, Missing, Paragraph, Section, Signature, Table
from reports.documents.base import DocumentKind, PrintedKind
from reports.documents.blocs import issuer_of_bloc, pages_of_bloc_year
from reports.documents.phrases import NO_DATA, listed, paragraphs
from reports.documents.scores.facts import InspectionFacts
from reports.documents.scores.shared import cell_of, maximum_of, paper, sections_of

Side = InspectionMember.Side
COPIES = ("Bản lưu tại đơn vị được kiểm tra", "Bản lưu tại Khối")


def build(facts, edition, stage):
    """The minutes: who sat there, what was checked and agreed, the conclusion, two copies."""
    subject = f"Kiểm tra, chấm điểm thi đua năm {facts.year} đối với {facts.unit.name(facts.day)}"
    return paper(
        facts,
        INSPECTION,
        stage,
        type_name="BIÊN BẢN",
        subject=subject,
        body=[
            Paragraph.plain(opening(facts)),
            Section("Thành phần", tuple(people(facts)), key="people"),
            Section("Kết quả kiểm tra", tuple(results(facts)), key="results"),
            Section("Ý kiến, kết luận", tuple(conclusion(facts)), key="conclusion"),
            Paragraph.plain(
                "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản; hai bên cùng đọc "
                "lại, thống nhất và ký tên."
            ),
        ],
        signatures=(
            Signature(("ĐẠI DIỆN ĐƠN VỊ",), first_name(facts, Side.UNIT), issuing=False),
            Signature(("TM. " + facts.inspection.team_name,), first_name(facts, Side.TEAM)),
        ),
        recipients=(facts.unit.name(facts.day), "Lưu: VT"),
    )


def copies(facts, edition, stage):
    """Both copies in one file, to be signed on the spot."""
    tree = build(facts, edition, stage)
    return Bundle(tree.title, tuple(tree.remarked(copy) for copy in COPIES))


def opening(facts):
    """When and where."""
    sitting = facts.inspection
    day = notation.day_in_words(sitting.day) if sitting.day else "ngày     tháng     năm     "
    hours = f"từ {notation.clock(sitting.starts_at)} " if sitting.starts_at else ""
    hours += f"đến {notation.clock(sitting.ends_at)} " if sitting.ends_at else ""
    where = f", tại {sitting.place_name}" if sitting.place_name else ""
    return (
        f"Hôm nay, {hours}{day}{where}, {sitting.team_name} của {facts.bloc_year.name} kiểm tra, thống nhất "
        f"điểm thi đua năm {facts.year} với {facts.unit.name(facts.day)}."
    )


def people(facts):
    """The two sides, as entered."""
    for label, side in ((facts.inspection.team_name, Side.TEAM), (facts.unit.name(facts.day), Side.UNIT)):
        found = facts.side(side)
        if found:
            yield Paragraph.plain(f"{label}:")
            yield listed(named(facts, each) for each in found)
        else:
            address = facts.inspection.get_absolute_url()
            yield Missing(f"{NO_DATA}: thành phần của {label}", address, "Ghi thành phần")


def named(facts, member):
    """Name, post and unit, as far as they are known."""
    unit = member.unit.name(facts.day) if member.unit and member.side == Side.TEAM else ""
    return ", ".join(filter(None, [member.name, member.title, unit]))


def first_name(facts, side):
    """Who signs for a side: the first one named."""
    return next((each.name for each in facts.side(side) if each.name), "")


def results(facts):
    """How many criteria were agreed as they were, which were not, what sections and the whole come to."""
    checked, address = facts.results(facts.checked), facts.inspection.get_absolute_url()
    if facts.plan is None or not checked:
        yield Missing(f"{NO_DATA}: điểm đã thống nhất", address, "Mở buổi kiểm tra")
        return
    deviations = facts.deviations
    yield Paragraph.plain(
        f"Đã kiểm tra {notation.count(len(checked))} tiêu chí: giữ nguyên điểm tự chấm "
        f"{notation.count(len(checked) - len(deviations))} tiêu chí, điều chỉnh "
        f"{notation.count(len(deviations))} tiêu chí."
    )
    if deviations:
        yield deviation_table(facts, deviations)
    yield section_table(facts, checked)


def deviation_table(facts, deviations):
    """The criteria whose points were changed, with the reason."""
    return Table(
        (
            Column("TT", 1, "center"),
            Column("Mục", 1.5, "center"),
            Column("Tiêu chí", 6),
            Column("Tự chấm", 2, "center"),
            Column("Kiểm tra", 2, "center"),
            Column("Lý do", 5),
        ),
        tuple(
            (
                str(place),
                facts.plan.codes[criterion.key] or None,
                criterion.text,
                cell_of(facts, own),
                cell_of(facts, result),
                reason or None,
            )
            for place, (criterion, own, result, reason) in enumerate(deviations, 1)
        ),
        caption="Các tiêu chí điều chỉnh",
    )


def section_table(facts, checked):
    """What each section comes to, by the unit and by the team, and the whole."""
    own = facts.results(facts.own)
    before = sections_of(facts, sheet_totals(facts.plan, "self", own) if own else None)
    after = sections_of(facts, sheet_totals(facts.plan, "check", checked))
    return Table(
        (
            Column("Mục", 1.5, "center"),
            Column("Nội dung", 8),
            Column("Điểm chuẩn", 2.2, "center"),
            Column("Tự chấm", 2.2, "center"),
            Column("Kiểm tra", 2.2, "center"),
        ),
        tuple(
            (
                each.code or None,
                each.title,
                facts.points(maximum_of(each)),
                before.get(each.key),
                after.get(each.key),
            )
            for each in facts.plan.sections
        ),
        caption="Tổng hợp điểm",
        total=(None, "Tổng cộng", facts.points(facts.plan.maximum), before.get(None), after.get(None)),
    )


def conclusion(facts):
    """What the two sides concluded, as typed."""
    if facts.inspection.conclusion.strip():
        return paragraphs(facts.inspection.conclusion)
    address = facts.inspection.get_absolute_url()
    return [Missing(f"{NO_DATA}: ý kiến, kết luận", address, "Ghi kết luận")]


def later(facts):
    """Why minutes cannot be made yet."""
    if facts.inspection.day is None:
        return Refusal(_("Chưa lập được: chưa ghi ngày kiểm tra."))
    if not facts.results(facts.checked):
        return Refusal(_("Chưa lập được: buổi kiểm tra chưa có điểm."))
    return None


def recipients(facts):
    """The unit, the units on the team, the leader's."""
    team = [each.unit for each in facts.side(Side.TEAM) if each.unit]
    return list(dict.fromkeys([facts.unit, *team, facts.letterhead_unit]))


def address(name):
    """The page of this name of a sitting."""
    return lambda sitting, edition: reverse(
        name, args=[sitting.bloc_year.year.code, sitting.bloc_year.bloc.code, sitting.unit.code]
    )


COMMON = {
    "model": Inspection,
    "gather": InspectionFacts.of,
    "above": lambda sitting: [
        *pages_of_bloc_year(sitting.bloc_year),
        (sitting.team_name, sitting.get_absolute_url()),
    ],
}
INSPECTION = DocumentKind(
    code="inspection",
    name=gettext_lazy("Biên bản kiểm tra"),
    type_code="BB",
    build=build,
    stem=lambda facts, edition: f"BB-kiem-tra-{facts.unit.code}-{facts.year}",
    address=address("inspection-minutes"),
    title=lambda sitting, edition: str(INSPECTION.name),
    issuer=issuer_of_bloc,
    signer=lambda facts: (first_name(facts, Side.TEAM), facts.inspection.team_name),
    recipients=recipients,
    awaits=later,
    **COMMON,
)
INSPECTION_COPIES = PrintedKind(
    code="inspection-copies",
    name=gettext_lazy("Biên bản kiểm tra (02 bản để ký)"),
    build=copies,
    stem=lambda facts, edition: f"BB-kiem-tra-02-ban-{facts.unit.code}-{facts.year}",
    address=address("inspection-copies"),
    title=lambda sitting, edition: str(INSPECTION_COPIES.name),
    may_print=may_edit_inspection,
    **COMMON,
)
