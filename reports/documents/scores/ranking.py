"""Bảng xếp hạng: where units stand, why ties fell as they did, who is not ranked and why."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.permissions import Refusal
from campaigns.models import BlocYear
from campaigns.scores.models import Ranking
from campaigns.scores.rankings.making import RANKED
from reports.blocks import Column, Missing, Paragraph, Section, Table
from reports.documents.base import DocumentKind
from reports.documents.blocs import (
    issuer_of_bloc,
    leaders_representative,
    leaders_signature,
    pages_of_bloc_year,
    seated_units,
)
from reports.documents.phrases import NO_DATA, listed
from reports.documents.scores.facts import ScoreFacts
from reports.documents.scores.shared import basis, heading_of, paper

EXPECTED = "Dự kiến"
ONLY_TOTAL, ONLY_RANK = "chỉ biết tổng điểm", "chỉ biết thứ hạng"


def build(facts, edition, stage):
    """The ranking as released; what is provisional or only expected says so under its title."""
    return paper(
        facts,
        RANKING,
        stage,
        type_name="THÔNG BÁO",
        subject=f"Kết quả chấm điểm, xếp hạng thi đua {facts.bloc_year.name} năm {facts.year}",
        body=[*basis(facts), *content(facts)],
        signatures=(leaders_signature(facts),),
        recipients=("Các đơn vị trong Khối", "Lưu: VT"),
        edition=standing_of(facts),
    )


def standing_of(facts):
    """ "Dự kiến" before it is released, "Tạm thời" while it may change, else nothing."""
    if facts.ranking is None:
        return ""
    if facts.ranking.state == Ranking.State.DRAFT:
        return EXPECTED
    return "Tạm thời" if facts.ranking.is_provisional else ""


def content(facts):
    """The ranking; else what is known of a past year; else what is missing."""
    if facts.ranking:
        return list(ranking_blocks(facts))
    if facts.known_results:
        return list(known_blocks(facts))
    link = facts.bloc_year.get_absolute_url()
    return [Missing(f"{NO_DATA}: điểm, xếp hạng", link, "Xem trang của Khối")]


def ranking_blocks(facts):
    """The ranked units, the tie-breaks in words, those that are not ranked, why it may change."""
    ranking = facts.ranking
    ranked = [row for row in ranking.rows if row["status"] == RANKED]
    others = [row for row in ranking.rows if row["status"] != RANKED]
    if ranked:
        yield ranked_table(facts, ranked)
    if ranking.tie_words:
        yield Paragraph.plain(ranking.tie_words)
    excluded = [f"{row['name']}: {'; '.join(row['excluded'])}" for row in ranked if row["excluded"]]
    if excluded:
        yield Paragraph("Đơn vị không được đề nghị tặng Cờ, Bằng khen:")
        yield listed(excluded)
    if others:
        yield Table(
            (
                Column("TT", 1, "center"),
                Column("Đơn vị", 6),
                Column("Tổng điểm", 2.2, "center"),
                Column("Lý do chưa xếp hạng", 7),
            ),
            tuple(
                (str(place), row["name"], points(facts, row["total"]), row["out"] or None)
                for place, row in enumerate(others, 1)
            ),
            caption="Đơn vị chưa xếp hạng, không xếp hạng",
        )
    if ranking.is_provisional:
        words = f"Xếp hạng còn tạm thời vì: {ranking.provisional_reason.rstrip('.')}."
        yield Paragraph.plain(words, "note")


def ranked_table(facts, rows):
    """Rank, unit, points of each section and in all, what decided between equals."""
    sections = [each for each in facts.plan.sections if each.key in rows[0]["sections"]] if facts.plan else []
    groups = any(row.get("group") for row in rows)
    names = {row["unit"]: row["name"] for row in facts.ranking.rows}
    remarks = [remark(row, names) or None for row in rows]
    noted = any(remarks)
    return Table(
        (
            Column("Xếp thứ", 1.5, "center"),
            Column("Đơn vị", 6),
            *([Column("Trong nhóm", 2.4, "center")] if groups else []),
            *(Column(heading_of(each), 1.7, "center") for each in sections),
            Column("Tổng điểm", 2, "center"),
            *([Column("Ghi chú", 3.6)] if noted else []),
        ),
        tuple(
            (
                str(row["rank"]),
                row["name"],
                *([f"{row['group']}: {row['group_rank']}" if row["group"] else None] if groups else []),
                *(points(facts, row["sections"].get(each.key)) for each in sections),
                points(facts, row["total"]),
                *([said] if noted else []),
            )
            for row, said in zip(rows, remarks, strict=True)
        ),
    )


def remark(row, names):
    """What is said beside a unit: with whom it shares the rank, what decided, when it sat in the bloc."""
    shared = ", ".join(names[unit] for unit in row["tied_with"] if unit in names)
    return "; ".join(
        filter(
            None,
            [
                f"cùng hạng với {shared}" if shared else "",
                row["decided_by"],
                row["stay"],
            ],
        )
    )


def known_blocks(facts):
    """What is known of a past year, as far as it is; nothing is worked out."""
    yield Table(
        (
            Column("TT", 1, "center"),
            Column("Đơn vị", 6),
            Column("Tổng điểm", 2.2, "center"),
            Column("Xếp thứ", 2, "center"),
            Column("Ghi chú", 5),
        ),
        tuple(
            (
                str(place),
                each.unit.name(facts.day),
                facts.points(each.total),
                str(each.rank) if each.rank else None,
                "; ".join(filter(None, [partial(each), *in_sections(facts, each), each.note])) or None,
            )
            for place, each in enumerate(facts.known_results, 1)
        ),
        caption=f"Kết quả đã biết của năm {facts.year}",
    )
    if len(facts.known_results) < len(facts.units):
        unknown = notation.count(len(facts.units) - len(facts.known_results))
        yield Paragraph.plain(f"Còn {unknown} đơn vị chưa có dữ liệu điểm.", "note")


def partial(result):
    """What of a past result is known, where that is not all."""
    if result.total is None:
        return ONLY_RANK if result.rank and not result.sections else ""
    return "" if result.rank or result.sections else ONLY_TOTAL


def in_sections(facts, result):
    """The points of sections that are known."""
    return [f"mục {code}: {points(facts, text).text}" for code, text in result.sections.items()]


def points(facts, text):
    """Points kept as exact text."""
    return facts.points(Decimal(text)) if text is not None else None


def part(facts):
    """The ranking as a section of the year-end report; None where no score is known."""
    if facts.ranking is None and not facts.known_results:
        return None
    words = standing_of(facts).lower()
    title = f"Kết quả chấm điểm, xếp hạng ({words})" if words else "Kết quả chấm điểm, xếp hạng"
    return Section(title, tuple(content(facts)), key="ranking")


def later(facts):
    """Why it cannot be made yet."""
    if facts.ranking is None and not facts.known_results:
        return Refusal(_("Chưa lập được: Khối chưa có bảng xếp hạng của năm."))
    return None


def holds_back(tree):
    """Why a draft of what is only expected is not signed: it is read at the conference, and then agreed."""
    if tree.edition.startswith(EXPECTED):
        return Refusal(
            _("Dự thảo này in từ bảng xếp hạng dự kiến. Công bố bảng xếp hạng rồi lập dự thảo tiếp theo.")
        )
    return None


RANKING = DocumentKind(
    code="ranking",
    name=gettext_lazy("Thông báo xếp hạng"),
    model=BlocYear,
    type_code="TB",
    gather=ScoreFacts.of,
    build=build,
    stem=lambda facts, edition: f"TB-xep-hang-khoi-{facts.year}",
    address=lambda bloc_year, edition: reverse(
        "ranking-paper", args=[bloc_year.year.code, bloc_year.bloc.code]
    ),
    above=pages_of_bloc_year,
    title=lambda bloc_year, edition: str(RANKING.name),
    issuer=issuer_of_bloc,
    signer=leaders_representative,
    recipients=seated_units,
    awaits=later,
    holds_back=holds_back,
)
