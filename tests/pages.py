"""What a reader meets on a page: its words, its headings, where its links lead."""

import re
from html.parser import HTMLParser

VOID = {"img", "input", "link", "meta", "br", "use"}


class Page(HTMLParser):
    """A page's main part as read: `text`, `headings`, `links` {words: address}, `addresses`, `buttons`."""

    def __init__(self, response):
        super().__init__()
        self.headings, self.links, self.addresses, self.buttons = [], {}, [], []
        self._open, self._all = [], []
        html = response.content.decode()
        self.feed(html[html.find("<main") : html.find("</main>")] if "<main" in html else html)
        self.text = " ".join(" ".join(self._all).split())

    def handle_starttag(self, tag, attributes):
        if tag in VOID:
            return
        self._open.append((tag, dict(attributes), len(self._all)))

    def handle_endtag(self, tag):
        while tag not in VOID and self._open:
            opened, attributes, start = self._open.pop()
            if opened == tag:
                words = " ".join(" ".join(self._all[start:]).split())
                if re.fullmatch("h[1-6]", tag):
                    self.headings.append(words)
                elif tag == "a" and "href" in attributes:
                    self.links[words] = attributes["href"]
                    self.addresses.append(attributes["href"])
                elif tag == "button":
                    self.buttons.append(words)
                return

    def handle_data(self, text):
        self._all.append(text)

    @property
    def title(self):
        return self.headings[0]

    def into_records(self):
        """The links into the admin, by their words."""
        return {words: address for words, address in self.links.items() if address.startswith("/quan-tri/")}


def read(client, address, **options):
    """The page at an address, which must be there."""
    response = client.get(address, **options)
    assert response.status_code == 200, (address, response.status_code)
    return Page(response)
