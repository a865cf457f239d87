"""Sending many mails one after another: a line that the mail server drops is opened again."""

from contextlib import contextmanager
from smtplib import SMTPResponseException, SMTPServerDisconnected

from django.core.mail import get_connection

CLOSING = 421  # the server closes the line: after so many mails, or after so long


class Line:
    """A line to the mail server, opened again where the server has dropped it."""

    def __init__(self, connection):
        self.connection = connection

    def send(self, message):
        """Hand a mail over; once more on a new line where the old one was dropped."""
        message.connection = self.connection
        try:
            message.send()
        except (SMTPResponseException, SMTPServerDisconnected, ConnectionError) as error:
            if isinstance(error, SMTPResponseException) and error.smtp_code != CLOSING:
                raise
            self.connection.close()
            self.connection.open()
            message.send()


@contextmanager
def line():
    """A line to the mail server for many mails."""
    with get_connection() as connection:
        yield Line(connection)
