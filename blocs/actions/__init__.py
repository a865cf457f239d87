"""Acts of this app: one verb, one function, one journal entry."""

from blocs.actions.accounts import (
    deactivate,
    invite,
    mail_slip,
    make_first_account,
    mistype_code,
    reactivate,
    remove_second_factor,
    renew_slip,
    set_email,
    use_code,
    withdraw_slip,
)
from blocs.actions.documents import (
    assign_number,
    file_signed,
    make_draft,
    release,
    send_to_signature,
    take_back,
)
from blocs.actions.organisation import rename_unit, succeed
from blocs.actions.posts import end_post, end_substitute, give_post, substitute
from blocs.actions.records import edit, remove
from blocs.actions.work import ask_for, cancel_job, erase_payload

__all__ = [
    "ask_for",
    "assign_number",
    "cancel_job",
    "deactivate",
    "edit",
    "end_post",
    "end_substitute",
    "erase_payload",
    "file_signed",
    "give_post",
    "invite",
    "mail_slip",
    "make_draft",
    "make_first_account",
    "mistype_code",
    "reactivate",
    "release",
    "remove",
    "remove_second_factor",
    "rename_unit",
    "renew_slip",
    "send_to_signature",
    "set_email",
    "substitute",
    "succeed",
    "take_back",
    "use_code",
    "withdraw_slip",
]
