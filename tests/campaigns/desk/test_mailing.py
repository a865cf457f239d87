"""Many mails over one line to the mail server, which may drop it."""

from smtplib import SMTPDataError, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from campaigns.desk.mailing import Line


@pytest.mark.parametrize(
    "dropped",
    [SMTPServerDisconnected("closed"), SMTPSenderRefused(421, b"too many", "a@b"), BrokenPipeError()],
)
def test_line_that_the_server_drops_is_opened_again(dropped):
    """Of eight mails it takes three on one line, then closes it."""
    lines = []

    class Server(EmailBackend):
        def open(self):
            lines.append(0)
            return super().open()

        def send_messages(self, messages):
            if lines[-1] == 3:
                raise dropped
            lines[-1] += 1
            return super().send_messages(messages)

    server = Server()
    server.open()
    mails = Line(server)
    for number in range(8):
        mails.send(EmailMessage("Đôn đốc", "Kính gửi", to=[f"{number}@bo.example"]))

    assert lines == [3, 3, 2]
    assert [each.to for each in mail.outbox] == [[f"{number}@bo.example"] for number in range(8)]


def test_mail_that_the_server_refuses_is_no_dropped_line():
    class Server(EmailBackend):
        def send_messages(self, messages):
            raise SMTPDataError(554, b"spam")

    with pytest.raises(SMTPDataError):
        Line(Server()).send(EmailMessage("Đôn đốc", "Kính gửi", to=["a@bo.example"]))
