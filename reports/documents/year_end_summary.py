"""Báo cáo tổng kết công tác thi đua, khen thưởng của Khối: the year-end summary report.

The skeleton is the one that blocs use (situation, results of the pledge, weaknesses, proposals, next year,
recommendations, annexes). Two editions: *trình Hội nghị* is read at the conference, before its vote, its
election and the signing; *chính thức* is written after them.
"""

from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.decisions.models import Exemplar
from awards.models import AwardKind
from awards.nominations.models import Nomination
from campaigns.models import BlocYear, Campaign, Meeting, Observation, Seat
from config.addresses import address
from reports.blocks import Column, Document, Figure, Paragraph, Rows, Section, Table
from reports.documents.annexes import exemplar_list, member_list, nomination_list
from reports.documents.base import CONFERENCE, OFFICIAL, DocumentKind, letterhead_of
from reports.documents.blocs import (
    issuer_of_bloc,
    leaders_representative,
    leaders_signature,
    pages_of_bloc_year,
    seated_units,
)
from reports.documents.facts import entry_of
from reports.documents.phrases import (
    activity,
    campaign_paragraph,
    given_to,
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

Kind = Observation.Kind


def build(facts, edition, stage):
    """The report's tree, from the data of the bloc's year and of what is known of the next."""
    subject = (
        f"Tổng kết công tác thi đua, khen thưởng của {facts.bloc_year.name} năm {facts.year}; "
        f"phương hướng, nhiệm vụ năm {facts.next_year}"
    )
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
            next_year(facts, edition),
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
    """II. Kết quả thực hiện giao ước thi đua."""
    return Section(
        f"Kết quả thực hiện giao ước thi đua năm {facts.year}",
        (
            Section("Giao ước thi đua và phong trào thi đua", tuple(launching(facts)), key="launching"),
            Section(
                "Kết quả phong trào thi đua",
                tuple(observed(facts, Kind.RESULT, "kết quả phong trào thi đua")),
                key="results",
            ),
            *ranked(facts, edition),
            Section("Công tác khen thưởng", tuple(commendation(facts, edition)), key="commendation"),
            Section("Điển hình tiên tiến", tuple(exemplars(facts, edition)), key="exemplars"),
            Section("Hoạt động của Khối", tuple(activities(facts, edition)), key="activities"),
            Section(
                f"Đánh giá vai trò {facts.leader_and_deputy} và các thành viên",
                (
                    *observed(facts, Kind.LEADER, f"đánh giá vai trò {facts.bloc_year.leader_label}"),
                    *observed(facts, Kind.DEPUTY, f"đánh giá vai trò {facts.bloc_year.deputy_label}"),
                    *observed(facts, Kind.MEMBERS, "đánh giá các thành viên"),
                ),
                key="roles",
            ),
        ),
        key="year",
    )


def launching(facts):
    """The pledge of the year and the campaigns that ran in it."""
    blocks = [block for pledge in facts.pledges for block in pledge_blocks(facts, pledge)]
    if not facts.pledges:
        blocks.append(missing(f"giao ước thi đua năm {facts.year}", pledge_entry(facts.bloc_year)))
    running = facts.campaigns_of(facts.bloc_year.year)
    blocks += [campaign_paragraph(facts, campaign) for campaign in running]
    if not running:
        blocks.append(missing(f"phong trào thi đua năm {facts.year}", entry_of(Campaign, facts.bloc_year)))
    return blocks


def commendation(facts, edition):
    """What was done about commendation, and its figures in a table."""
    blocks = observed(facts, Kind.COMMENDATION, "công tác khen thưởng")
    page = facts.address("proposals")
    verb = "Dự kiến đề nghị" if edition == CONFERENCE else "Đề nghị"
    rows = [
        (
            award.name(facts.day, authority=facts.root),
            facts.counted(nominations, page, recipients_of(award, nominations)),
            verb,
        )
        for award, nominations in facts.nominations_by_award
    ] + [
        (f"Điển hình tiên tiến ({label})", facts.counted(found, page, str(label)), honours(edition))
        for kind, label in Exemplar.Kind.choices
        if (found := facts.exemplars_of(kind))
    ]
    if rows:
        blocks.append(
            Table(
                (
                    Column("TT", 1, "center"),
                    Column("Danh hiệu, hình thức", 6),
                    Column("Số lượng", 3, "center"),
                    Column("Ghi chú", 4),
                ),
                tuple((str(place), *row) for place, row in enumerate(rows, start=1)),
                caption=f"Số liệu khen thưởng, tôn vinh năm {facts.year}",
            )
        )
    else:
        blocks.append(missing("số liệu khen thưởng", entry_of(Nomination, facts.bloc_year)))
    return blocks


def honours(edition):
    """What the bloc does with exemplars, or will do when the conference agrees."""
    return "Khối dự kiến biểu dương, tôn vinh" if edition == CONFERENCE else "Khối biểu dương, tôn vinh"


def recipients_of(award, nominations):
    """The word for one recipient of an award: of several sorts of them it is a case."""
    sorts = given_to(award, nominations)
    return str(sorts[0].label) if len(sorts) == 1 else "trường hợp"


def exemplars(facts, edition):
    """How the bloc found and honoured exemplars."""
    blocks = observed(facts, Kind.EXEMPLAR_WORK, "", required=False)
    if not facts.exemplars:
        return [*blocks, missing("điển hình tiên tiến", entry_of(Exemplar, facts.bloc_year))]
    page = facts.address("proposals")
    collectives = facts.exemplars_of(Exemplar.Kind.COLLECTIVE)
    individuals = facts.exemplars_of(Exemplar.Kind.INDIVIDUAL)
    words = " và ".join(
        words
        for words, found in (("{collectives} tập thể", collectives), ("{individuals} cá nhân", individuals))
        if found
    )
    blocks.append(
        Paragraph(
            f"{honours(edition)} {words} điển hình tiên tiến trong phong trào thi đua năm {{year}}.",
            {
                "collectives": facts.counted(collectives, page),
                "individuals": facts.counted(individuals, page),
                "year": facts.year,
            },
        )
    )
    return blocks


def activities(facts, edition):
    """What the bloc did together, in the order of time."""
    meetings = facts.activities
    if edition == OFFICIAL and facts.conference:
        meetings = [*meetings, facts.conference]
    if not meetings:
        return [missing("hoạt động của Khối", entry_of(Meeting, facts.bloc_year))]
    return [listed(activity(meeting) for meeting in meetings)]


def weaknesses(facts):
    """III. Tồn tại, hạn chế và nguyên nhân."""
    blocks = observed(facts, Kind.WEAKNESS, "tồn tại, hạn chế")
    if facts.observations[Kind.CAUSE]:
        blocks.append(Paragraph("Nguyên nhân:"))
    blocks += observed(facts, Kind.CAUSE, "nguyên nhân")
    return Section("Tồn tại, hạn chế và nguyên nhân", tuple(blocks), key="weaknesses")


def proposals(facts, edition):
    """IV. Đề nghị khen thưởng; kết quả bầu."""
    blocks = []
    if facts.nominations:
        page = facts.address("proposals")
        counted = {
            f"award{place}": facts.counted(nominations, page)
            for place, (_award, nominations) in enumerate(facts.nominations_by_award)
        }
        words = ", ".join(
            f"{{award{place}}} {award.name(facts.day, authority=facts.root)}"
            for place, (award, _nominations) in enumerate(facts.nominations_by_award)
        )
        sorts = {each for award, rows in facts.nominations_by_award for each in given_to(award, rows)}
        to_whom = ", ".join(str(kind.label) for kind in AwardKind.Recipient if kind in sorts)
        blocks.append(
            Paragraph(
                f"{proposed_by(facts, edition)} tặng {words} cho các {to_whom} đạt thành tích xuất sắc "
                f"năm {facts.year}.",
                counted,
            )
        )
    else:
        blocks.append(missing("đề nghị khen thưởng", entry_of(Nomination, facts.bloc_year)))
    sections = [Section("Đề nghị khen thưởng", tuple(blocks), key="nominations")]
    if edition == OFFICIAL:
        title = f"{CHOSEN[facts.way_to_lead].heading} {facts.leader_and_deputy} năm {facts.next_year}"
        sections.append(Section(title, tuple(election(facts)), key="election"))
    return Section("Kết quả bình xét, đề nghị khen thưởng", tuple(sections), key="proposals")


def proposed_by(facts, edition):
    """Who proposes: the conference where all of it was proposed there, else the bloc."""
    if edition == CONFERENCE:
        return "Khối dự kiến đề nghị"
    held = facts.conference
    there = held and all(each.proposed_at_id == held.pk for each in facts.nominations)
    return "Hội nghị đề nghị" if there else "Khối đề nghị"


def election(facts):
    """Who leads the bloc next and how they came to it; that much where nobody is named."""
    chosen = CHOSEN[facts.way_to_lead]
    if not facts.next_seats:
        return [
            missing(
                f"{chosen.heading.lower()} cho năm {facts.next_year}",
                entry_of(Seat, facts.successor or facts.bloc_year),
            )
        ]
    roles = " và ".join(dict.fromkeys(seat.role_label for seat in facts.next_seats))
    words = {
        "who": "Hội nghị" if facts.conference else "Khối",
        "roles": roles,
        "year": facts.next_year,
        "organiser": facts.bloc_year.organiser.name(facts.day),
    }
    named = [seat for seat in facts.next_seats if seat.unit]
    if not named:
        return [
            Paragraph(f"{chosen.sentence}.", words),
            missing("tên đơn vị đảm nhiệm", entry_of(Seat, facts.successor)),
        ]
    return [
        Paragraph(f"{chosen.sentence}:", words),
        listed(f"{seat.role_label} năm {facts.next_year}: {seat.unit.name(facts.day)}" for seat in named),
    ]


class Chosen(NamedTuple):
    """One way to a bloc's next leader: the heading, and the sentence that says it."""

    heading: str
    sentence: str


CHOSEN = {
    BlocYear.LeaderChoice.ELECTION: Chosen("Kết quả bầu", "{who} đã tổ chức bầu {roles} năm {year}"),
    BlocYear.LeaderChoice.ROTATION: Chosen(
        "Luân phiên", "{roles} năm {year} được giao luân phiên giữa các đơn vị"
    ),
    BlocYear.LeaderChoice.APPOINTED: Chosen("Chỉ định", "{organiser} chỉ định {roles} năm {year}"),
    BlocYear.LeaderChoice.HANDOVER: Chosen("Bàn giao", "Nhiệm vụ {roles} năm {year} đã được bàn giao"),
}


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
    if pledge and pledge.signed_on and edition == OFFICIAL:
        blocks.append(signing(facts, pledge))
    if pledge and pledge.contents.all():
        blocks += [
            Paragraph("Nội dung giao ước thi đua:"),
            listed(content.text for content in pledge.contents.all()),
        ]
    else:
        words = f"nội dung giao ước thi đua năm {facts.next_year}"
        blocks.append(missing(words, pledge_entry(facts.successor or facts.bloc_year, pledge)))
    upcoming = facts.campaigns_of(facts.successor.year) if facts.successor else []
    blocks += [campaign_paragraph(facts, campaign) for campaign in upcoming]
    blocks += observed(facts, Kind.TASK, f"nhiệm vụ năm {facts.next_year}")
    return Section(f"Phương hướng, nhiệm vụ năm {facts.next_year}", tuple(blocks), key="next-year")


def recommendations(facts, edition):
    """VI. Kiến nghị, đề xuất; in the official edition also what was asked for at the conference."""
    own = observed(facts, Kind.RECOMMENDATION, "kiến nghị, đề xuất của Khối")
    asked = facts.requests if edition == OFFICIAL else []
    title = "Kiến nghị, đề xuất"
    if asked:
        title = "Kiến nghị, đề xuất; tiếp thu ý kiến tại Hội nghị"
        own += [
            Paragraph("Tại Hội nghị tổng kết, Khối tiếp thu các yêu cầu, đề nghị sau:"),
            listed(f"{spoken_by(statement)}: {statement.text}" for statement in asked),
        ]
    return Section(title, tuple(own), key="recommendations")


def report_recipients(facts):
    """Nơi nhận."""
    report_to = (
        [f"{facts.standing_department.name(facts.day)} (để báo cáo)"] if facts.standing_department else []
    )
    return (*report_to, "Các đơn vị trong Khối", "Lưu: VT")


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
    issuer=issuer_of_bloc,
    signer=leaders_representative,
    recipients=seated_units,
)
