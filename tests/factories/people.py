"""Units, people and what is kept of their acts."""

import hashlib
import secrets
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from blocs import models as blocs

LONG_AGO = date(2000, 1, 1)


class UnitFactory(ModelFactory):
    class Meta:
        model = blocs.Unit

    code = factory.Sequence(lambda n: f"don-vi-{n}")


class UnitKindFactory(ModelFactory):
    class Meta:
        model = blocs.UnitKind

    code = factory.Sequence(lambda n: f"loai-{n}")
    label = factory.Sequence(lambda n: f"Loại {n}")


class UnitStateFactory(ModelFactory):
    class Meta:
        model = blocs.UnitState

    unit = factory.SubFactory(UnitFactory)
    official_name = factory.Sequence(lambda n: f"Đơn vị {n}")
    kind = blocs.UnitState.Kind.AUTHORITY


class SuccessionFactory(ModelFactory):
    class Meta:
        model = blocs.Succession

    on = date(2020, 6, 1)
    kind = blocs.Succession.Kind.MERGER
    from_unit = factory.SubFactory(UnitFactory)
    to_unit = factory.SubFactory(UnitFactory)


class BlocFactory(ModelFactory):
    class Meta:
        model = blocs.Bloc

    code = factory.Sequence(lambda n: f"khoi-{n}")


class PersonFactory(ModelFactory):
    class Meta:
        model = blocs.Person

    full_name = "Nguyễn Văn An"


class UserFactory(ModelFactory):
    class Meta:
        model = blocs.User

    username = factory.Sequence(lambda n: f"tai-khoan-{n}")
    person = factory.SubFactory(PersonFactory)
    password = factory.django.Password(None)


class PostFactory(ModelFactory):
    class Meta:
        model = blocs.Post

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    title = "Chuyên viên"
    first_day = LONG_AGO


def user_with(role, unit=None, **post):
    """A user who holds one post with a role since long ago, in a unit of its own unless one is given."""
    user = UserFactory()
    PostFactory(person=user.person, role=role, unit=unit or UnitFactory(), **post)
    return user


class StoredFileFactory(ModelFactory):
    class Meta:
        model = blocs.StoredFile

    content = factory.Sequence(lambda n: f"nội dung {n}".encode())
    sha256 = factory.LazyAttribute(lambda each: hashlib.sha256(each.content).hexdigest())
    size = factory.LazyAttribute(lambda each: len(each.content))
    media_type = "application/pdf"


class SpreadsheetImportFactory(ModelFactory):
    class Meta:
        model = blocs.SpreadsheetImport

    user = factory.SubFactory(UserFactory)
    kind = "scores"
    about = factory.Sequence(lambda n: f"bloc-year:{n}")
    file = factory.SubFactory(StoredFileFactory)
    file_name = "bang-diem.xlsx"


class PaperRecordFactory(ModelFactory):
    class Meta:
        model = blocs.PaperRecord

    day = date(2020, 12, 15)


class EntryFactory(ModelFactory):
    class Meta:
        model = blocs.Entry

    at = factory.LazyFunction(timezone.now)
    actor_name = "Nguyễn Văn An"
    post = factory.SubFactory(PostFactory)
    post_title = "Chuyên viên"
    act = "test.anything"
    object_kind = "blocs.unit"
    object_key = "1"
    object_name = "Đơn vị"
    request_id = factory.Faker("uuid4")
    payload_digest = "0" * 64


class PayloadFactory(ModelFactory):
    class Meta:
        model = blocs.Payload

    entry = factory.SubFactory(EntryFactory)
    salt = "0" * 32
    data = factory.LazyFunction(lambda: {"before": {}, "after": {}})


class SealFactory(ModelFactory):
    class Meta:
        model = blocs.Seal

    sealed_at = factory.LazyFunction(timezone.now)
    first_entry = 1
    last_entry = factory.Sequence(lambda n: n + 1)
    entries = 1
    previous = factory.LazyFunction(lambda: secrets.token_hex(32))
    head = factory.LazyFunction(lambda: secrets.token_hex(32))


class JobFactory(ModelFactory):
    class Meta:
        model = blocs.Job

    kind = "test.work"
    asked_by = factory.SubFactory(UserFactory)


class InvitationFactory(ModelFactory):
    class Meta:
        model = blocs.Invitation

    user = factory.SubFactory(UserFactory)
    post = factory.SubFactory(PostFactory, person=factory.SelfAttribute("..user.person"))
    purpose = blocs.Invitation.Purpose.ACCOUNT
    code_digest = "0" * 64
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)
    expires_at = factory.LazyAttribute(lambda each: each.made_at + timedelta(days=7))


class DraftFactory(ModelFactory):
    class Meta:
        model = blocs.Draft

    user = factory.SubFactory(UserFactory)
    address = factory.Sequence(lambda n: f"/trang/{n}/")
    data = factory.LazyFunction(lambda: {"text": ["đang gõ"]})
    saved_at = factory.LazyFunction(timezone.now)


class PressFactory(ModelFactory):
    class Meta:
        model = blocs.Press

    digest = factory.Sequence(lambda n: f"{n:064x}")
    at = factory.LazyFunction(timezone.now)
    address = "/"


class DigestFactory(ModelFactory):
    class Meta:
        model = blocs.Digest

    user = factory.SubFactory(UserFactory)
    day = date(2020, 12, 15)
