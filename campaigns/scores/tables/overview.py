"""A bloc's scoring at a glance: how far each unit is at each tier, what is next and whose turn it is."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from campaigns.models import Phase, Seat
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import tiers_of_set
from campaigns.scores.models import CriteriaSet, ScoreSheet, Tier
from campaigns.scores.permissions import may_score, scores_own_unit
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.sheets.counting import BlocScores, scores_of
from campaigns.windows import phases_of
from config.masthead import address_of

State = ScoreSheet.State
TONES = {
    State.DRAFT: "doing",
    State.SENT: "soon",
    State.OPENED: "doing",
    State.RETURNED: "late",
    State.RELEASED: "done",
}
PHASES = (Phase.Kind.SCORING, Phase.Kind.CHECK, Phase.Kind.EXPLANATION, Phase.Kind.CONFERENCE)


@dataclass(frozen=True)
class Cell:
    """One tier of a unit: its state in words, the tone of it, its total, and where it is worked on."""

    tier: str
    label: str
    words: str = ""
    tone: str = "waiting"
    total: str = ""
    address: str = ""
    action: str = ""


@dataclass(frozen=True)
class Row:
    """One unit: its tiers, what its figures come to so far, and the one thing that is next."""

    unit: object
    name: str
    role: str
    is_own: bool
    cells: list
    total: str
    is_whole: bool
    next: str
    turn: str
    address: str


class Overview:
    """The scoring of one bloc's year as one person may see it, in a constant number of queries."""

    def __init__(self, bloc_year, user):
        self.bloc_year, self.user, self.today = bloc_year, user, timezone.localdate()
        seen = ScoreSheet.objects.visible_to(user)
        self.scores: BlocScores = scores_of([bloc_year], seen)[bloc_year.pk]

    @cached_property
    def tiers(self):
        """The tiers that the criteria ask for, in their order."""
        return tiers_of_set(self.scores.plan)

    @cached_property
    def seats(self):
        """The seats of units that sit in the bloc, each unit once, the person's own first."""
        own = self.user.standing().unit_ids
        seats = {seat.unit_id: seat for seat in self.bloc_year.seats_in_order() if seat.unit_id}
        return sorted(seats.values(), key=lambda seat: seat.unit_id not in own)

    @cached_property
    def is_across(self):
        return chosen_set(self.bloc_year).check_mode != CriteriaSet.CheckMode.SITTING

    @cached_property
    def assigned_to_me(self):
        """The keys of the units that a unit of this person was assigned to check."""
        mine = self.bloc_year.check_assignments.filter(checker__in=self.user.standing().unit_ids)
        return set(mine.values_list("unit", flat=True))

    @cached_property
    def checkers(self):
        """{unit key: how many units were assigned to check it}; which ones is not told here."""
        return Counter(self.bloc_year.check_assignments.values_list("unit", flat=True))

    @cached_property
    def on_team(self):
        """The keys of the units on whose team a unit of this person sits."""
        sits = {"members__side": "team", "members__unit__in": self.user.standing().unit_ids}
        return set(self.bloc_year.inspections.filter(**sits).values_list("unit", flat=True))

    @cached_property
    def keeps(self):
        """{tier: whether this person works on it for all units}, asked once for the bloc."""
        return {
            tier: bool(may_score(self.user, ScoreSheet(bloc_year=self.bloc_year, tier=tier), self.today))
            for tier in self.tiers
            if tier != Tier.SELF
        } | {Tier.SELF: False}

    def phases(self):
        """[(phase, its first day, its last day)] of the phases of scoring that have days."""
        known = phases_of([self.bloc_year])[self.bloc_year.pk]
        return [(known[kind].get_kind_display(), known[kind]) for kind in PHASES if kind in known]

    def rows(self):
        """A row for each unit."""
        return [self._row(seat) for seat in self.seats]

    def complete(self, tier):
        """The units' draft sheets of a tier that can be released at once."""
        return [each for each in self._drafts(tier) if each.is_complete]

    def incomplete(self, tier):
        """The units' draft sheets of a tier in which a criterion has no points."""
        return [each for each in self._drafts(tier) if not each.is_complete]

    def not_begun(self, tier):
        """The units of which a tier has no sheet."""
        there = {each.unit_id for each in self.scores.sheets if each.tier == tier}
        return [seat.unit for seat in self.seats if seat.unit_id not in there]

    def _drafts(self, tier):
        return [
            each
            for each in self.scores.sheets
            if each.tier == tier and each.checker_id is None and each.state == State.DRAFT
        ]

    def _row(self, seat):
        unit = seat.unit
        cells = [self._cell(unit, tier) for tier in self.tiers]
        totals = self.scores.totals(unit.pk) if self.scores.sheets_of.get(unit.pk) else None
        words, turn, address = self._next(unit)
        return Row(
            unit=unit,
            name=unit.name(self.bloc_year.year.last_day),
            role=seat.role_label if seat.role != Seat.Role.MEMBER else "",
            is_own=unit.pk in self.user.standing().unit_ids,
            cells=cells,
            total=self._points(totals.total) if totals else "",
            is_whole=bool(totals and not totals.missing),
            next=words,
            turn=turn,
            address=address,
        )

    def _cell(self, unit, tier):
        sheets = [each for each in self.scores.sheets_of.get(unit.pk, []) if each.tier == tier]
        address = self._address(unit, tier)
        if not sheets:
            return Cell(tier, tier.label, address=address, action=_("Chấm") if address else "")
        if tier == Tier.CHECK and self.is_across:
            released = sum(each.state == State.RELEASED for each in sheets)
            told = {"released": released, "all": self.checkers[unit.pk]}
            tone = "done" if released == told["all"] else "doing"
            return Cell(tier, tier.label, _("%(released)s/%(all)s đã công bố") % told, tone, address=address)
        sheet = sheets[0]
        total = "" if sheet.total is None else self._points(sheet.total)
        words = sheet.get_state_display()
        if sheet.state == State.DRAFT and sheet.number:
            words = _("Đang mở lại")
        return Cell(tier, tier.label, words, TONES[sheet.state], total, address)

    def _address(self, unit, tier):
        """Where this person works on a tier of a unit; empty where that is not theirs."""
        if tier == Tier.SELF:
            own = unit.pk in self.user.standing().unit_ids
            sheet = ScoreSheet(bloc_year=self.bloc_year, unit=unit, tier=tier)
            may = own and scores_own_unit(self.user, sheet, self.today)
            return self._page("score-own", unit) if may else ""
        if tier == Tier.CHECK:
            return self._page("score-sitting", unit) if self._checks(unit) else ""
        return self._page("score-tier", unit, tier) if self.keeps[tier] else ""

    def _checks(self, unit):
        if unit.pk in self.user.standing().unit_ids:
            return False
        if self.is_across:
            return unit.pk in self.assigned_to_me
        return self.keeps.get(Tier.CHECK, False) or unit.pk in self.on_team

    def _next(self, unit):
        """(what is next, whose turn, where this person does it) of a unit; nothing of an unseen one."""
        own = self.scores.sheet(unit.pk, Tier.SELF)
        is_mine = unit.pk in self.user.standing().unit_ids
        if not (own or is_mine or any(self.keeps.values()) or self._checks(unit)):
            return "", "", ""
        if own is None or own.state in (State.DRAFT, State.RETURNED):
            is_returned = own is not None and own.state == State.RETURNED
            words = _("Chỉnh sửa, gửi lại phiếu") if is_returned else _("Tự chấm điểm và gửi phiếu")
            return words, unit.short_name(), self._address(unit, Tier.SELF)
        if not self._is_released(unit, Tier.CHECK):
            turn = _("Đơn vị chấm chéo") if self.is_across else _("Tổ kiểm tra")
            return _("Kiểm tra, công bố điểm"), turn, self._address(unit, Tier.CHECK)
        if self.is_ranked:
            return "", "", ""
        if not self._is_released(unit, Tier.LEADER):
            address = self._address(unit, Tier.LEADER)
            return _("Thẩm định, công bố điểm"), self.bloc_year.leader_label, address
        return _("Chờ xếp hạng"), self.bloc_year.leader_label, ""

    @cached_property
    def is_ranked(self):
        """Whether a ranking is released: nothing is next then."""
        return self.bloc_year.rankings.filter(state="released").exists()

    def _is_released(self, unit, tier):
        """Whether all that is awaited of a tier is released; so is a tier that scores nothing."""
        if tier not in self.tiers:
            return True
        released = [
            each
            for each in self.scores.sheets_of[unit.pk]
            if each.tier == tier and each.state == State.RELEASED
        ]
        awaited = self.checkers[unit.pk] if tier == Tier.CHECK and self.is_across else 1
        return len(released) >= max(awaited, 1)

    def _points(self, value):
        """Points with the decimals of the set, so that they stand under one another."""
        return notation.number(rounded(value, self.scores.plan.digits))

    def _page(self, name, unit, *more):
        return address_of(name, self.bloc_year.year.code, self.bloc_year.bloc.code, unit.code, *more)
