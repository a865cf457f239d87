"""Phiếu chấm điểm: a unit's criteria with the figures of every tier side by side, workings and reasons."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.permissions import Refusal
from campaigns.models import Seat
from campaigns.scores.models import InspectionMember, Tier
from campaigns.scores.sheets.counting import sheet_totals
from reports.blocks import Bullets, Column, Missing, Paragraph, Section, Signature
from reports.documents.base import ReadersKind
from reports.documents.blocs import leaders_signature, pages_of_bloc_year
from reports.documents.phrases import NO_DATA
from reports.documents.scores.facts import UnitFacts
from reports.documents.scores.shared import (
    TIERS,
    basis,
    cell_of,
    criteria_table,
    explained,
    paper,
    sections_of,
    totals_of,
)

Side = InspectionMember.Side


def build(facts, edition, stage):
    """The sheet: who scored, the figures, questions and answers."""
    return paper(
        facts,
        SHEET,
        stage,
        type_name="PHIẾU CHẤM ĐIỂM THI ĐUA",
        subject=f"{facts.unit.name(facts.day)}, năm {facts.year}",
        body=[*basis(facts), *desks(facts), *content(facts), *questions(facts)]
        if facts.plan and facts.sheets
        else [unknown(facts)],
        signatures=(Signature(("ĐẠI DIỆN ĐƠN VỊ",), issuing=False), leaders_signature(facts))
        if facts.sheets
        else (),
        landscape=True,
    )


def unknown(facts):
    """That nothing of it is sent or released yet."""
    link = facts.bloc_year.get_absolute_url()
    return Missing(f"{NO_DATA}: điểm của đơn vị", link, "Xem trang của Khối")


def desks(facts):
    """Which desk stands behind each tier, and since when its figures stand."""
    lines = [f"{TIERS[sheet.tier]}: {desk(facts, sheet)}{since(sheet)}" for sheet, _results in facts.sheets]
    yield Bullets(tuple(Paragraph.plain(f"{line}.") for line in lines))
    if facts.reopened:
        words = (
            f"Đang mở lại đến hết ngày {notation.day(facts.reopened.last_day)} "
            f"({facts.reopened.reason}): điểm tạm thời, ghi theo lần công bố trước."
        )
        yield Paragraph.plain(words, "note")


def desk(facts, sheet):
    """The desk of a tier: of a sitting the team with its units, never a person."""
    if sheet.tier != Tier.CHECK or sheet.checker_id or facts.inspection is None:
        return sheet.desk
    units = dict.fromkeys(
        each.unit.name(facts.day)
        for each in facts.inspection.members.all()
        if each.unit and each.side == "team"
    )
    return facts.inspection.team_name + (f" ({', '.join(units)})" if units else "")


def since(sheet):
    """The day on which the figures were sent or released; of those on paper, when they were written down."""
    at = sheet.sent_at if sheet.tier == Tier.SELF else sheet.released_at
    day = f" ngày {notation.day(timezone.localdate(at))}" if at else ""
    if sheet.from_paper:
        return f", ghi nhận{day} theo văn bản giấy"
    return f", {'gửi' if sheet.tier == Tier.SELF else 'công bố'}{day}" if day else ""


def content(facts):
    """The table of all tiers, and what is said below it."""
    by_tier = facts.scores.by_tier(facts.unit.pk)
    counting = facts.scores.counting(facts.unit.pk)
    sums = [sections_of(facts, sheet_totals(facts.plan, tier, by_tier[tier])) for tier in by_tier]
    sums.append(sections_of(facts, facts.scores.totals(facts.unit.pk)))
    titles = [*(TIERS[tier] for tier in by_tier), "Điểm được tính"]
    yield criteria_table(
        facts,
        [Column(title, 16, "center") for title in titles],
        lambda key: [
            *(cell_of(facts, results.get(key)) for results in by_tier.values()),
            cell_of(facts, counting[key][1]) if key in counting else None,
        ],
        totals_of(facts.plan, sums),
        notes=lambda key: workings(facts, key),
    )
    whole = facts.scores.totals(facts.unit.pk)
    yield from (Paragraph.plain(f"{line}.", "note") for line in whole.working)
    for words, found in (
        ("Không xét, không xếp hạng", whole.disqualifies),
        ("Không được đề nghị tặng Cờ, Bằng khen", whole.excludes_from_flags),
    ):
        if found:
            yield Paragraph.plain(f"{words}: {'; '.join(found)}.")
    if whole.missing:
        codes = ", ".join(facts.plan.codes[key] for key in whole.missing)
        yield Paragraph.plain(f"Chưa chấm: {codes}; tổng điểm mới tính phần đã chấm.", "note")
    yield from explained(facts)


def workings(facts, key):
    """How the figures of a criterion came about, tier by tier, with the reasons for what differs."""
    said, before = [], ()
    for sheet, results in facts.sheets:
        if key not in results:
            continue
        reason, working = facts.reason(sheet, key), results[key].working
        shown = () if working == before else working  # what a tier left as it was is said once
        before = working
        words = "; ".join([*shown, *([f"lý do: {reason}"] if reason else [])])
        if words:
            said.append(f"{TIERS[sheet.tier]}: {words}.")
    return " ".join(said)


def questions(facts):
    """What was asked about figures, and what the desk answered."""
    if not facts.explanations:
        return
    yield Section(
        "Đề nghị giải trình điểm",
        tuple(
            Paragraph.plain(
                f"Mục {facts.plan.codes.get(each.criterion.key, each.criterion.code)}: {each.question} "
                + (f"Trả lời ({each.desk}): {each.answer}" if each.answer else "Chưa trả lời.")
            )
            for each in facts.explanations
        ),
        key="questions",
    )


def may_print(user, seat, day):
    """Whoever sees the unit in its bloc: the paper says no more than that one may see."""
    standing = user.standing()
    if standing.posts and Seat.objects.visible_to(user).filter(pk=seat.pk).exists():
        return standing.posts[0]
    return Refusal(_("Phiếu chấm điểm do đơn vị, Khối trưởng và cơ quan thường trực đọc."))


SHEET = ReadersKind(
    code="score-sheet",
    name=gettext_lazy("Phiếu chấm điểm"),
    model=Seat,
    gather=UnitFacts.of,
    build=build,
    stem=lambda facts, edition: f"Phieu-cham-diem-{facts.unit.code}-{facts.year}",
    address=lambda seat, edition: reverse(
        "score-sheet-paper", args=[seat.bloc_year.year.code, seat.bloc_year.bloc.code, seat.unit.code]
    ),
    above=lambda seat: pages_of_bloc_year(seat.bloc_year),
    title=lambda seat, edition: f"{SHEET.name}: {seat.unit.name(seat.bloc_year.year.last_day)}",
    may_print=may_print,
)
