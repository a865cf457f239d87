"""The scores of a bloc-year file: points worked out from figures, sheets as received or released."""

from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from django.utils import timezone

from campaigns.scores.criteria.plans import tiers_of_set
from campaigns.scores.models import KnownResult, Score, ScoreSheet, SheetVersion, Tier
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.plan import NA_FORBIDDEN, FigureFault, of_tier
from campaigns.scores.scoring.score import bounds, questions, score, stated
from campaigns.scores.scoring.score import faults as faults_of
from campaigns.scores.sheets.among import Among, compared
from campaigns.scores.sheets.counting import keep_result, result_of, scores_of, sheet_totals, snapshot
from campaigns.scores.sheets.filling import asked
from reports.imports.bloc_year.criteria import CriteriaRow
from reports.imports.bloc_year.row import Row, object_of

State = ScoreSheet.State
FOLLOWS = ("base", "bonus", "deduction", "working", "excludes_from_flags", "disqualifies")


class ScoreReader:
    """Reads the scores of a file by the criteria of its year; everything wrong is noted."""

    def __init__(self, criteria, year, faults):
        self.criteria, self.faults, self.warnings = criteria, faults, []
        days = year.values if isinstance(year, Row) else vars(year)
        self.told = {
            "digits": criteria.plan.digits,
            "first_day": days.get("first_day"),
            "last_day": days.get("last_day"),
        }

    def read(self, part):
        """(the criterion's row, what is said of it, what follows); None where something is wrong."""
        criterion = self._criterion(part)
        if criterion is None or not self._is_one_way(part):
            return None
        noted = len(self.faults.found)
        figures = self._figures(part, criterion)
        result = self._result(part, criterion, figures) if len(self.faults.found) == noted else None
        if result is None:
            return None
        kept = keep_result(Score(), result)
        values = {
            "figures": figures,
            "stated": "points" in part.given,
            "not_applicable": kept.not_applicable,
            "points": kept.points,
        }
        follows = {name: getattr(kept, name) for name in FOLLOWS} | {"saved_at": timezone.now()}
        return self.criteria.criteria[criterion.key], values | part.only("reason"), follows

    def _note_beyond(self, part, criterion):
        """Warn of points that a signed paper gives although the criterion cannot: they are kept."""
        highest = bounds(criterion)[1]
        if highest is not None and part.get("points") > highest:
            line = self.faults.line((*part.path, "points"))
            self.warnings.append(
                f"dòng {line}: tiêu chí {criterion.code or criterion.key} ghi "
                f"{wording.points(part.get('points'))}, quá điểm tối đa {wording.number(highest)}; "
                "giữ nguyên theo văn bản giấy. Hãy đối chiếu lại với bản gốc."
            )

    def compare_units(self, rows):
        """Work out anew, of all scores of the file, those by criteria in which units are compared."""
        plan, units = self.criteria.plan, Among()
        keys = {self.criteria.criteria[key]: key for key in compared(plan)}
        rows = [row for row in rows if row.values["criterion"] in keys]
        rows = [row for row in rows if not (row.values["stated"] or row.values["not_applicable"])]
        for row in rows:
            sheet = row.values["sheet"].values
            known = units.known.setdefault((None, keys[row.values["criterion"]]), {})
            known.setdefault(sheet["unit"], {})[sheet["tier"]] = row.values["figures"]
        for row in rows:
            sheet, key = row.values["sheet"].values, keys[row.values["criterion"]]
            others = units.others(None, sheet["unit"], sheet["tier"], key)
            settled = sheet["tier"] != Tier.SELF
            figures = row.values["figures"]
            result = score(plan.criteria[key], figures, others=others, settled=settled, **self.told)
            kept = keep_result(Score(), result)
            row.values["points"] = kept.points
            row.follows |= {name: getattr(kept, name) for name in FOLLOWS}

    def _criterion(self, part):
        """The criterion that a table names by its key, or by its code where only one has that code."""
        name, plan = part.get("criterion"), self.criteria.plan
        if name is None or part.get("tier") is None:
            return None
        coded = [each for each in plan.criteria.values() if each.code == name]
        found = plan.criteria.get(name) or (coded[0] if len(coded) == 1 else None)
        here = (*part.path, "criterion")
        if found is None:
            self.faults.add(here, self._unknown(name, coded))
        elif found.key not in of_tier(plan, part.get("tier")).criteria:
            tier = Tier(part.get("tier")).label
            self.faults.add(here, f"tiêu chí {name} không do cấp “{tier}” chấm theo bộ tiêu chí này.")
            return None
        return found

    def _unknown(self, name, coded):
        keys = list(self.criteria.plan.criteria)
        if coded:
            several = ", ".join(each.key for each in coded)
            return f"có {len(coded)} tiêu chí mang số “{name}”. Ghi bằng mã: {several}."
        near = get_close_matches(name, keys, 1)
        guess = f"Có phải là {near[0]}?" if near else f"Các mã có thể dùng: {', '.join(keys)}."
        return f"bộ tiêu chí không có tiêu chí “{name}”. {guess}"

    def _is_one_way(self, part):
        """Whether a table says in one way alone how the unit was scored."""
        ways = part.given & {"figures", "points", "not_applicable"}
        if part.get("not_applicable") is False:
            ways -= {"not_applicable"}
        if len(ways) != 1:
            words = (
                "ghi một trong ba: figures (số liệu, từ đó tính ra điểm), points (khi chỉ biết điểm), "
                "not_applicable = true (không áp dụng)."
            )
            self.faults.add(part.path, words)
        return len(ways) == 1 and ways <= part.values.keys()

    def _figures(self, part, criterion):
        """{measure key: {question: text}} as a score keeps them."""
        asks = {key: [each.name for each in each_of] for key, each_of in questions(criterion).items()}
        here, found = (*part.path, "figures"), {}
        for measure, told in part.get("figures", {}).items():
            if measure not in asks:
                known = ", ".join(asks) or "không có"
                words = f"tiêu chí này không hỏi số liệu ở “{measure}”. Các cách tính có hỏi: {known}."
                self.faults.add((*here, measure), words)
            elif not isinstance(told, dict):
                self.faults.add((*here, measure), "phải là một bảng: { tên số liệu = giá trị }.")
            else:
                found[measure] = self._answers((*here, measure), told, asks[measure])
        return asked(criterion, found)

    def _answers(self, path, told, names):
        found = {}
        for name, value in told.items():
            if name not in names:
                words = f"không có số liệu “{name}”. Các số liệu được hỏi: {', '.join(names)}."
                self.faults.add((*path, name), words)
            elif isinstance(value, list | dict):
                self.faults.add((*path, name), "phải là một số, một ngày, một chữ, hoặc true, false.")
            else:
                found[name] = _text(value)
        return found

    def _result(self, part, criterion, figures):
        """What a table comes to; None where that cannot be, which is noted."""
        not_applicable = part.get("not_applicable", False)
        if not_applicable and self.criteria.plan.na_policy == NA_FORBIDDEN:
            words = "bộ tiêu chí này không có tiêu chí “không áp dụng”. Hãy ghi số liệu hoặc điểm."
            self.faults.add((*part.path, "not_applicable"), words)
            return None
        told = self.told | {"not_applicable": not_applicable}
        if "points" in part.given:
            try:
                self._note_beyond(part, criterion)
                return stated(criterion, part.get("points"), digits=self.told["digits"], signed=True)
            except FigureFault as fault:
                wrong = [fault]
        elif not (wrong := faults_of(criterion, figures, **told)):
            return score(criterion, figures, **told)
        for fault in wrong:
            inner = ("figures", fault.measure, fault.question) if fault.measure else (fault.question,)
            self.faults.add((*part.path, *inner), fault.words)
        return None


def _text(value):
    """A value of the file as figures keep it: "42", "0.5", "2022-01-31", "yes"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return f"{Decimal(value):f}"
    return value.isoformat() if isinstance(value, date) else str(value)


# Sheets -----------------------------------------------------------------------------------------------------


def open_sheets(plan):
    """The rows of the sheets whose scores a plan adds or changes, opened; others cannot be changed by a file.

    Those are left out of the plan, and noted: what was scored in the system, and what is being mended there.
    """
    rows = [row for row in [*plan.additions, *(each.row for each in plan.changes)] if row.model is Score]
    opened = list(dict.fromkeys(row.values["sheet"] for row in rows))
    refused = [sheet for sheet in opened if sheet.obj and not _is_history(sheet.obj)]
    for sheet in refused:
        words = (
            f"{sheet.obj} được chấm, sửa trên hệ thống nên không sửa bằng tệp. "
            "Hãy bỏ các bảng [[scores]] của phiếu này, hoặc ghi đúng như phiếu."
        )
        plan.file.faults.add(sheet.path, words)
    plan.additions = [row for row in plan.additions if row.values.get("sheet") not in refused]
    plan.changes = [each for each in plan.changes if each.row.values.get("sheet") not in refused]
    opened = [sheet for sheet in opened if sheet not in refused]
    for sheet in opened:
        if sheet.obj and sheet.obj.state == State.RELEASED:
            sheet.obj.move_to(State.DRAFT)
    return opened


def close_sheets(file, opened):
    """Keep of the sheets what they say, each as received or released with its version; whole or not."""
    criteria = next((row for row in file.rows if isinstance(row, CriteriaRow)), None)
    for row in opened:
        if (sheet := row.obj) is None:
            continue  # it was refused, and that is noted
        now, scores = timezone.now(), list(sheet.scores.select_related("criterion"))
        results = {each.criterion.key: result_of(each) for each in scores}
        found = sheet_totals(criteria.plan, sheet.tier, results)
        sheet.is_complete = not found.missing
        sheet.total = found.total if sheet.is_complete else None
        if sheet.tier == Tier.SELF:
            sheet.sent_at = sheet.opened_at = now
        else:
            sheet.released_at = now
        sheet.number += 1
        sheet.version += 1
        sheet.move_to(_closed(sheet))
        SheetVersion.objects.create(
            sheet=sheet,
            number=sheet.number,
            made_at=now,
            total=sheet.total,
            scores=snapshot(scores),
            criteria_set=sheet.criteria_set,
            reason=f"Nạp lại từ tệp {file.name}" if sheet.number > 1 else "",
        )


def check_results(file):
    """Note where a result's total is not what the scores of its unit come to.

    Nothing is compared where criteria are missing, nor where only the unit's own scoring is known.
    """
    scored = {object_of(row.values["unit"]) for row in file.rows if row.model is ScoreSheet}
    results = [row for row in file.rows if row.model is KnownResult and "total" in row.values]
    results = [row for row in results if object_of(row.values.get("unit")) in scored]
    bloc_year = file.bloc_year.obj if file.bloc_year else None
    if not results or bloc_year is None:
        return
    scores = scores_of([bloc_year])[bloc_year.pk]
    for row in results:
        unit, stated_total = object_of(row.values["unit"]), row.values["total"]
        found = scores.totals(unit.pk)
        if not found or found.missing or not _is_final(scores, unit) or found.total == stated_total:
            continue
        words = (
            f"tổng điểm ghi là {wording.number(stated_total)}, còn các tiêu chí ở [[scores]] cộng lại được "
            f"{wording.number(found.total)}. Hãy xem lại nguồn rồi sửa một trong hai."
        )
        file.faults.add((*row.path, "total"), words)


def _is_final(scores, unit):
    """Whether more is known of a unit than how it scored itself, or others do not score at all."""
    tiers = {tier for tier, _result in scores.counting(unit.pk).values()}
    return tiers != {Tier.SELF} or tiers_of_set(scores.plan) == [Tier.SELF]


def _closed(sheet):
    return State.OPENED if sheet.tier == Tier.SELF else State.RELEASED


def _is_history(sheet):
    """Whether a sheet is as a file left it: from paper, and not opened since."""
    return sheet.from_paper and sheet.state == _closed(sheet)
