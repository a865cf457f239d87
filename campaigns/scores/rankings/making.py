"""Where the units of a bloc's year stand: the rows of a ranking made from what counts, and why it may change.

Rows are kept as JSON and printed as they stand, so their words are Vietnamese and their points exact text.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from blocs import notation
from campaigns.scores.models import Correction, Explanation, Reopening, Tier
from campaigns.scores.scoring.plan import SELF, TIERS, tiers_of
from campaigns.scores.scoring.ranking import Entry, in_words, rank
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.sheets.counting import scores_of

RANKED, DISQUALIFIED, MISSING, PART_YEAR = "ranked", "disqualified", "missing", "part-year"


@dataclass(frozen=True)
class Made:
    """A ranking as it would stand now: its rows, the ties as they are, the tie-breaks in words, what is open.

    `settled` is what still holds of what the conference decided: a tie is decided for these units with these
    points and for no others. `ties` are [{"units": keys, "total": points}] before any decision.
    """

    rows: list
    ties: list
    settled: dict
    tie_words: str
    reasons: list
    counts_department: bool


def make(bloc_year, settled=None):
    """The ranking of a bloc's year by what counts now, in a constant number of queries.

    `settled` is {"ties": [{"units": keys in order, "total", "reason"}], "part_year": {"units", "reason"}}.
    """
    settled = settled or {}
    scores = scores_of([bloc_year])[bloc_year.pk]
    members = _members(bloc_year)
    counting = {unit: scores.counting(unit) if scores.plan else {} for unit in members}
    allowed = set(settled.get("part_year", {}).get("units", ()))
    entries = [
        Entry(
            unit,
            totals=scores.totals(unit) if counting[unit] else None,
            out="" if unit in allowed else member.away,
        )
        for unit, member in members.items()
    ]
    breaks = scores.plan.tie_breaks if scores.plan else ()
    ties = _ties(rank(entries, breaks, plan=scores.plan), scores.plan)
    decided = _still_tied(settled.get("ties", ()), ties)
    order = {unit: place for tie in decided for place, unit in enumerate(tie["units"], 1)}
    standings = rank(entries, breaks, order, plan=scores.plan)
    in_groups = _in_groups(entries, members, breaks, order, scores.plan)
    totals = {entry.key: entry.totals for entry in entries}
    rows = [
        _row(members[each.key], each, totals[each.key], counting[each.key], scores.plan)
        | {"group": members[each.key].group, "group_rank": in_groups.get(each.key)}
        for each in standings
    ]
    return Made(
        rows=rows,
        ties=ties,
        settled={
            "ties": decided,
            "part_year": {
                "units": sorted(allowed & members.keys()),
                "reason": settled.get("part_year", {}).get("reason", ""),
            },
        },
        tie_words=in_words(breaks, scores.plan) if scores.plan else "",
        reasons=_reasons(bloc_year, scores, members, counting),
        counts_department=any(
            tier == Tier.DEPARTMENT for found in counting.values() for tier, _result in found.values()
        ),
    )


@dataclass
class Member:
    """A unit of the bloc with its seats in that year."""

    unit: object
    seats: list
    year: object

    @property
    def name(self):
        """The unit's official name at the end of the year."""
        return self.unit.name(self.year.last_day)

    @property
    def group(self):
        """The sub-bloc in which it sat last."""
        return next((seat.group for seat in reversed(self.seats) if seat.group), "")

    @property
    def periods(self):
        """[(first day, last day)] that it sat in the bloc, within the year; seats that meet are one."""
        year, found = self.year, []
        clipped = sorted(
            (
                max(seat.first_day or year.first_day, year.first_day),
                min(seat.last_day or year.last_day, year.last_day),
            )
            for seat in self.seats
        )
        for first, last in clipped:
            if found and first <= found[-1][1] + timedelta(days=1):
                found[-1] = found[-1][0], max(last, found[-1][1])
            else:
                found.append((first, last))
        return found

    @property
    def stay(self):
        """When it sat in the bloc, in words; empty for the whole year."""
        if self.periods == [(self.year.first_day, self.year.last_day)]:
            return ""
        return "; ".join(self._words(first, last) for first, last in self.periods)

    @property
    def away(self):
        """Why it is not ranked unless the conference says so; empty where it sat there all year."""
        return f"không ở trong Khối cả năm ({self.stay})" if self.stay else ""

    def _words(self, first: date, last: date):
        if first == self.year.first_day:
            return f"đến hết ngày {notation.day(last)}"
        if last == self.year.last_day:
            return f"từ ngày {notation.day(first)}"
        return f"từ ngày {notation.day(first)} đến hết ngày {notation.day(last)}"


def _members(bloc_year):
    """{unit key: member} in the order of the decree, whatever the role."""
    seats = defaultdict(list)
    for seat in bloc_year.seats_in_order():
        if seat.unit_id:
            seats[seat.unit_id].append(seat)
    members = [
        Member(found[0].unit, sorted(found, key=lambda seat: seat.first_day or date.min), bloc_year.year)
        for found in seats.values()
    ]
    members.sort(key=lambda each: (each.unit.place(bloc_year.year.last_day), each.unit.pk))
    return {each.unit.pk: each for each in members}


def _ties(standings, plan):
    found = {}
    for each in standings:
        if each.tied_with:
            found.setdefault(frozenset((each.key, *each.tied_with)), each)
    return [
        {"units": [first.key, *first.tied_with], "total": _exact(first.total, plan), "rank": first.rank}
        for first in found.values()
    ]


def _still_tied(decided, ties):
    """The decisions that were about a tie as it stands now."""
    known = {(frozenset(tie["units"]), tie["total"]) for tie in ties}
    return [tie for tie in decided if (frozenset(tie["units"]), tie["total"]) in known]


def _in_groups(entries, members, breaks, order, plan):
    """{unit key: its rank within its sub-bloc}."""
    groups = defaultdict(list)
    for entry in entries:
        if members[entry.key].group:
            groups[members[entry.key].group].append(entry)
    return {
        each.key: each.rank
        for group in groups.values()
        for each in rank(group, breaks, order, plan=plan)
        if each.rank
    }


def _row(member, standing, totals, counting, plan):
    """A row as it is kept; what is not known is null, never zero."""
    sections = plan.sections if totals else ()
    tiers = {
        each.key: _tiers(counting[key][0] for key in _keys(each) if key in counting) for each in sections
    }
    return {
        "unit": member.unit.pk,
        "code": member.unit.code,
        "name": member.name,
        "stay": member.stay,
        "status": _status(standing, member),
        "rank": standing.rank,
        "total": _exact(standing.total, plan),
        **{name: _exact(getattr(totals, name, None), plan) for name in ("base", "bonus", "deduction")},
        "out": standing.out or _lacking(totals, plan),
        "missing": totals is None or bool(totals.missing),
        "sections": {
            key: _exact(totals.sections[key].points if found else None, plan) for key, found in tiers.items()
        },
        "section_tiers": tiers,
        "tiers": _tiers(tier for tier, _result in counting.values()),
        "excluded": list(totals.excludes_from_flags) if totals else [],
        "tied_with": list(standing.tied_with),
        "decided_by": standing.decided_by,
        "known": "",
    }


def _exact(points, plan):
    """Points as exact text, with as many decimals as the set has; JSON knows no decimals."""
    return None if points is None else str(rounded(points, plan.digits))


def _status(standing, member):
    if standing.rank:
        return RANKED
    if standing.out:
        return PART_YEAR if standing.out == member.away else DISQUALIFIED
    return MISSING


def _lacking(totals, plan):
    if totals is None:
        return "chưa có phiếu chấm điểm"
    if not totals.missing:
        return ""
    codes = [plan.code_of(plan.criteria[key]) for key in totals.missing]
    return f"chưa chấm {len(codes)} tiêu chí: {', '.join(codes)}"


def _keys(section):
    for part in section.parts:
        if hasattr(part, "parts"):
            yield from _keys(part)
        else:
            yield part.key


def _tiers(found):
    found = set(found)
    return [tier for tier in TIERS if tier in found]


# Why it may still change ------------------------------------------------------------------------------------


def _reasons(bloc_year, scores, members, counting):
    """Why the ranking is provisional, in words as printed; nothing names who asked for an explanation."""
    own = {unit: each.name for unit, each in members.items()}
    found = [
        ("điểm tự chấm chưa được kiểm tra, thẩm định", _only_self(scores, counting)),
        ("phiếu đang mở lại để sửa", _reopened(bloc_year, scores)),
    ]
    reasons = [
        f"{words}: {', '.join(own[unit] for unit in own if unit in units)}"
        for words, units in found
        if units & own.keys()
    ]
    open_corrections = Correction.objects.filter(sheet__bloc_year=bloc_year, closed_at=None).count()
    unanswered = Explanation.objects.unanswered().filter(sheet__bloc_year=bloc_year).count()
    if open_corrections:
        reasons.append(f"còn {notation.count(open_corrections)} yêu cầu chỉnh sửa chưa xong")
    if unanswered:
        reasons.append(f"còn {notation.count(unanswered)} đề nghị giải trình chưa trả lời")
    return reasons


def _only_self(scores, counting):
    """Units of which a figure counts that nobody but themselves has looked at, though others should."""
    if scores.plan is None:
        return set()
    looked_at = {
        criterion.key for sections, criterion in scores.plan.walk() if set(tiers_of(sections)) - {SELF}
    }
    return {
        unit
        for unit, found in counting.items()
        if any(tier == SELF and key in looked_at for key, (tier, _result) in found.items())
    }


def _reopened(bloc_year, scores):
    opened = {sheet.unit_id for sheet in scores.sheets if not sheet.counts and sheet.number}
    running = Reopening.objects.filter(bloc_year=bloc_year, last_day__gte=timezone.localdate())
    return opened | set(running.values_list("units", flat=True))
