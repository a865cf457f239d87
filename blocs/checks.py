"""System checks of what every model and act must say: who sees it, who may change it, and until when."""

import dis
import inspect

from django.apps import apps
from django.core import checks
from django.core.checks import Error
from django.utils.module_loading import autodiscover_modules

from blocs.journal import acts
from blocs.models.base import ScopedQuerySet
from blocs.permissions import any_day, drafters, editors, windows

OURS = ("blocs", "campaigns", "awards", "reports")


def register():
    """Put the checks before `manage.py check`."""
    checks.register(check_acts)
    checks.register(check_models)


def is_ours(name):
    """Whether a module or app of this dotted name belongs to the product."""
    return name.split(".")[0] in OURS


def asked_by(function, seen=None):
    """What a function asks for, itself or through functions of ours that it names: permission, window."""
    function, seen = inspect.unwrap(function), set() if seen is None else seen
    found = {function.asks} if hasattr(function, "asks") else set()
    if function in seen or not is_ours(function.__module__):
        return found
    seen.add(function)
    for named in _named(function):
        found |= asked_by(named, seen)
    return found


def _named(function):
    """The functions that the code of a function names, other acts left out: those ask for themselves.

    Names alone and names of a module (`windows.require_window`) are followed, names of an object are not.
    """
    codes = [function.__code__]
    for code in codes:
        codes += [each for each in code.co_consts if inspect.iscode(each)]
        named = None
        for step in dis.get_instructions(code):
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                named = function.__globals__.get(step.argval)
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and inspect.ismodule(named):
                named = getattr(named, step.argval, None)
            else:
                continue
            if inspect.isfunction(named) and not hasattr(named, "act"):
                yield named


def check_acts(app_configs, **options):
    """Every act asks for a permission, and for a window or says why none governs it."""
    autodiscover_modules("actions")
    ours = {code: each for code, each in acts.items() if is_ours(inspect.unwrap(each.function).__module__)}
    for code, each in sorted(ours.items()):
        asked = asked_by(each.function)
        if "permission" not in asked and not each.anybody:
            yield Error(f"The act {code} asks for no permission.", obj=each.function, id="blocs.E001")
        if "window" in asked and each.any_day:
            yield Error(f"The act {code} asks for a window that it says it has not.", id="blocs.E002")
        if "window" not in asked and not each.any_day:
            yield Error(
                f"The act {code} asks for no window.",
                hint="Ask require_window or require_open, or say in any_day why none governs it.",
                obj=each.function,
                id="blocs.E003",
            )


def check_models(app_configs, **options):
    """Every model is scoped; one that is edited or drafted about says its window or why none governs it."""
    for model in apps.get_models():
        if not is_ours(model.__module__):
            continue
        label = model._meta.label
        if not isinstance(model._default_manager.get_queryset(), ScopedQuerySet):
            yield Error(f"{label} does not say who sees its rows.", obj=model, id="blocs.E004")
        is_changed, is_governed = model in editors or model in drafters, model in windows
        if is_changed and not is_governed and model not in any_day:
            yield Error(
                f"{label} is edited and says neither its window nor why it has none.",
                hint="Register it with window_of or on_any_day in the windows of its app.",
                obj=model,
                id="blocs.E005",
            )
        if is_governed and model in any_day:
            yield Error(f"{label} has a window and says that it has none.", obj=model, id="blocs.E006")
