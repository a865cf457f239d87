"""From the checked tables of a bloc-year file to the rows they stand for."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from awards.decisions.models import Exemplar
from awards.models import AwardKind
from awards.nominations.models import Nomination
from blocs.models import Bloc, Unit, UnitState
from blocs.toml_text import Faulty, parse
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    EmulationYear,
    Meeting,
    Observation,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
)
from campaigns.scores.models import KnownResult, Score, ScoreSheet
from reports.imports.bloc_year.checking import Checker
from reports.imports.bloc_year.criteria import CriteriaRow, read_criteria
from reports.imports.bloc_year.faults import Faults
from reports.imports.bloc_year.hours import times
from reports.imports.bloc_year.row import Row
from reports.imports.bloc_year.scores import ScoreReader

Role = Seat.Role
_YEAR = re.compile(r"(?:năm học |năm )?(\d{4})(?:\s*[-–]\s*(\d{4}))?")
FIELDS_OF_YEAR = (
    "name",
    "leader_label",
    "deputy_label",
    "leader_chosen_by",
    "known_member_count",
    "plan_reference",
    "plan_issued_on",
)


@dataclass
class BlocYearFile:
    """A bloc-year file that was read: its rows, those they depend on first, and where each stands."""

    name: str
    sha256: str
    sources: dict
    rows: list
    faults: Faults
    warnings: list

    @property
    def bloc_year(self):
        """The row of the bloc-year that the file is about."""
        return next((row for row in self.rows if row.model is BlocYear), None)

    def require_sound(self):
        """Raise Faulty with every fault found so far, if there is any."""
        if self.faults.found:
            raise Faulty(self.faults.found)


def read(path):
    """The file at a path. Raises Faulty when its syntax is wrong; other faults are kept in `faults`."""
    content = path.read_bytes()
    text, data = parse(content, Decimal)
    checker = Checker(text)
    top = checker.check(data)
    builder = _Builder(checker.faults, path.parent)
    rows, sha256 = builder.rows(top), hashlib.sha256(content).hexdigest()
    return BlocYearFile(path.name, sha256, checker.sources, rows, checker.faults, builder.warnings)


class _Builder:
    """Makes the rows; a table with a fault that leaves its row without identity makes none."""

    def __init__(self, faults, folder):
        self.faults, self.folder = faults, folder
        self.units, self.years, self.meetings, self.campaigns = {}, {}, {}, {}
        self.sheets, self.places, self.warnings = {}, {}, []
        self.made = []
        self.seen = {}

    def rows(self, top):
        units = [part for part in top.parts.get("units", []) if "code" in part.values]
        self.authority = self._authority(units)
        for table, key in (("years", "code"), ("bloc_year", "year"), ("next_year", "year")):
            for part in top.parts.get(table, []):
                self._take_year(part, key)
        for part in units:
            self.units.setdefault(part.get("code"), self._unit(part))
        for part in units:
            self._state(part)
        for part in top.parts.get("years", []):
            if "code" in part.values:
                year = self._add(EmulationYear, part, [{"code": part.get("code")}], part.values)
                self.years.setdefault(part.get("code"), year)
        for part in top.parts.get("bloc_year", []):
            if part.get("bloc"):
                code = {"code": part.get("bloc")}
                bloc = self._add(Bloc, part, [code], code, keys={"code": "bloc"})
                year = self._year(part)
                criteria = self._criteria(top, year, bloc)
                this_year = self._bloc_year(part, bloc, year, criteria)
                self._children(top, this_year)
                self._scores(top.parts.get("scores", []), this_year, criteria)
                for following in top.parts.get("next_year", []):
                    self._children(following, self._bloc_year(following, bloc, self._year(following)))
        return self.made

    def _take_year(self, part, key):
        """Put the code of an emulation year for the words that hold it."""
        if key in part.values:
            found = _YEAR.fullmatch(part.get(key).lower())
            if found is None:
                self.faults.add((*part.path, key), "ghi năm thi đua là “2020”, năm học là “2020-2021”.")
            else:
                part.values[key] = "-".join(filter(None, found.groups()))

    def _authority(self, units):
        """The name of the awarding authority: of the file's root unit, else of the one that is known."""
        named = [part.get("name") for part in units if part.get("root") and part.get("name")]
        root = None if named else Unit.objects.filter(is_root=True).first()
        return next(iter(named), root.name() if root else "")

    def _unit(self, part):
        code = part.get("code")
        if part.get("root"):
            known = Unit.objects.filter(is_root=True).exclude(code=code).exists()
            if known or any(row.values.get("is_root") for row in self.units.values()):
                self.faults.add((*part.path, "root"), "đã có cơ quan gốc khác. Hãy bỏ dòng này.")
        values = part.only("code")
        if "root" in part.values:
            values["is_root"] = part.get("root")
        row = self._add(Unit, part, [{"code": code}], values, keys={"is_root": "root"})
        row.once |= part.only("decree_place")  # the order of this year: a known unit keeps its own
        self.places.setdefault(code, part.get("decree_place"))
        return row

    def _state(self, part):
        unit = self.units[part.get("code")]
        plain = part.only(
            "short_name",
            "symbol",
            "aliases",
            "kind",
            "place_of_issue",
            "head_count",
            "first_day",
            "last_day",
        )
        values = plain | {"unit": unit} | self._units(part, "superior", "standing_department")
        if "name" in part.values:
            values["official_name"] = part.get("name")
        lookups = [{"unit": unit, "first_day": part.get("first_day")}]
        if "first_day" not in part.values:
            lookups.append({"unit": unit})
        self._add(UnitState, part, lookups, values, keys={"official_name": "name"})

    def _criteria(self, top, year, bloc):
        """The row of the criteria of that year, or None."""
        for each in top.parts.get("criteria", []):
            if content := read_criteria(each, self.folder, self.faults):
                row = CriteriaRow.of(each.path, content, year, bloc)
                self.made.append(row)
                return row
        if (scores := top.parts.get("scores")) and "criteria" not in top.given:
            self.faults.add(scores[0].path, "cần bảng [criteria]: bộ tiêu chí của năm đó.")
        return None

    def _year(self, part):
        return self._known(part, "year", self.years, EmulationYear, "năm thi đua", "[[years]]")

    def _bloc_year(self, part, bloc, year, criteria=None):
        values = part.only(*FIELDS_OF_YEAR)
        values |= {"bloc": bloc, "year": year} | self._units(part, "organiser")
        bloc_year = self._add(BlocYear, part, [{"bloc": bloc, "year": year}], values)
        if criteria:
            self.made.append(criteria.chosen(bloc_year))
        return bloc_year

    def _children(self, part, bloc_year):
        parts = part.parts.get
        for each in parts("seats", []):
            self._seat(each, bloc_year)
        for each, place in _numbered(parts("observations", []), "kind"):
            values = each.values | {"bloc_year": bloc_year, "place": place}
            self._add(Observation, each, [_only(values, "bloc_year", "kind", "place")], values)
        for each in parts("meetings", []):
            self._meeting(each, bloc_year)
        self._counted(parts("nominations", []), Nomination, "award", bloc_year)
        self._counted(parts("exemplars", []), Exemplar, "kind", bloc_year)
        for each in parts("results", []):
            self._result(each, bloc_year)
        for each in parts("campaigns", []):
            self._campaign(each, bloc_year)
        for each in parts("pledges", []):
            self._pledge(each, bloc_year)

    def _seat(self, part, bloc_year):
        role = part.get("role", Role.MEMBER)
        values = part.values | {"bloc_year": bloc_year, "role": role} | self._units(part, "unit")
        is_member = role == Role.MEMBER and ("role" in part.values) == ("role" in part.given)
        if is_member and "unit" not in part.given:
            self.faults.add(part.path, "thiếu khoá unit. Chỉ Khối trưởng, Khối phó mới để trống đơn vị được.")
        here = {"bloc_year": bloc_year}
        if unit := values.get("unit"):
            lookups = [
                here | {"role": role, "unit": unit, "first_day": part.get("first_day")},
                here | {"role": role, "unit": unit},
                here | {"unit": unit},
                here | {"role": role, "unit": None},
            ]
        else:
            lookups = [here | {"role": role, "unit": None}]
        if role == Role.LEADER or not unit:
            lookups.append(here | {"role": role})
        row = self._add(Seat, part, lookups, values)
        if self.places.get(part.get("unit")) is not None and "place" not in values:
            row.once["place"] = self.places[part.get("unit")]

    def _meeting(self, part, bloc_year):
        values = part.only(
            "kind",
            "title",
            "form",
            "place_name",
            "chair_name",
            "chair_title",
            "secretary_name",
            "secretary_title",
            "first_day",
            "last_day",
        )
        values |= times(part, self.faults)
        values |= {"bloc_year": bloc_year} | self._units(part, "host")
        if part.given & {"day", "first_day", "last_day"} not in (set(), {"day"}, {"first_day", "last_day"}):
            self.faults.add(part.path, "ghi day, hoặc cả first_day và last_day.")
        if "day" in part.values:
            values["first_day"] = values["last_day"] = part.get("day")
        here = {"bloc_year": bloc_year, "kind": values.get("kind")}
        lookups = [
            here | {"title": values.get("title"), "first_day": values.get("first_day")},
            here | {"first_day": values.get("first_day")},
            here | {"title": values.get("title")},
        ]
        if values.get("kind") == Meeting.Kind.YEAR_END:
            lookups.append(here)
        meeting = self._add(Meeting, part, lookups, values)
        name = part.get("id")
        if name in self.meetings:
            self.faults.add(
                (*part.path, "id"), f"“{name}” đã dùng cho hội nghị khác ở trên. Hãy đặt tên khác."
            )
        elif name:
            self.meetings[name] = meeting
        for key, model in {"agenda": AgendaItem, "attendance": Attendance, "statements": Statement}.items():
            for place, each in enumerate(part.parts.get(key, []), start=1):
                lookup = {"meeting": meeting, "place": place}
                self._add(model, each, [lookup], each.values | self._units(each, "unit") | lookup)

    def _counted(self, parts, model, kind, bloc_year):
        """Rows of one recipient each: the one named, or as many without as the source counts."""
        places = {}
        for part in parts:
            if ("count" in part.given) == ("unit" in part.given):
                self.faults.add(
                    part.path, "ghi một trong hai: unit (khi biết đơn vị) hoặc count (khi chỉ biết số lượng)."
                )
            values = (
                part.only("achievement", "given_to") | {"bloc_year": bloc_year} | self._units(part, "unit")
            )
            if kind == "award":
                values["award"] = self._award(part)
            else:
                values["kind"] = part.get("kind")
            if "meeting" in part.values:
                field_name = "proposed_at" if model is Nomination else "honoured_at"
                values[field_name] = self._meeting_named(part)
            place = places.setdefault(values.get(kind), count(1))
            for _each in range(part.get("count", 1)):
                row_values = values | {"place": next(place)}
                lookup = _only(row_values, "bloc_year", kind, "place")
                self._add(
                    model,
                    part,
                    [lookup],
                    row_values,
                    keys={"proposed_at": "meeting", "honoured_at": "meeting"},
                )

    def _award(self, part):
        """The award that a code or words name; where that is none, or several, what there is."""
        said = part.get("award")
        if said is None:
            return None
        found = AwardKind.objects.called(said, self.authority)
        if len(found) == 1:
            return found[0]
        listed = found or AwardKind.objects.prefetch_related("names")
        known = "; ".join(f"{each.code} ({each.all_names(self.authority)[0]})" for each in listed)
        problem = "có nhiều" if found else "không có"
        self.faults.add(
            (*part.path, "award"),
            f"{problem} danh hiệu, hình thức khen thưởng gọi là “{said}”. Ghi một trong các mã: {known}.",
        )
        return None

    def _result(self, part, bloc_year):
        """What is known of a unit's scores; points of sections are kept as exact text, by their codes."""
        lookup = {"bloc_year": bloc_year} | self._units(part, "unit")
        if not part.given & {"total", "rank", "sections"}:
            self.faults.add(part.path, "chưa nói gì về điểm: ghi total, rank hoặc [[results.sections]].")
        values = part.only("total", "rank", "note") | lookup
        sections = part.parts.get("sections", [])
        codes = [each.get("code") for each in sections]
        for place, each in enumerate(sections):
            if codes[place] in codes[:place]:
                words = f"mục {codes[place]} đã ghi ở trên. Hãy bỏ bớt một."
                self.faults.add((*each.path, "code"), words)
        if sections:
            values["sections"] = {
                each.get("code"): str(each.get("points"))
                for each in sections
                if {"code", "points"} <= each.values.keys()
            }
        self._add(KnownResult, part, [lookup], values)

    def _scores(self, parts, bloc_year, criteria):
        """Scores with the sheets that they stand in, once the criteria and the year are known."""
        year = bloc_year.values.get("year")
        if not criteria or not year:
            return
        seated, rows = self._seated(bloc_year), []
        reader = ScoreReader(criteria, year, self.faults)
        for part in parts:
            unit = self._units(part, "unit").get("unit")
            if unit and part.get("unit") not in seated:
                words = f"đơn vị {part.get('unit')} không có trong Khối năm đó. Hãy sửa mã; thêm [[seats]]."
                self.faults.add((*part.path, "unit"), words)
            told = reader.read(part)
            if unit and told:
                criterion, values, follows = told
                lookup = {"sheet": self._sheet(part, bloc_year, unit, criteria), "criterion": criterion}
                rows.append(self._add(Score, part, [lookup], values | lookup, follows=follows))
        reader.compare_units(rows)
        self.warnings += reader.warnings

    def _sheet(self, part, bloc_year, unit, criteria):
        """The row of the sheet of a unit and tier, one for all its scores."""
        key = part.get("unit"), part.get("tier")
        if key not in self.sheets:
            values = {"bloc_year": bloc_year, "unit": unit, "tier": part.get("tier")}
            follows = {"criteria_set": criteria, "from_paper": True}
            lookups = [values | {"checker": None}]
            self.sheets[key] = self._add(ScoreSheet, part, lookups, values, follows=follows)
        return self.sheets[key]

    def _seated(self, bloc_year):
        """The codes of the units in the bloc: those of the file and those that the database knows."""
        rows = [row for row in self.made if row.model is Seat and row.values["bloc_year"] is bloc_year]
        units = [row.values["unit"] for row in rows if row.values.get("unit")]
        bloc, year = (bloc_year.values[name] for name in ("bloc", "year"))
        known = Seat.objects.filter(bloc_year__bloc__code=_code(bloc), bloc_year__year__code=_code(year))
        return {*map(_code, units), *known.filter(unit__isnull=False).values_list("unit__code", flat=True)}

    def _meeting_named(self, part):
        name = part.get("meeting")
        if name not in self.meetings:
            self.faults.add(
                (*part.path, "meeting"), f"không có hội nghị nào mang id “{name}” trong [[meetings]]."
            )
        return self.meetings.get(name)

    def _campaign(self, part, bloc_year):
        values = part.only("code", "name", "theme", "launched_at", "first_day", "last_day")
        values |= self._units(part, "launched_by")
        if part.get("of_bloc"):
            values["bloc_year"] = bloc_year
        if "parent" in part.values:
            values["parent"] = self._known(
                part, "parent", self.campaigns, Campaign, "phong trào", "[[campaigns]]"
            )
        campaign = self._add(
            Campaign, part, [{"code": part.get("code")}], values, keys={"bloc_year": "of_bloc"}
        )
        self.campaigns.setdefault(part.get("code"), campaign)

    def _pledge(self, part, bloc_year):
        values = part.values | {"bloc_years": [bloc_year]}
        pledge = self._add(Pledge, part, [{"code": part.get("code")}], values)
        for place, each in enumerate(part.parts.get("contents", []), start=1):
            lookup = {"pledge": pledge, "place": place}
            self._add(PledgeContent, each, [lookup], each.values | lookup)
        for each in part.parts.get("signatures", []):
            values = each.values | {"pledge": pledge} | self._units(each, "unit")
            self._add(Signature, each, [_only(values, "pledge", "unit")], values)

    def _units(self, part, *keys):
        """The units that the keys name, by field."""
        given = [key for key in keys if key in part.values]
        return {key: self._known(part, key, self.units, Unit, "đơn vị", "[[units]]") for key in given}

    def _known(self, part, key, in_file, model, kind, table=""):
        """What a code names: a row of the file, or one that the database has already."""
        code = part.get(key)
        found = in_file.get(code) or (code and model.objects.filter(code=code).first())
        if code and not found:
            also = f"; thêm {table} nếu là mới" if table else ""
            self.faults.add((*part.path, key), f"không có {kind} nào mang mã “{code}”. Hãy sửa mã{also}.")
        return found or None

    def _add(self, model, part, lookups, values, keys=None, follows=None):
        row = Row(model, part.path, tuple(lookups), values, keys or {}, follows or {})
        identity = tuple(lookups[0].values())
        if None not in identity:
            first = self.seen.setdefault((model, *identity), row)
            if first is not row:
                line = self.faults.line(first.path)
                self.faults.add(
                    part.path, f"{model._meta.verbose_name} này đã ghi ở dòng {line}. Hãy bỏ bớt một."
                )
                return first
        self.made.append(row)
        return row


def _numbered(parts, key):
    """Each part with its place among those of the same kind."""
    places = {}
    for part in parts:
        yield part, next(places.setdefault(part.get(key), count(1)))


def _only(values, *names):
    return {name: values.get(name) for name in names}


def _code(value):
    """The code of a row of the file or of an object."""
    return value.values["code"] if isinstance(value, Row) else value.code
