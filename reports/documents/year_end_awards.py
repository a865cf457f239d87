"""What the year-end report says of awards: the year's figures, exemplars, proposals, the next leader."""

from dataclasses import replace
from typing import NamedTuple

from awards.decisions.models import Exemplar
from awards.models import AwardKind
from awards.nominations.models import Nomination
from campaigns.models import BlocYear, Observation, Seat
from reports.blocks import Column, Paragraph, Section, Table
from reports.blocks.outline import has_content
from reports.documents.base import CONFERENCE, OFFICIAL
from reports.documents.facts import entry_of
from reports.documents.phrases import given_to, listed, missing, observed

Kind = Observation.Kind


def commendation(facts, edition):
    """What was done about commendation, and its figures in a table."""
    blocks = observed(facts, Kind.COMMENDATION, "công tác khen thưởng")
    page = facts.address("proposals")
    verb = "Dự kiến đề nghị" if edition == CONFERENCE else "Đề nghị"
    rows = [
        (
            award.name(facts.day, authority=facts.root),
            facts.counted(rows, page, recipients_of(award, rows)),
            verb,
        )
        for award, nominations in facts.nominations_by_award
        for rows in by_recipients(award, nominations)
    ] + [
        (f"Điển hình tiên tiến ({label})", facts.counted(found, page, str(label)), honours(facts, edition))
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


def honours(facts, edition):
    """What the bloc does with exemplars, or will do when the conference agrees."""
    verb = "dự kiến biểu dương, tôn vinh" if edition == CONFERENCE else "biểu dương, tôn vinh"
    return f"{facts.bloc_word} {verb}"


def by_recipients(award, nominations):
    """The nominations for an award apart for collectives and for persons, where that is known."""
    found = {}
    for row in nominations:
        found.setdefault(tuple(given_to(award, [row])), []).append(row)
    return list(found.values())


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
            f"{honours(facts, edition)} {words} điển hình tiên tiến trong phong trào thi đua năm {{year}}.",
            {
                "collectives": facts.counted(collectives, page),
                "individuals": facts.counted(individuals, page),
                "year": facts.year,
            },
        )
    )
    return blocks


def proposals(facts, edition):
    """IV. Đề nghị khen thưởng; kết quả bầu."""
    blocks = []
    if facts.nominations:
        page = facts.address("proposals")
        counted = {
            f"award{place}": facts.counted(nominations, page)
            for place, (_award, nominations) in enumerate(facts.nominations_by_award)
        }
        names = {
            f"name{place}": award.name(facts.day, authority=facts.root)
            for place, (award, _nominations) in enumerate(facts.nominations_by_award)
        }
        words = ", ".join(f"{{award{place}}} {{name{place}}}" for place in range(len(names)))
        sorts = {each for award, rows in facts.nominations_by_award for each in given_to(award, rows)}
        to_whom = ", ".join(str(kind.label) for kind in AwardKind.Recipient if kind in sorts)
        blocks.append(
            Paragraph(
                f"{proposed_by(facts, edition)} tặng {words} cho các {to_whom} đạt thành tích xuất sắc "
                f"năm {facts.year}.",
                counted | names,
            )
        )
    else:
        blocks.append(missing("đề nghị khen thưởng", entry_of(Nomination, facts.bloc_year)))
    parts = {"nominations": Section("Đề nghị khen thưởng", tuple(blocks), key="nominations")}
    if edition == OFFICIAL:
        title = f"{CHOSEN[facts.way_to_lead].heading} {facts.leader_and_deputy} năm {facts.next_year}"
        parts["election"] = Section(title, tuple(election(facts)), key="election")
    sections = [each for each in parts.values() if has_content(each)] or [parts["nominations"]]
    if len(sections) > 1:
        return Section("Kết quả bình xét, đề nghị khen thưởng", tuple(sections), key="proposals")
    others = [block for each in parts.values() if each is not sections[0] for block in each.blocks]
    return replace(sections[0], blocks=(*sections[0].blocks, *others))


def proposed_by(facts, edition):
    """Who proposes: the conference where all of it was proposed there, else the bloc."""
    if edition == CONFERENCE:
        return f"{facts.bloc_word} dự kiến đề nghị"
    held = facts.conference
    there = held and all(each.proposed_at_id == held.pk for each in facts.nominations)
    return "Hội nghị đề nghị" if there else f"{facts.bloc_word} đề nghị"


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
        "who": "Hội nghị" if facts.conference else facts.bloc_word,
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
