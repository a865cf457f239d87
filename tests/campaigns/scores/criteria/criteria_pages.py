"""What the tests of the pages of criteria share: addresses, and saving a part's page as it is shown."""

from django.urls import reverse

from tests.forms import Fields


def address(name, criteria_set, *more):
    return reverse(f"criteria-{name}", args=[criteria_set.year.code, criteria_set.pk, *more])


class Cut:
    """A page up to the forms that move a part: what stands above is the part's own form."""

    def __init__(self, response):
        self.content = response.content.split(b'<section aria-labelledby="place">')[0] + b"</main>"


def save(client, address, typed=None):
    """Save a part's page as it is shown but for what is typed; the page again where it is refused."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    fields = Fields(Cut(response)).sent | (typed or {})
    return client.post(address, {name: value for name, value in fields.items() if value is not None})
