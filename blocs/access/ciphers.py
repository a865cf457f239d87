"""What the database keeps so that it cannot be read there.

The secrets of second factors, and a slip's code on its way from the act to the page that shows it once.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """What was kept was encrypted with a key that this installation no longer knows."""


def encrypt(text):
    """The text under the installation's key."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(kept):
    """What `encrypt` was given; raises Unreadable when neither today's key nor an earlier one opens it."""
    try:
        return _keys().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _keys():
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"ciphers {key}".encode()).digest()))
            for key in known
        ]
    )
