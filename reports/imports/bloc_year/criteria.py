"""The set of criteria by which the scores of a bloc-year file were given: read, compared whole, made."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from django.utils import timezone

from blocs.text import nfc
from blocs.toml_text import Faulty
from campaigns.scores.criteria.actions.parts import Parts
from campaigns.scores.criteria.changes import changes
from campaigns.scores.criteria.files import Content, read, read_shipped, shipped
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import ChosenCriteria, CriteriaSet, Criterion
from campaigns.scores.scoring.check import faults_of
from reports.imports.bloc_year.row import Row, object_of


@dataclass(eq=False)
class CriteriaRow(Row):
    """The set of a bloc's year. A frozen set stays as it is: it is the same as in the file, or a fault."""

    content: Content | None = None

    @classmethod
    def of(cls, path, content, year, bloc):
        """The row of a content, for a bloc's year."""
        lookup = {"name": content.plan.name, "year": year, "bloc": bloc}
        return cls(CriteriaSet, path, (lookup,), {}, content=content)

    def chosen(self, bloc_year):
        """The row by which a bloc-year uses this set."""
        lookup = {"bloc_year": bloc_year}
        return Row(ChosenCriteria, self.path, (lookup,), lookup | {"criteria_set": self})

    def __post_init__(self):
        self.criteria = {key: Row(Criterion, self.path, ({"key": key},), {}) for key in self.plan.criteria}

    @property
    def plan(self):
        return self.content.plan

    def find(self, faults):
        """Look for the set that the bloc uses in that year; where it says something else, note it."""
        year, bloc = (object_of(self.lookups[0][name]) for name in ("year", "bloc"))
        used = CriteriaSet.objects.filter(chosen__bloc_year__year=year, chosen__bloc_year__bloc=bloc)
        self.obj = used.first() if year and bloc else None
        self._find_criteria()
        if self.obj is None:
            return
        kept = content_of(self.obj)
        if _plain(kept) != _plain(self.content):
            parts = [each.name for each in changes(kept, self.content)]
            where = f" ở {'; '.join(parts)}" if parts else ""
            words = (
                f"khác với bộ tiêu chí “{self.obj}” mà Khối đang dùng{where}. Bộ đã ban hành không sửa "
                "bằng tệp: hãy sửa tệp, hoặc lập phiên bản mới trên trang của bộ tiêu chí."
            )
            faults.add(self.path, words)

    def make(self):
        """Make the set with all its parts, then freeze it: it is history."""
        year, bloc = (object_of(self.lookups[0][name]) for name in ("year", "bloc"))
        if year is None or bloc is None:
            return  # what this one hangs from was refused, and that is noted
        self.obj = CriteriaSet(year=year, bloc=bloc)
        Parts(self.obj).take_fields(self.content)
        self.obj.save()
        Parts(self.obj).fill(self.plan, self.content.beside)
        self.obj.frozen_on = timezone.localdate()
        self.obj.move_to(CriteriaSet.State.FROZEN)
        self._find_criteria()

    def _find_criteria(self):
        kept = {each.key: each for each in self.obj.criteria.all()} if self.obj else {}
        for key, row in self.criteria.items():
            row.obj = kept.get(key)


def read_criteria(part, folder, faults):
    """The content that [criteria] names; None where that is none, which is noted."""
    if ("shipped" in part.given) == ("file" in part.given):
        words = "ghi một trong hai: shipped (bộ tiêu chí đi kèm phần mềm) hoặc file (tệp bộ tiêu chí)."
        faults.add(part.path, words)
        return None
    key = "shipped" if "shipped" in part.given else "file"
    name = part.get(key)
    if name is None:
        return None
    content, wrong = _shipped(name) if key == "shipped" else _beside(folder, name)
    for words in wrong:
        faults.add((*part.path, key), words)
    return None if wrong else content


def _shipped(name):
    """(the content of a set that comes along, what is wrong)."""
    try:
        return _whole(read_shipped(name)), []
    except KeyError:
        known = ", ".join(each.name for each in shipped())
        return None, [f"không có bộ tiêu chí “{name}” đi kèm phần mềm. Chọn một trong: {known}."]


def _beside(folder, name):
    """(the content of a file, what is wrong in it)."""
    try:
        content = _whole(read((folder / name).read_bytes()))
    except OSError as error:
        return None, [f"không đọc được tệp {name}: {error.strerror}."]
    except Faulty as error:
        return None, [f"{name}, {fault}" for fault in error.faults]
    return content, [f"{name}, {fault.key or 'cả bộ'}: {fault.words}" for fault in faults_of(content.plan)]


def _whole(content):
    """A content that says its full points, as a set does."""
    if content.plan.maximum is not None:
        return content
    return replace(content, plan=replace(content.plan, maximum=CriteriaSet().scale))


def _plain(value):
    """A content as plain values to compare: texts as they are stored, numbers as numbers."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return nfc(value) if isinstance(value, str) else value
