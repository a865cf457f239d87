"""The scores of the demonstration ministry: believable figures, sheets of every state, sittings, questions.

Last year two blocs were ranked and of a third only totals are known. This year one bloc is checked, one is
being checked, the others score themselves: some are late.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from blocs.models import Post
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import (
    Correction,
    CorrectionPoint,
    Criterion,
    Evidence,
    Explanation,
    Inspection,
    InspectionMember,
    KnownResult,
    Score,
    ScoreSheet,
    SheetVersion,
    Tier,
)
from campaigns.scores.scoring.plan import Plan
from campaigns.scores.scoring.score import questions, score
from campaigns.scores.sheets.counting import keep_result, sheet_totals, snapshot
from reports.ministry.building import words

State = ScoreSheet.State
Reason = Score.Reason
RANKED_BEFORE, KNOWN_BEFORE = (0, 1), 2  # blocs by their place in the list
CHECKED, BEING_CHECKED = 0, 1
DEVIATIONS = 3


@dataclass
class Criteria:
    """A year's frozen set: its plan, and its criteria by key."""

    plan: Plan
    rows: dict[str, Criterion]


@dataclass
class Kept:
    """A sheet with its scores, and its fields once these are kept."""

    sheet: ScoreSheet
    scores: list[Score]
    fields: dict


@dataclass
class Scored:
    """The sheets that were made, and the posts of those who work on them."""

    posts: dict
    sheets: list[Kept] = field(default_factory=list)


def build(builder, groups, before, now):
    """Add the scores of both years; `before` and `now` are their criteria."""
    posts = {(row.unit.code, row.role): row for row in builder.rows if isinstance(row, Post) and row.role}
    scored = Scored(posts)
    for place in RANKED_BEFORE:
        whole_bloc(builder, scored, groups[place], groups[place].before, before, groups[place].leads_before)
    known_totals(builder, groups[KNOWN_BEFORE])
    for place, group in enumerate(groups):
        if place == CHECKED:
            whole_bloc(builder, scored, group, group.now, now, group.leads, gaps=True)
        elif place == BEING_CHECKED:
            under_check(builder, scored, group, now)
        else:
            under_way(builder, scored, group, now)
    return scored


def whole_bloc(builder, scored, group, bloc_year, criteria, leads, *, gaps=False):
    """Every unit scored itself and was checked; with gaps one sent nothing and one is disqualified."""
    members = group.members[1:] if gaps else group.members
    for position, member in enumerate(members):
        figures = drawn(builder, criteria.plan, disqualified=gaps and position == 1)
        own = sheet_of(builder, scored, bloc_year, member, criteria, Tier.SELF, figures, State.OPENED)
        evidence(builder, scored, own, criteria, member)
        checked = check(builder, scored, bloc_year, member, criteria, figures, State.RELEASED)
        sitting(builder, bloc_year, member, leads, position, held=True)
        if position == 2:
            question(builder, scored, checked, criteria, member, leads, answered=True)


def under_check(builder, scored, group, criteria):
    """Half of the sittings were held; a unit was asked to mend its sheet, another one waits for an answer."""
    for position, member in enumerate(group.members):
        figures, held = drawn(builder, criteria.plan), position % 2 == 0
        returned = position == 3
        state = State.RETURNED if returned else State.OPENED if held else State.SENT
        own = sheet_of(builder, scored, group.now, member, criteria, Tier.SELF, figures, state)
        sitting(builder, group.now, member, group.leads, position, held=held)
        if returned:
            correction(builder, scored, own, criteria, group.leads)
        elif held:
            released = State.RELEASED if position % 4 == 0 else State.DRAFT
            checked = check(builder, scored, group.now, member, criteria, figures, released)
            if position == 4:
                question(builder, scored, checked, criteria, member, group.leads, answered=False)


def under_way(builder, scored, group, criteria):
    """Units score themselves: some have sent, some are at it, some have not begun."""
    for member in group.members:
        state = builder.one_of([State.SENT, State.SENT, State.OPENED, State.DRAFT, None])
        if state:
            figures = drawn(builder, criteria.plan)
            if state == State.DRAFT:
                figures = dict(list(figures.items())[: builder.number(3, len(figures) - 1)])
            sheet_of(builder, scored, group.now, member, criteria, Tier.SELF, figures, state)


def known_totals(builder, group):
    """Of last year only totals are known, of some units not even these."""
    for member in group.members[2:]:
        builder.add(
            KnownResult(
                bloc_year=group.before,
                unit=member.unit,
                total=Decimal(builder.number(8800, 10450)) / 100,
                note="Theo báo cáo tổng kết của Khối",
            )
        )


def sheet_of(builder, scored, bloc_year, member, criteria, tier, figures, state, changed=()):
    """A sheet of a tier with its scores, still a draft, and what it is to become."""
    sheet = builder.add(
        ScoreSheet(bloc_year=bloc_year, unit=member.unit, tier=tier, criteria_set=chosen_set(bloc_year))
    )
    year, results, kept = bloc_year.year, {}, []
    at = moment(date(int(year.code), 11, 20 if tier == Tier.CHECK else 10))
    for key, told in figures.items():
        results[key] = score(
            criteria.plan.criteria[key],
            told,
            digits=criteria.plan.digits,
            first_day=year.first_day,
            last_day=year.last_day,
        )
        row = Score(sheet=sheet, criterion=criteria.rows[key], figures=told, saved_at=at)
        if key in changed or grounded(criteria.plan.criteria[key], results[key]):
            row.reason_code = changed.get(key, "") if changed else ""
            row.reason = "" if row.reason_code else words()["scores"]["grounds"]
        kept.append(builder.add(keep_result(row, results[key])))
    totals = sheet_totals(criteria.plan, tier, results)
    moved = {"state": state, "total": totals.total, "is_complete": not totals.missing}
    if tier == Tier.SELF and state != State.DRAFT:
        moved |= {"sent_at": at} | ({} if state == State.SENT else {"opened_at": at})
    elif state == State.RELEASED:
        moved |= {"released_at": at, "number": 1}
    scored.sheets.append(Kept(sheet, kept, moved))
    return sheet


def grounded(criterion, result):
    """Whether a criterion was scored by judgement alone, which asks for its grounds."""
    return bool(result.points) and any(measure.kind == "manual" for measure in criterion.measures)


def moment(day):
    """Noon of a day, or now where that is still to come."""
    return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


def drawn(builder, plan, *, disqualified=False):
    """{criterion: {measure: figures}} of a unit, better or worse as chance has it."""
    quality = builder.number(86, 100)
    found = {}
    for key, criterion in plan.criteria.items():
        effects = {measure.key: measure for measure in criterion.measures}
        found[key] = {
            measure: {each.name: text for each in asked if (text := answer(builder, each, quality))}
            if effects[measure].effect != "deduction"
            else {
                each.name: "1" if each.kind == "whole" and builder.number(1, 12) == 1 else ""
                for each in asked
            }
            for measure, asked in questions(criterion).items()
        }
        found[key] = {measure: paired(builder, told, quality) for measure, told in found[key].items()}
        if disqualified and any(each.kind == "disqualification" for each in criterion.measures):
            measure = next(each for each in criterion.measures if each.kind == "disqualification")
            found[key][measure.key], disqualified = {"happened": "yes"}, False
    return found


def answer(builder, question, quality):
    """What a unit of this quality answers; an optional figure is mostly left out."""
    if question.kind == "choice":
        return question.choices[builder.one_of([0, 0, 1] if quality > 93 else [0, 1, 1, 2])][0]
    if question.kind == "whole":
        return str(builder.number(0, 3))
    if question.kind == "yes-no":
        return "" if question.optional else "yes" if builder.number(80, 100) < quality else "no"
    if question.kind == "points":
        return str(builder.number(int(question.lowest or 0), int(question.highest or 0)))
    return str(builder.number(20, 160))


def paired(builder, told, quality):
    """Done of what was to be done: never more than that, and the better the unit the more."""
    for done, whole in (("achieved", "plan"), ("part", "whole")):
        if done in told and whole in told:
            share = min(100, builder.number(quality - 4, 103))
            told = told | {done: str(int(told[whole]) * share // 100)}
    return told


def check(builder, scored, bloc_year, member, criteria, figures, state):
    """What the team agreed with the unit: a few figures lower, each with its reason."""
    lower = [
        key
        for key, told in figures.items()
        if any(set(each) & {"achieved", "part"} for each in told.values())
    ]
    changed = {
        key: builder.one_of([Reason.NO_EVIDENCE, Reason.WRONG_COUNT, Reason.OUTSIDE_PERIOD])
        for key in builder.some_of(lower, DEVIATIONS)
    }
    agreed = {key: lowered(told) if key in changed else told for key, told in figures.items()}
    return sheet_of(builder, scored, bloc_year, member, criteria, Tier.CHECK, agreed, state, changed)


def lowered(told):
    """The same with a little less done."""
    return {
        measure: {
            name: str(max(int(text) - 2, 0)) if name in ("achieved", "part") else text
            for name, text in figures.items()
        }
        for measure, figures in told.items()
    }


def sitting(builder, bloc_year, member, leads, position, *, held):
    """The team's sitting with a unit, held or only planned."""
    first = date(int(bloc_year.year.code), 11, 16)
    inspection = builder.add(
        Inspection(
            bloc_year=bloc_year,
            unit=member.unit,
            team_name=f"Tổ kiểm tra số {position % 2 + 1}",
            day=first + timedelta(days=position // 4 if held else 8 + position // 4),
            starts_at=time(8, 30),
            ends_at=time(10),
            place_name=f"trụ sở {member.name}",
            conclusion=words()["scores"]["conclusion"] if held else "",
        )
    )
    if held:
        inspection.held_on = inspection.day
    team = leads if leads is not member else None
    if team:
        builder.add(
            InspectionMember(
                inspection=inspection, name=team.head.full_name, title=team.head_title, unit=team.unit
            )
        )
    builder.add(
        InspectionMember(
            inspection=inspection,
            side=InspectionMember.Side.UNIT,
            name=member.head.full_name,
            title=member.head_title,
            unit=member.unit,
        )
    )


def evidence(builder, scored, sheet, criteria, member):
    """A link and a paragraph beside the first criteria that ask for evidence."""
    needing = [row for row in criteria.rows.values() if row.needs_evidence][:2]
    for row, kind in zip(needing, (Evidence.Kind.LINK, Evidence.Kind.TEXT), strict=False):
        told = {
            Evidence.Kind.LINK: {"address": f"Hồ sơ công việc số {builder.number(10, 900)}/{member.symbol}"},
            Evidence.Kind.TEXT: {"text": words()["scores"]["evidence"]},
        }[kind]
        builder.add(
            Evidence(
                sheet=sheet,
                criterion=row,
                kind=kind,
                added_at=moment(date(int(sheet.bloc_year.year.code), 11, 8)),
                added_by=scored.posts[member.unit.code, Post.Role.OFFICER],
                **told,
            )
        )


def question(builder, scored, sheet, criteria, member, leads, *, answered):
    """A unit asks why a figure stands; the desk answers, or has still to."""
    at = moment(date(int(sheet.bloc_year.year.code), 11, 21))
    told = {}
    if answered:
        told = {
            "answer": words()["scores"]["answer"],
            "answered_at": at,
            "answered_by": scored.posts[leads.unit.code, Post.Role.SECRETARY],
            "desk": "Tổ kiểm tra",
        }
    builder.add(
        Explanation(
            sheet=sheet,
            criterion=next(iter(criteria.rows.values())),
            question=words()["scores"]["question"],
            asked_at=at,
            asked_by=scored.posts[member.unit.code, Post.Role.OFFICER],
            **told,
        )
    )


def correction(builder, scored, sheet, criteria, leads):
    """The leader's unit asks a unit to mend two criteria."""
    day = date(int(sheet.bloc_year.year.code), 11, 19)
    asked = builder.add(
        Correction(
            sheet=sheet,
            asked_by=scored.posts[leads.unit.code, Post.Role.SECRETARY],
            asked_at=moment(day),
            due=day + timedelta(days=9),
            reason=words()["scores"]["correction"],
        )
    )
    for row in list(criteria.rows.values())[:2]:
        builder.add(CorrectionPoint(correction=asked, criterion=row, note=words()["scores"]["mend"]))


def versions(scored):
    """What each released sheet said, as it is kept."""
    return [
        SheetVersion(
            sheet=each.sheet,
            number=1,
            made_at=each.fields["released_at"],
            total=each.fields["total"],
            scores=snapshot(each.scores),
            criteria_set=each.sheet.criteria_set,
        )
        for each in scored.sheets
        if each.fields["state"] == State.RELEASED
    ]
