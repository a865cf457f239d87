"""Rankings as pages show them: points as written, whose figure counted, bars; past years as far as known."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from blocs import notation
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import KnownResult, Tier
from campaigns.scores.rankings.making import RANKED


def written(points):
    """Points kept as exact text, as written; empty where they are not known."""
    return "" if points is None else notation.number(Decimal(points))


@dataclass(frozen=True)
class Table:
    """A ranking with its rows as shown; `open` where ties can still be settled."""

    bloc_year: object
    ranking: object
    open: bool

    @cached_property
    def sections(self):
        """[(key, code, title)] of the columns."""
        criteria_set = chosen_set(self.bloc_year)
        sections = plan_of(criteria_set).sections if criteria_set else ()
        return [(each.key, each.code, each.title) for each in sections]

    @cached_property
    def ranked(self):
        """The ranked rows in their order, as shown."""
        return [self._shown(row) for row in self.ranking.rows if row["status"] == RANKED]

    @cached_property
    def others(self):
        """[(name, total, why it is not ranked)]."""
        return [
            (row["name"], written(row["total"]), row["out"])
            for row in self.ranking.rows
            if row["status"] != RANKED
        ]

    @cached_property
    def groups(self):
        """[(group, [(rank within it, name, total)])] where the bloc has sub-blocs."""
        found = {}
        for row in self.ranking.rows:
            if row["group"] and row["group_rank"]:
                found.setdefault(row["group"], []).append(
                    (row["group_rank"], row["name"], written(row["total"]))
                )
        return [(group, sorted(rows, key=lambda row: row[0])) for group, rows in found.items()]

    @property
    def decisions(self):
        """[(what the conference decided of ties and units of a part of the year, why)]."""
        names = {row["unit"]: row["name"] for row in self.ranking.rows}
        settled = self.ranking.settled
        found = [
            (", ".join(names[key] for key in tie["units"]), tie["reason"]) for tie in settled.get("ties", ())
        ]
        part_year = settled.get("part_year", {})
        if part_year.get("units"):
            units = ", ".join(names[key] for key in part_year["units"])
            found.append((_("xếp hạng: %(units)s") % {"units": units}, part_year["reason"]))
        return found

    @cached_property
    def _highest(self):
        totals = [Decimal(row["total"]) for row in self.ranking.rows if row["status"] == RANKED]
        return max(totals, default=Decimal(0))

    def _shown(self, row):
        share = Decimal(row["total"]) / self._highest if self._highest > 0 else Decimal(0)
        return {
            "unit": row["unit"],
            "code": row["code"],
            "rank": row["rank"],
            "name": row["name"],
            "stay": row["stay"],
            "total": written(row["total"]),
            "percent": max(0, round(100 * share)),
            "tiers": in_words(row["tiers"]),
            "sections": [self._section(row, *section) for section in self.sections],
            "excluded": "; ".join(row["excluded"]),
            "decided_by": row["decided_by"],
            "is_tied": bool(row["tied_with"]),
            "may_settle": self.open and bool(row["tied_with"] or row["unit"] in self._settled),
        }

    def _section(self, row, key, code, title):
        tiers = in_words(row["section_tiers"].get(key, ()))
        return code or title, written(row["sections"].get(key)), tiers

    @cached_property
    def _settled(self):
        return {key for tie in self.ranking.settled.get("ties", ()) for key in tie["units"]}


def in_words(tiers):
    """Whose figures counted."""
    return ", ".join(str(Tier(each).label) for each in tiers)


def known_table(bloc_year, user):
    """[(unit, its name, rank, total, what is known, note)] of a year without a ranking.

    Nothing is worked out: ranks that are known come in their order, then all others in that of the decree.
    """
    rows = KnownResult.objects.visible_to(user).filter(bloc_year=bloc_year).select_related("unit")
    known = {each.unit_id: each for each in rows.prefetch_related("unit__states")}
    if not known:
        return []
    units = {seat.unit_id: seat.unit for seat in bloc_year.seats_in_order() if seat.unit_id}
    units |= {each.unit_id: each.unit for each in known.values()}
    day = bloc_year.year.last_day
    order = sorted(units.values(), key=lambda unit: (_rank(known.get(unit.pk)), unit.place(day), unit.pk))
    return [(unit, unit.name(day), *_as_known(known.get(unit.pk))) for unit in order]


def _rank(result):
    return result.rank if result and result.rank else 10**6


def _as_known(result):
    """(rank, total, what is known in words, the note)."""
    if result is None:
        return "", "", _("chưa biết"), ""
    rank = str(result.rank or "")
    total = "" if result.total is None else notation.number(result.total.normalize())
    words = "" if rank and total else _("chỉ biết thứ hạng") if rank else _("chỉ biết tổng điểm")
    return rank, total, words, result.note
