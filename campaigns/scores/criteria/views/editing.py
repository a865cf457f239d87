"""Editing a draft of criteria: its own fields, sections, criteria and measures, one page each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blocs.actions import edit, remove
from blocs.forms import add_refusal
from blocs.permissions import Refused
from blocs.views.confirming import confirm
from campaigns.scores import actions
from campaigns.scores.criteria.forms.measures import MeasureForm
from campaigns.scores.criteria.forms.sets import CriterionForm, SectionForm, SetForm
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.views.finding import (
    PARTS,
    address,
    address_of,
    find_draft,
    find_part,
    find_set,
    kind_of,
)
from campaigns.scores.criteria.words import in_words
from campaigns.scores.models import CriteriaSection, Criterion, Measure
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.measures import KINDS

LONGEST_KEY = 40


@require_http_methods(["GET", "POST"])
def fields(request, year, pk):
    """The set's own fields."""
    found = find_draft(request.user, year, pk)
    form = SetForm(request.POST or None, instance=found)
    context = {"title": _("Thông tin chung của bộ tiêu chí"), "set": found, "back": found.get_absolute_url()}
    return _edit(request, form, context, lambda saved: saved.get_absolute_url())


@require_http_methods(["GET", "POST"])
def section_new(request, year, pk):
    """A new section at the end of the set, or of the section that the address names."""
    found = find_draft(request.user, year, pk)
    parent = None
    if request.GET.get("muc"):
        parent = find_part(found, "muc", _number(request.GET["muc"]))
    section = CriteriaSection(criteria_set=found, parent=parent)
    section.place = _last_place(found, parent) + 1
    return _section(request, found, section, _("Thêm mục"))


@require_http_methods(["GET", "POST"])
def section(request, year, pk, section):
    """A section: its fields, and what may be added to it."""
    found = find_draft(request.user, year, pk)
    return _section(request, found, find_part(found, "muc", section), _("Sửa mục"))


def _section(request, criteria_set, section, title):
    form = SectionForm(request.POST or None, instance=section)
    if not section.pk and form.is_bound and form.is_valid():
        section.key = _free_key(criteria_set, section.code or section.title)
    context = {"title": title, "set": criteria_set, "back": criteria_set.get_absolute_url(), "part": section}
    if section.pk:
        context["new_criterion"] = address("criterion-new", criteria_set, section.pk)
        context["new_section"] = f"{address('section-new', criteria_set)}?muc={section.pk}"
    return _edit(request, form, context | _ways_of(section), lambda saved: criteria_set.get_absolute_url())


@require_http_methods(["GET", "POST"])
def criterion_new(request, year, pk, section):
    """A new criterion at the end of a section."""
    found = find_draft(request.user, year, pk)
    into = find_part(found, "muc", section)
    criterion = Criterion(criteria_set=found, section=into, place=_last_place(found, into) + 1)
    form = CriterionForm(request.POST or None, instance=criterion)
    if form.is_bound and form.is_valid():
        criterion.key = _free_key(found, f"{into.key}-{criterion.code}" if criterion.code else criterion.text)
    context = {"title": _("Thêm tiêu chí"), "set": found, "back": found.get_absolute_url(), "part": criterion}
    return _edit(request, form, context | _ways_of(criterion), address_of)


@require_http_methods(["GET", "POST"])
def criterion(request, year, pk, criterion):
    """A criterion: its fields and its measures."""
    found = find_draft(request.user, year, pk)
    edited = find_part(found, "tieu-chi", criterion)
    form = CriterionForm(request.POST or None, instance=edited)
    context = {"title": _("Sửa tiêu chí"), "set": found, "back": found.get_absolute_url(), "part": edited}
    return _edit(
        request,
        form,
        context | _ways_of(edited) | _measures_of(edited),
        lambda saved: found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def measure_new(request, year, pk, criterion):
    """A new measure of a criterion: its kind first, then the form of that kind."""
    found = find_draft(request.user, year, pk)
    of = find_part(found, "tieu-chi", criterion)
    kind = request.GET.get("loai", "")
    if kind not in KINDS:
        context = {
            "title": _("Thêm cách tính điểm"),
            "year": found.year,
            "set": found,
            "criterion": of,
            "kinds": [(code, each.title) for code, each in KINDS.items()],
            "back": address_of(of),
        }
        return render(request, "scores/criteria/kinds.html", context)
    beside = list(of.measures.order_by("place", "pk"))
    measure = Measure(criterion=of, kind=kind, place=len(beside) + 1)
    taken = {each.key for each in beside}
    measure.key = next(key for key in (f"c{number}" for number in range(1, 1000)) if key not in taken)
    return _measure(request, found, measure, beside, _("Thêm cách tính điểm"))


@require_http_methods(["GET", "POST"])
def measure(request, year, pk, criterion, measure):
    """A measure of a criterion."""
    found = find_draft(request.user, year, pk)
    edited = find_part(found, "cach-tinh", measure)
    if edited.criterion_id != criterion:
        raise Http404
    beside = [each for each in edited.criterion.measures.order_by("place", "pk") if each.pk != edited.pk]
    return _measure(request, found, edited, beside, _("Sửa cách tính điểm"))


def _measure(request, criteria_set, measure, beside, title):
    form = MeasureForm(request.POST or None, instance=measure, beside=beside)
    back = address_of(measure.criterion)
    context = {
        "title": title,
        "set": criteria_set,
        "back": back,
        "part": measure,
        "kind": KINDS[measure.kind].title,
    }
    return _edit(request, form, context | _ways_of(measure), lambda saved: back)


@require_POST
def move(request, year, pk, kind, part):
    """Move a part before or after its neighbour."""
    found = find_set(request.user, year, pk)
    if kind not in PARTS:
        raise Http404
    moved = find_part(found, kind, part)
    actions.move_part(part=moved, up="up" in request.POST, by=request.user)
    return redirect(address_of(moved.criterion) if kind == "cach-tinh" else found.get_absolute_url())


@require_http_methods(["GET", "POST"])
def drop(request, year, pk, kind, part):
    """Take a part out of a draft, after a question."""
    found = find_draft(request.user, year, pk)
    if kind not in PARTS:
        raise Http404
    dropped = find_part(found, kind, part)
    back = address_of(dropped.criterion) if kind == "cach-tinh" else found.get_absolute_url()
    return confirm(
        request,
        title=_("Bỏ “%(part)s” khỏi bộ tiêu chí?") % {"part": dropped},
        consequences=[_("Mọi phần bên trong cũng bị bỏ; nhật ký giữ lại nội dung đã bỏ.")],
        submit=_("Bỏ phần này"),
        back=back,
        do=lambda data: remove(obj=dropped, by=request.user),
        done=_("Đã bỏ."),
        danger=True,
    )


def _edit(request, form, context, then):
    """Show a form; once it is valid, save it and go on."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = edit(form=form, by=request.user)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(then(saved))
    context |= {"form": form, "year": context["set"].year}
    return render(request, "scores/criteria/edit.html", context)


def _ways_of(part):
    """Where a known part is moved and dropped."""
    if not part.pk:
        return {}
    criteria_set = part.root()
    return {
        "move": address("move", criteria_set, kind_of(part), part.pk),
        "drop": address("drop", criteria_set, kind_of(part), part.pk),
    }


def _measures_of(criterion):
    """The measures of a criterion as its page lists them, and the ways from there."""
    plan = plan_of(criterion.criteria_set)
    unsound = {fault.key for fault in faults_of(plan)}
    pure = plan.criteria[criterion.key]
    words = {
        each.key: in_words(each, pure)
        for each in pure.measures
        if criterion.key not in unsound and f"{criterion.key}/{each.key}" not in unsound
    }
    rows = list(criterion.measures.order_by("place", "pk"))
    criteria_set = criterion.criteria_set
    for row in rows:
        row.criterion = criterion
    return {
        "measures": [(row, KINDS[row.kind].title, words.get(row.key, ""), address_of(row)) for row in rows],
        "new_measure": address("measure-new", criteria_set, criterion.pk),
        "try": address("try", criteria_set, criterion.pk),
    }


def _last_place(criteria_set, parent):
    """The place of the last part beside which a new one is set."""
    sections = criteria_set.sections.filter(parent=parent).values_list("place", flat=True)
    criteria = parent.criteria.values_list("place", flat=True) if parent else ()
    return max([*sections, *criteria], default=0)


def _free_key(criteria_set, words):
    """A key that no part of the set has, after the words that the part is known by."""
    taken = {
        *criteria_set.sections.values_list("key", flat=True),
        *criteria_set.criteria.values_list("key", flat=True),
    }
    stem = (slugify(words.replace("đ", "d").replace("Đ", "d")) or "phan")[: LONGEST_KEY - 4].strip("-")
    tries = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(key for key in tries if key not in taken)


def _number(text):
    try:
        return int(text)
    except ValueError as error:
        raise Http404 from error
