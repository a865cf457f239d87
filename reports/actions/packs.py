"""The acts that keep what is printed from today's data: a meeting's set of papers, a single paper."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy

from blocs.actions.documents import PDF
from blocs.journal import act, record
from blocs.models import Pack, StoredFile
from blocs.permissions import require
from campaigns.models import BlocYear, Meeting
from reports.permissions import may_make_pack

ANY_DAY = "printed whenever it is read"

ZIP = "application/zip"


@act("pack.make", gettext_lazy("Lập bộ tài liệu của hội nghị"), any_day=ANY_DAY)
def make_pack(*, meeting, title, file_name, content, by):
    """Keep the papers of a meeting, as they are now, as one file; older sets stay."""
    BlocYear.objects.locked(meeting.bloc_year_id)
    post = require(may_make_pack(by, meeting, timezone.localdate()))
    pack = Pack.objects.create(
        subject_type=ContentType.objects.get_for_model(Meeting),
        subject_key=meeting.pk,
        title=title,
        file_name=file_name,
        file=StoredFile.objects.keep(content, media_type=ZIP),
        made_at=timezone.now(),
        made_by=post,
    )
    record(pack, by=by, post=post, after={"file": pack.file, "file_name": file_name})
    return pack


@act("paper.print", gettext_lazy("Lập bản in"), any_day=ANY_DAY)
def keep_print(*, subject, kind, title, file_name, content, by):
    """Keep the PDF of a paper of this kind about a subject, as its reader has it now; older ones stay."""
    bloc_year = subject if isinstance(subject, BlocYear) else subject.bloc_year
    BlocYear.objects.locked(bloc_year.pk)
    post = require(kind.may_print(by, subject, timezone.localdate()))
    kept = Pack.objects.create(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_key=subject.pk,
        title=title,
        file_name=file_name,
        file=StoredFile.objects.keep(content, media_type=PDF),
        made_at=timezone.now(),
        made_by=post,
    )
    record(kept, by=by, post=post, after={"file": kept.file, "file_name": file_name})
    return kept
