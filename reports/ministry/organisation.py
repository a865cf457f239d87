"""The units of the demonstration ministry: names by date, one merger, fifteen blocs."""

from datetime import date, timedelta

from blocs.models import Bloc, Succession, Unit, UnitState
from blocs.text import slug
from reports.ministry.building import CODE, Group, Member, initials, words

FORMER_NAMES = (3, 40, 90, 160)  # which units bore another name until the decree of the year before
MERGED_INTO = 120  # the unit into which another one was merged that year
Kind = UnitState.Kind


def build(builder):
    """Add all units, and return (root, standing department, blocs with their members)."""
    decree = date(builder.year - 1, 3, 1)
    root = _root(builder)
    department = builder.add(Unit(code=f"{CODE}-vu-thi-dua-khen-thuong", decree_place=1))
    _state(
        builder,
        department,
        official_name="Vụ Thi đua - Khen thưởng",
        short_name="Vụ TĐKT",
        symbol="TĐKT",
        aliases=["Vụ Thi đua, Khen thưởng"],
        kind=Kind.DEPARTMENT,
        superior=root,
        place_of_issue="Hà Nội",
        telephone=words()["telephone"].format(1),
    )
    _state(
        builder,
        root,
        official_name=words()["ministry"],
        short_name="Bộ Mẫu",
        symbol="BM",
        aliases=["Bộ minh hoạ"],
        kind=Kind.MINISTRY,
        standing_department=department,
        place_of_issue="Hà Nội",
        telephone=words()["telephone"].format(1),
    )
    symbols = {slug("TĐKT"), slug("BM")}
    groups, number = [], 0
    for place, bloc in enumerate(words()["blocs"], start=1):
        members = []
        for position in range(bloc["units"]):
            number += 1
            members.append(_member(builder, bloc, position, number, root, symbols, decree))
        found = builder.add(Bloc(code=slug(bloc["name"]), place=place))
        conference = date(builder.year - 1, 12, builder.number(8, 20))
        groups.append(Group(found, bloc["name"], members, conference))
    return root, department, groups


def _root(builder):
    return builder.add(Unit(code=CODE, is_root=True, decree_place=0))


def _member(builder, bloc, position, number, root, symbols, decree):
    """One unit of a bloc: its state, or two where the decree renamed it; one takes over another unit."""
    kinds = bloc["kinds"]
    kind, prefix, short, mark, head_title = kinds[position % len(kinds)]
    fields = words()["fields"]
    field = fields[(bloc["first_field"] + position) % len(fields)]
    name = f"{prefix} {field}"
    symbol = _free(f"{mark}{initials(field)}", symbols)
    unit = builder.add(Unit(code=f"{slug(name)[:70]}", decree_place=number + 1))
    place = builder.one_of(words()["places"])
    now = {
        "official_name": name,
        "short_name": f"{short} {field}",
        "symbol": symbol,
        "aliases": [f"{symbol} {words()['ministry'].split(' (')[0]}"],
        "decree_place": number + 1,
        "kind": kind,
        "superior": root,
        "place_of_issue": place,
        "province": place,
        "legal_personality": kind not in (Kind.DEPARTMENT, Kind.DIVISION),
        "head_count": builder.number(12, 900),
    }
    if number in FORMER_NAMES:
        former = {
            "official_name": f"{prefix} {field} và Đời sống",
            "short_name": f"{short} {field} ĐS",
            "decree_place": 201 - number,
            "last_day": decree - timedelta(days=1),
        }
        _state(builder, unit, **now | former)
        now["first_day"] = decree
    _state(builder, unit, **now)
    absorbed = _merge(builder, unit, now, date(builder.year - 1, 7, 1)) if number == MERGED_INTO else None
    return Member(unit, name, symbol, head_title, place, absorbed=absorbed)


def _merge(builder, unit, now, day):
    """The unit that was merged into another one on a day, with its name until the day before."""
    name = f"{now['official_name']} phía Nam"
    former = builder.add(Unit(code=slug(name)[:80], decree_place=202))
    changed = {
        "official_name": name,
        "short_name": f"{now['short_name']} phía Nam",
        "symbol": f"{now['symbol']}PN",
        "aliases": [],
        "decree_place": 202,
        "last_day": day - timedelta(days=1),
    }
    _state(builder, former, **now | changed)
    builder.add(
        Succession(
            on=day,
            kind=Succession.Kind.MERGER,
            from_unit=former,
            to_unit=unit,
            basis=f"Quyết định số 01/QĐ-BM ngày 15/6/{day.year}",
        )
    )
    return former


def _state(builder, unit, **known):
    builder.add(UnitState(unit=unit, **known))


def _free(symbol, taken):
    """The symbol, or with a number behind where another unit has it, also without its marks."""
    number = 1
    while slug(found := symbol if number == 1 else f"{symbol}{number}") in taken:
        number += 1
    taken.add(slug(found))
    return found
