"""The template tags, and what every page knows of its installation."""

import pytest
from django.template import Context, RequestContext, Template, TemplateSyntaxError

from config import ui


def render(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(("tone", "shape"), ui.SHAPES.items())
def test_badge_has_a_shape_for_each_tone(tone, shape):
    assert render("{% badge text tone %}", text="Đã <ký>", tone=tone) == (
        f'<span class="badge badge--{tone}"><svg class="icon" aria-hidden="true" focusable="false">'
        f'<use href="/static/img/icons.svg#{shape}"></use></svg>Đã &lt;ký&gt;</span>'
    )


def test_badge_of_an_unknown_tone():
    with pytest.raises(KeyError):
        render('{% badge "Đã ký" "green" %}')


def test_icon_is_in_the_sheet(settings):
    sheet = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text("utf-8")
    used = {*ui.SHAPES.values(), "arrow", "up", "down", "both", "download", "phone", "info"}
    used |= {"menu", "search", "help"}
    assert {name for name in used if f'<symbol id="{name}"' in sheet} == used
    assert sheet.count("<symbol") == len(used)


@pytest.mark.parametrize(
    ("query", "href", "order", "shape"),
    [
        ("", "?sort=name", None, "both"),
        ("?sort=day", "?sort=name", None, "both"),
        ("?sort=name&page=3", "?sort=-name", "ascending", "up"),
        ("?khoi=a&sort=-name", "?khoi=a&amp;sort=name", "descending", "down"),
    ],
)
def test_sort_header(rf, query, href, order, shape):
    template = Template('{% sort_header "name" "Đơn vị" "numeric" %}')
    html = template.render(RequestContext(rf.get(f"/{query}")))
    sorted_now = f' aria-sort="{order}"' if order else ""
    assert html == (
        f'<th scope="col" class="numeric"{sorted_now}><a class="table__sort" href="{href}">Đơn vị'
        f'<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/img/icons.svg#{shape}">'
        "</use></svg></a></th>"
    )


def test_table_is_a_named_region():
    assert render('{% table caption="Đơn vị" name="units" %}<tbody></tbody>{% endtable %}') == (
        '<div class="table-region" role="region" aria-labelledby="units-caption" tabindex="0">'
        '<table class="table"><caption class="table__caption">'
        '<span id="units-caption">Đơn vị</span></caption>'
        "<tbody></tbody></table></div>"
    )


def test_table_stacks_and_keeps_its_caption_quiet():
    html = render('{% table caption="Đơn vị" name="units" stacked=True quiet=True %}{% endtable %}')
    assert '<table class="table table--stacked"><caption class="visually-hidden">' in html


def test_breadcrumbs_need_an_address_for_each_title():
    with pytest.raises(ValueError, match="shorter"):
        render('{% breadcrumbs "Năm 2020" "/2020/" "Khối" %}')


def test_misspelt_argument_of_a_tag_is_refused():
    with pytest.raises(TemplateSyntaxError):
        render('{% table caption="Đơn vị" nam="units" %}{% endtable %}')


def test_installation_is_asked_for_only_where_it_is_shown(rf, monkeypatch):
    asked = []

    def describe():
        asked.append(1)
        return {"name": "Đơn vị gốc", "phone": "0123"}

    monkeypatch.setattr(ui, "describe_installation", describe)
    context = ui.installation(rf.get("/"))
    assert asked == []
    text = render("{{ installation.name }} {{ installation.phone }} {{ installation.version }}", **context)
    assert (text, asked) == (f"Đơn vị gốc 0123 {ui.VERSION}", [1])


def test_installation_without_an_app_that_describes_it(rf, monkeypatch):
    monkeypatch.setattr(ui, "describe_installation", ui.product_alone)
    context = ui.installation(rf.get("/"))
    assert render("[{{ installation.name }}{{ installation.phone }}]", **context) == "[]"
