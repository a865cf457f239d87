"""What a browser sends of a page's form: as it is shown, but for what is typed."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """The fields of the last form in a page's main part: `sent` {name: values}."""

    def __init__(self, response):
        super().__init__()
        self.sent, self._select, self._first, self._area = {}, None, None, None
        html = response.content.decode()
        self.feed(html[html.find("<main") : html.find("</main>")])

    def _add(self, name, value):
        self.sent.setdefault(name, []).append(value)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        name, kind = told.get("name"), told.get("type", "text")
        if tag == "form":
            self.sent = {}
        elif tag == "input" and name and kind not in ("submit", "file"):
            if kind not in ("checkbox", "radio") or "checked" in told:
                self._add(name, told.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and self._select:
            if self._first is None:
                self._first = told.get("value", "")
            if "selected" in told:
                self._add(self._select, told.get("value", ""))
        elif tag == "textarea":
            self._area = [name, ""]

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            if self._select not in self.sent:
                self._add(self._select, self._first)
            self._select = None
        elif tag == "textarea" and self._area:
            self._add(self._area[0], self._area[1].removeprefix("\n"))
            self._area = None

    def handle_data(self, text):
        if self._area:
            self._area[1] += text


def send(client, address, typed=None, **options):
    """Send the form of the page at an address with what is typed; a field typed as None is not sent."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    fields = Fields(response).sent | (typed or {})
    return client.post(
        address, {name: value for name, value in fields.items() if value is not None}, **options
    )
