"""How acts are done and remembered: @act, record(), advance(), seal(), verify().

One act is one function and one journal entry. An entry's hash covers its payload through a salted digest, so
that a payload can be erased later without breaking the chain of seals.
"""

import hashlib
import inspect
import json
import logging
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import wraps

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from psycopg2.errors import LockNotAvailable

from blocs import presses
from blocs.models.files import StoredFile
from blocs.models.journal import Entry, PaperRecord, Payload, Seal
from blocs.models.people import Operator
from blocs.permissions import refuse, require
from config.middleware import current_request_id

GENESIS = "0" * 64
_LOCK = 0x7D0A5EA1  # the advisory lock that writers of entries share and a seal takes alone
_LONGEST_WAIT_MS = 50  # a seal waits for it at one go: so long do writers wait behind a seal at most
logger = logging.getLogger(__name__)
_frames = ContextVar("frames of acts under way", default=())


@dataclass(frozen=True)
class Paper:
    """An act that was done on paper: its day, place, who took part, and the scan.

    The scan is a file that is kept already, or the (bytes, media type) of one that the act keeps.
    """

    day: date
    place: str = ""
    participants: str = ""
    scan: StoredFile | tuple[bytes, str] | None = None


@dataclass(frozen=True)
class Act:
    """A verb of the trade as the journal knows it.

    `any_day` says why no window of the year governs it, `anybody` why it asks for no permission.
    """

    code: str
    title: str
    function: Callable
    any_day: str = ""
    anybody: str = ""


@dataclass(eq=False)
class Frame:
    """An act under way; its entries are written when the outermost act ends.

    `pending` are entries with their payloads, and frames of the acts that it called, in their order.
    """

    act: str
    entries: int = 0
    pending: list = field(default_factory=list)

    def mark(self):
        """Nothing: stands in the transaction as long as the act does."""


acts = {}


class ActWithoutEntry(RuntimeError):
    """An act had not exactly one entry, or an entry no act: a fault of the program, rolled back."""


def act(code, title, *, seals=False, any_day="", anybody=""):
    """Mark a function as an act: keyword-only, atomic, `by=`, exactly one journal entry each call.

    What a button sent is done once, however often it is pressed (blocs/presses.py).
    With `seals` the journal is sealed as soon as the act is committed. An act that asks for no window says
    why in `any_day`, one that asks for no permission in `anybody`; a system check names what is missing.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters.values()
        if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters):
            raise TypeError(f"{function.__qualname__}: an act takes keyword arguments only")
        if "by" not in inspect.signature(function).parameters:
            raise TypeError(f"{function.__qualname__}: an act takes by=")
        if code in acts:
            raise TypeError(f"{function.__qualname__}: there is an act {code} already")

        @wraps(function)
        def perform(**arguments):
            frame, outer = Frame(code), _frames.get()
            token = _frames.set((*outer, frame))
            try:
                with transaction.atomic():
                    if not outer:
                        presses.claim()
                    result = function(**arguments)
                    if frame.entries != 1:
                        raise ActWithoutEntry(f"{code}: {frame.entries} journal entries")
                    if not outer:
                        _write(frame)
                    if seals:
                        transaction.on_commit(seal_soon)
            except BaseException:
                if not outer:
                    presses.give_back()
                raise
            finally:
                _frames.reset(token)
            if outer:
                # Goes with what is rolled back: Django forgets the mark together with the savepoint.
                transaction.on_commit(frame.mark)
                outer[-1].pending.append(frame)
            return result

        perform.act = acts[code] = Act(code, title, perform, any_day, anybody)
        return perform

    return decorate


def record(obj, *, by, post, before=None, after=None, reason="", paper=None, at_once=False):
    """Note the one journal entry of the act under way, and return it.

    It is written, and has its key, when the outermost act ends, unless `at_once`: so an act of many acts
    holds up a seal no longer than one alone.
    """
    if not _frames.get():
        raise ActWithoutEntry("No act is under way")
    frame = _frames.get()[-1]
    with override(settings.LANGUAGE_CODE):  # the journal has one language, whatever the actor's pages have
        object_name = str(obj)[:300]
        # Fractions as text: PostgreSQL gives 1e20 back as 100000000000000000000, whose digest is another.
        payload = json.loads(
            json.dumps({"before": before or {}, "after": after or {}}, cls=_Encoder), parse_float=str
        )
    salt = secrets.token_hex(16)
    entry = Entry(
        at=timezone.now(),
        actor=None if isinstance(by, Operator) else by,
        actor_name=by.get_full_name(),
        post=post,
        post_title=str(post.title),
        on_behalf_of=str(post.on_behalf_of.person) if post.on_behalf_of else "",
        act=frame.act,
        object_kind=obj._meta.label_lower,
        object_key=str(obj.pk),
        object_name=object_name,
        reason=reason,
        request_id=current_request_id(),
        paper=_keep(paper),
        payload_digest=_digest(salt, payload),
    )
    frame.pending.append((entry, Payload(salt=salt, data=payload)))
    frame.entries += 1
    if at_once:
        _write(frame)
    return entry


def _write(frame):
    """Write the entries of an act and of the acts that it called, but for those that were rolled back."""
    standing = {each.__self__ for _ids, each, _robust in connection.run_on_commit if _is_mark(each)}
    pending, frame.pending = frame.pending, []
    for each in pending:
        if not isinstance(each, Frame):
            Entry.objects.write(*each, lock=_LOCK)
        elif each in standing:
            _write(each)


def _is_mark(function):
    return getattr(function, "__func__", None) is Frame.mark


def _keep(paper):
    if paper is None:
        return None
    if paper.day > timezone.localdate():
        refuse(_("Ngày trên giấy không được sau hôm nay."))
    return PaperRecord.objects.write(paper)


class _Encoder(DjangoJSONEncoder):
    def default(self, value):
        if isinstance(value, models.Model):
            return str(value.pk)
        if isinstance(value, Promise):
            return str(value)
        if isinstance(value, bytes | memoryview):
            return hashlib.sha256(value).hexdigest()
        return super().default(value)


# State tables -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Transition:
    """One row of a kind's state table: from a state by an action, who may, what must hold, to a state."""

    state: str
    action: str
    permission: Callable
    next: str
    guard: Callable | None = None
    title: str = ""


@dataclass(frozen=True)
class StateTable:
    """All lawful moves of one kind of object; the note tells of a move that follows from another object's."""

    name: str
    transitions: tuple = field(default_factory=tuple)
    note: str = ""

    def find(self, state, action):
        """The row for an action in a state, or None."""
        return next((row for row in self.transitions if (row.state, row.action) == (state, action)), None)

    def refusal(self, obj, action, user, day):
        """Why `user` may not take this action on the object now; None when it may be taken."""
        row = self.find(obj.state, action)
        if row is None:
            return _("Không làm được khi đang ở trạng thái “%(state)s”.") % {"state": obj.get_state_display()}
        answer = row.permission(user, obj, day)
        return None if answer else str(answer)


def advance(table, obj, action, *, by, day=None, reason="", paper=None, also=None, **fields):
    """Move an object (its row locked by the caller) along its state table, save it, and record the act.

    `fields` are set on the object; `also` stands beside them in the journal alone. Raises Refused when the
    table has no such move, the permission refuses or the guard does.
    """
    day = day or timezone.localdate()
    row = table.find(obj.state, action)
    if row is None:
        refuse(_("Không làm được khi đang ở trạng thái “%(state)s”.") % {"state": obj.get_state_display()})
    post = require(row.permission(by, obj, day))
    before = {"state": obj.state} | {name: getattr(obj, name) for name in fields}
    for name, value in fields.items():
        setattr(obj, name, value)
    if row.guard:
        row.guard(obj, day)
    obj.move_to(row.next)
    after = {"state": obj.state} | fields | (also or {})
    record(obj, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return obj


# Seals ------------------------------------------------------------------------------------------------------


class SealBusy(Exception):
    """The journal could not be locked in time; the next tick seals."""


def seal(*, lock_timeout_ms=2000):
    """Seal all entries since the last seal, in a transaction of its own; None when there are none.

    The lock waits until no entry is being written and lets none begin, so no entry can appear later below
    the last one sealed. Whoever writes meanwhile waits behind it: so beside a long transaction it lets the
    others go first, and asks again. It is an advisory one because before PostgreSQL 17 locking a table
    against writers needs the privilege to change or empty it. Raises SealBusy when the lock is not had in
    time, and RuntimeError inside another transaction, which would keep the lock.
    """
    end = time.monotonic() + lock_timeout_ms / 1000
    while True:
        try:
            return _seal(wait_ms=max(1, min(_LONGEST_WAIT_MS, lock_timeout_ms)))
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            if time.monotonic() >= end:
                raise SealBusy(str(error)) from error
        time.sleep(_LONGEST_WAIT_MS / 1000)


def _seal(wait_ms):
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{wait_ms}ms"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Seal.objects.order_by("-pk").first()
        head = last.head if last else GENESIS
        entries = Entry.objects.filter(pk__gt=last.last_entry if last else 0).order_by("pk")
        chain, keys = _chain(head, entries.select_related("paper").iterator())
        if not keys:
            return None
        return Seal.objects.write(keys=keys, previous=head, head=chain)


def seal_soon():
    """Seal now if the journal is free; otherwise the next tick of the timer does."""
    try:
        seal()
    except SealBusy:
        logger.warning("The journal is busy; the next tick seals it.")


def newest_head():
    """The head of the newest seal, as printed in released documents; empty before the first seal."""
    return Seal.objects.order_by("-pk").values_list("head", flat=True).first() or ""


@dataclass(frozen=True)
class Verdict:
    """What verify() found: what is covered, and each fault in words."""

    seals: int
    entries: int
    unsealed: int
    faults: tuple


def verify(head=""):
    """Check every seal against the entries, and that every payload is as written or was erased by an act.

    With `head`, only what that head covers is checked, and a head that no seal bears is a fault. Proves that
    nothing up to the head was rewritten since the head was known outside.
    """
    faults, expected, sealed, last_entry = [], GENESIS, 0, 0
    seals = list(Seal.objects.order_by("pk"))
    if head and head not in {each.head for each in seals}:
        faults.append(_("Không có niêm phong nào mang đầu chuỗi %(head)s.") % {"head": head})
    for each in seals:
        entries = Entry.objects.filter(pk__gt=last_entry, pk__lte=each.last_entry).order_by("pk")
        chain, keys = _chain(expected, entries.select_related("paper").iterator())
        if (each.previous, each.head, each.entries, each.first_entry) != (
            expected,
            chain,
            len(keys),
            keys[0] if keys else None,
        ):
            faults.append(
                _("Niêm phong %(seal)s: bút toán %(first)s đến %(last)s không còn như khi niêm phong.")
                % {"seal": each.pk, "first": each.first_entry, "last": each.last_entry}
            )
        expected, last_entry, sealed = each.head, each.last_entry, sealed + len(keys)
        if each.head == head:
            break
    payloads = Payload.objects.filter(entry__lte=last_entry).select_related("entry").order_by("pk")
    for payload in payloads.iterator():
        if _digest(payload.salt, payload.data) != payload.entry.payload_digest:
            faults.append(_("Bút toán %(entry)s: nội dung đã bị sửa.") % {"entry": payload.pk})
    lost = Entry.objects.filter(pk__lte=last_entry, payload__isnull=True).exclude(pk__in=_erased_entries())
    for key in lost.order_by("pk").values_list("pk", flat=True):
        faults.append(_("Bút toán %(entry)s: nội dung bị xoá mà không có việc xoá.") % {"entry": key})
    unsealed = 0 if head else Entry.objects.filter(pk__gt=last_entry).count()
    return Verdict(seals=len(seals), entries=sealed, unsealed=unsealed, faults=tuple(faults))


def _erased_entries():
    erasures = Entry.objects.filter(act=Payload.ERASED_BY, object_kind=Entry._meta.label_lower)
    return erasures.values_list(Cast("object_key", models.BigIntegerField()), flat=True)


def _chain(head, entries):
    keys = []
    for entry in entries:
        head = _hash([head, _entry_hash(entry)])
        keys.append(entry.pk)
    return head, keys


def _entry_hash(entry):
    paper = entry.paper
    return _hash(
        [
            entry.pk,
            entry.at.isoformat(),
            entry.actor_id,
            entry.actor_name,
            entry.post_id,
            entry.post_title,
            entry.on_behalf_of,
            entry.act,
            entry.object_kind,
            entry.object_key,
            entry.object_name,
            entry.reason,
            str(entry.request_id),
            entry.payload_digest,
            paper and [paper.day.isoformat(), paper.place, paper.participants, paper.scan_id],
        ]
    )


def _digest(salt, payload):
    return _hash([salt, payload])


def _hash(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
