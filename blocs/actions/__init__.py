"""Acts of this app: one verb, one function, one journal entry."""

from blocs.actions.accounts import make_first_account
from blocs.actions.documents import (
    assign_number,
    file_signed,
    make_draft,
    release,
    send_to_signature,
    take_back,
)
from blocs.actions.records import edit, remove
from blocs.actions.work import ask_for, cancel_job, erase_payload

__all__ = [
    "ask_for",
    "assign_number",
    "cancel_job",
    "edit",
    "erase_payload",
    "file_signed",
    "make_draft",
    "make_first_account",
    "release",
    "remove",
    "send_to_signature",
    "take_back",
]
