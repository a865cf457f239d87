"""The fixture that fails a test whose page names an undefined variable."""

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines

from tests.conftest import Undefined

OURS = str(settings.BASE_DIR / "templates" / "some" / "page.html")


def render(source, origin, **context):
    engine = engines["django"].engine
    template = Template(source, origin=Origin(origin), engine=engine)
    text = template.render(Context(context))
    found, Undefined.found[:] = list(Undefined.found), []
    return text, found


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("{{ unit.nam }}", "", ["unit.nam"]),
        ("{{ unit.nam|upper }}", "", ["unit.nam|upper"]),
        ("{% with x=unit.nam %}{{ x }}{% endwith %}", "", ["unit.nam"]),
        ("{% for u in units %}{{ u.nam }}{% endfor %}", "", ["u.nam"]),
        ("{% load i18n %}{% blocktranslate %}Khối {{ nam }}{% endblocktranslate %}", "Khối ", ["nam"]),
        ("{{ unit.name }}", "Cục", []),
        ('{{ unit.nam|default:"chưa có" }}', "chưa có", []),
        ("{% if unit.nam %}có{% endif %}", "", []),
        ("{% for u in none %}{{ u }}{% endfor %}", "", []),
    ],
)
def test_our_template_names_a_variable(source, text, found):
    result = render(source, OURS, unit={"name": "Cục"}, units=[{"name": "Cục"}])
    assert result == (text, [f"templates/some/page.html: {name}" for name in found])


def test_template_of_a_library_names_an_undefined_variable():
    assert render("{{ nam }}", "/elsewhere/admin/index.html") == ("", [])
