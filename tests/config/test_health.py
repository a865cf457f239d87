import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_health_is_answered_without_sign_in_and_tells_nothing(client):
    response = client.get("/suc-khoe/")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert client.post("/suc-khoe/").status_code == 405


def test_health_fails_with_the_database(client, monkeypatch):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    client.raise_request_exception = False

    assert client.get("/suc-khoe/").status_code == 500
