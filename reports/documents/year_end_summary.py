"""Báo cáo tổng kết công tác thi đua, khen thưởng của Khối: the year-end summary report.

The skeleton is the one that blocs use (situation, results of the pledge, weaknesses, proposals, next year,
recommendations, annexes). Two editions: *trình Hội nghị* is read at the conference, before its vote, its
election and the signing; *chính thức* is written after them.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import BlocYear, Campaign, Meeting, Observation, Seat
from config.addresses import address
from reports.blocks import Document, Figure, Paragraph, Rows, Section
from reports.blocks.outline import has_content
from reports.documents.annexes import exemplar_list, member_list, nomination_list
from reports.documents.base import CONFERENCE, OFFICIAL, DocumentKind, letterhead_of
from reports.documents.blocs import (
    leaders_representative,
    leaders_signature,
    pages_of_bloc_year,
    seated_units,
)
from reports.documents.facts import entry_of
from reports.documents.phrases import (
    activity,
    campaign_ahead,
    campaign_paragraph,
    counted_contents,
    joined,
    listed,
    missing,
    named_person,
    observed,
    pledge_blocks,
    pledge_entry,
    signing,
    spoken_by,
)
from reports.documents.scores.report import ReportFacts, ranked, score_annexes
from reports.documents.year_end_awards import commendation, exemplars, proposals

Kind = Observation.Kind


def build(facts, edition, stage):
    """The report's tree, from the data of the bloc's year and of what is known of the next."""
    subject = f"Tổng kết công tác thi đua, khen thưởng của {facts.bloc_year.name} năm {facts.year}"
    ahead = next_year(facts, edition)
    if has_content(ahead):
        subject += f"; phương hướng, nhiệm vụ năm {facts.next_year}"
    return Document(
        title=f"Báo cáo {subject[0].lower()}{subject[1:]}",
        type_name="BÁO CÁO",
        subject=subject,
        letterhead=letterhead_of(facts, facts.letterhead_unit, YEAR_END_SUMMARY, stage),
        body=(
            situation(facts),
            results(facts, edition),
            weaknesses(facts),
            proposals(facts, edition),
            ahead,
            recommendations(facts, edition),
        ),
        signatures=(leaders_signature(facts),),
        recipients=report_recipients(facts),
        annexes=(
            member_list(facts),
            nomination_list(facts),
            exemplar_list(facts),
            *score_annexes(facts, edition),
        ),
        draft=stage.draft_mark,
        edition="Trình Hội nghị tổng kết" if edition == CONFERENCE else "",
        author=facts.letterhead_unit.name(facts.day),
        keywords=("thi đua, khen thưởng", facts.bloc_year.name, f"năm {facts.year}"),
    )


def situation(facts):
    """I. Đặc điểm, tình hình."""
    blocks, page = [], facts.address("bloc-year")
    if facts.members:
        kinds = facts.members_by_kind
        known = sum(len(seats) for _kind, seats in kinds)
        if known < facts.member_count:  # the kinds would contradict the number
            kinds = []
        counted = {f"kind{place}": facts.counted(seats, page) for place, (_kind, seats) in enumerate(kinds)}
        words = [f"{{kind{place}}} {kind}" for place, (kind, _seats) in enumerate(kinds)]
        listed_kinds = " và ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
        comprising = f", gồm {listed_kinds}" if words else ""
        annexed = (
            "danh sách kèm theo" if facts.lists_all_members else "danh sách kèm theo mới có {listed} đơn vị"
        )
        blocks.append(
            Paragraph(
                f"{{bloc}} năm {{year}} có {{members}} đơn vị thành viên{comprising} ({annexed}).",
                {
                    "bloc": facts.bloc_year.name,
                    "year": facts.year,
                    "members": members_of(facts, page),
                    "listed": facts.counted(facts.members, page),
                    **counted,
                },
            )
        )
    elif facts.member_count:
        blocks.append(
            Paragraph(
                "{bloc} năm {year} có {members} đơn vị thành viên.",
                {"bloc": facts.bloc_year.name, "year": facts.year, "members": members_of(facts, page)},
            )
        )
    if not facts.members:
        blocks.append(missing("các đơn vị thành viên", entry_of(Seat, facts.bloc_year)))
    for seat in [facts.leader, *facts.deputies] if facts.leader else facts.deputies:
        represented = ", đại diện là đồng chí {representative}" if seat.representative else ""
        blocks.append(
            Paragraph(
                f"{{role}}: {{unit}}{represented}.",
                {
                    "role": seat.role_label,
                    "unit": seat.unit.name(facts.day),
                    "representative": named_person(seat),
                },
            )
        )
    blocks += observed(facts, Kind.SITUATION, "đặc điểm, thuận lợi, khó khăn trong năm")
    return Section("Đặc điểm, tình hình", tuple(blocks), key="situation")


def members_of(facts, page):
    """How many units the bloc has: the rows that list them, else the bloc-year that says so."""
    if facts.lists_all_members:
        return facts.counted(facts.members, page)
    return Figure(
        facts.member_count, rows=Rows(facts.bloc_year._meta.label_lower, (facts.bloc_year.pk,), page)
    )


def results(facts, edition):
    """II. Kết quả thực hiện giao ước thi đua; of a year without a pledge what else was done."""
    done = "thực hiện giao ước thi đua" if facts.pledges else "phong trào thi đua, công tác khen thưởng"
    return Section(
        f"Kết quả {done} năm {facts.year}",
        (
            launching(facts),
            Section(
                "Kết quả phong trào thi đua",
                tuple(observed(facts, Kind.RESULT, "kết quả phong trào thi đua")),
                key="results",
            ),
            *ranked(facts, edition),
            Section("Công tác khen thưởng", tuple(commendation(facts, edition)), key="commendation"),
            Section("Điển hình tiên tiến", tuple(exemplars(facts, edition)), key="exemplars"),
            Section(f"Hoạt động của {facts.bloc_word}", tuple(activities(facts, edition)), key="activities"),
            roles(facts),
        ),
        key="year",
    )


def roles(facts):
    """How leader, deputies and members did, headed by those of whom something is said."""
    labels = {
        Kind.LEADER: facts.bloc_year.leader_label,
        Kind.DEPUTY: facts.bloc_year.deputy_label,
        Kind.MEMBERS: "các thành viên",
    }
    said = [label for kind, label in labels.items() if facts.observations[kind]]
    return Section(
        f"Đánh giá vai trò {joined(said or labels.values())}",
        tuple(
            block
            for kind, label in labels.items()
            for block in observed(facts, kind, f"đánh giá vai trò {label}")
        ),
        key="roles",
    )


def launching(facts):
    """The pledge of the year and the campaigns that ran in it, headed by what is known of them."""
    pledged = [block for pledge in facts.pledges for block in pledge_blocks(facts, pledge)]
    running = facts.campaigns_of(facts.bloc_year.year)
    launched = [campaign_paragraph(facts, campaign) for campaign in running]
    known = [
        words for words, blocks in (("giao ước thi đua", pledged), ("phong trào thi đua", launched)) if blocks
    ]
    if not facts.pledges:
        pledged = [missing(f"giao ước thi đua năm {facts.year}", pledge_entry(facts.bloc_year))]
    if not running:
        launched = [missing(f"phong trào thi đua năm {facts.year}", entry_of(Campaign, facts.bloc_year))]
    heading = " và ".join(known or ["giao ước thi đua", "phong trào thi đua"])
    return Section(f"{heading[0].upper()}{heading[1:]}", (*pledged, *launched), key="launching")


def activities(facts, edition):
    """What the bloc did together, in the order of time."""
    meetings = facts.activities
    if edition == OFFICIAL and facts.conference:
        meetings = [*meetings, facts.conference]
    if not meetings:
        return [missing(f"hoạt động của {facts.bloc_word}", entry_of(Meeting, facts.bloc_year))]
    return [listed(activity(meeting) for meeting in meetings)]


def weaknesses(facts):
    """III. Tồn tại, hạn chế và nguyên nhân, headed by what is known of them."""
    blocks = observed(facts, Kind.WEAKNESS, "tồn tại, hạn chế")
    weak, caused = (facts.observations[kind] for kind in (Kind.WEAKNESS, Kind.CAUSE))
    if weak and caused:
        blocks.append(Paragraph("Nguyên nhân:"))
    blocks += observed(facts, Kind.CAUSE, "nguyên nhân")
    title = "Tồn tại, hạn chế" if weak or not caused else "Nguyên nhân tồn tại, hạn chế"
    return Section(f"{title} và nguyên nhân" if weak and caused else title, tuple(blocks), key="weaknesses")


def next_year(facts, edition):
    """V. Phương hướng, nhiệm vụ năm sau."""
    blocks, pledge = [], facts.next_pledge
    if pledge and pledge.theme:
        opening = "Dự kiến chủ đề" if edition == CONFERENCE else "Chủ đề"
        blocks.append(
            Paragraph(
                f"{opening} thi đua năm {{year}}: “{{theme}}”.",
                {"year": facts.next_year, "theme": pledge.theme},
            )
        )
    if pledge and pledge.is_signed and edition == OFFICIAL:
        blocks.append(signing(facts, pledge))
    if pledge and pledge.contents.all():
        blocks += [
            Paragraph("Nội dung giao ước thi đua:"),
            listed(content.text for content in pledge.contents.all()),
        ]
    elif pledge and pledge.content_count:
        blocks.append(counted_contents(facts, pledge))
    else:
        words = f"nội dung giao ước thi đua năm {facts.next_year}"
        blocks.append(missing(words, pledge_entry(facts.successor or facts.bloc_year, pledge)))
    upcoming = facts.campaigns_of(facts.successor.year) if facts.successor else []
    blocks += [campaign_ahead(facts, campaign) for campaign in upcoming]
    blocks += observed(facts, Kind.TASK, f"nhiệm vụ năm {facts.next_year}")
    return Section(f"Phương hướng, nhiệm vụ năm {facts.next_year}", tuple(blocks), key="next-year")


def recommendations(facts, edition):
    """VI. Kiến nghị, đề xuất; in the official edition also what was asked for at the conference."""
    own = observed(facts, Kind.RECOMMENDATION, f"kiến nghị, đề xuất của {facts.bloc_word}")
    asked = facts.requests if edition == OFFICIAL else []
    title = "Kiến nghị, đề xuất"
    if asked:
        known = facts.observations[Kind.RECOMMENDATION]
        title = f"{title}; tiếp thu ý kiến tại Hội nghị" if known else "Tiếp thu ý kiến tại Hội nghị"
        own += [
            Paragraph(f"Tại Hội nghị tổng kết, {facts.bloc_word} tiếp thu các yêu cầu, đề nghị sau:"),
            listed(f"{spoken_by(statement)}: {statement.text}" for statement in asked),
        ]
    return Section(title, tuple(own), key="recommendations")


def report_recipients(facts):
    """Nơi nhận."""
    report_to = (
        [f"{facts.standing_department.name(facts.day)} (để báo cáo)"] if facts.standing_department else []
    )
    return (*report_to, f"Các đơn vị trong {facts.bloc_word}", "Lưu: VT")


def stem(facts, edition):
    """BC-tong-ket-khoi-2020."""
    return "-".join(
        filter(None, ["BC-tong-ket-khoi", facts.year, "trinh-hoi-nghi" if edition == CONFERENCE else ""])
    )


def title(bloc_year, edition):
    """The heading of the report's page."""
    words = str(YEAR_END_SUMMARY.editions[edition])
    return gettext("Báo cáo tổng kết năm %(year)s: bản %(edition)s") % {
        "year": bloc_year.year,
        "edition": words[:1].lower() + words[1:],
    }


YEAR_END_SUMMARY = DocumentKind(
    code="year-end-summary",
    name=_("Báo cáo tổng kết"),
    model=BlocYear,
    type_code="BC",
    editions={CONFERENCE: _("Trình Hội nghị"), OFFICIAL: _("Chính thức")},
    gather=ReportFacts.of,
    build=build,
    stem=stem,
    address=lambda bloc_year, edition: address("report", bloc_year.year.code, bloc_year.bloc.code, edition),
    above=pages_of_bloc_year,
    title=title,
    issuer=lambda facts: facts.letterhead_unit,
    signer=leaders_representative,
    recipients=seated_units,
)
