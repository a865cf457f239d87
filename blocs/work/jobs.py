"""Long work outside the request: a Job row tells the page, the task queue only wakes a worker.

A job may be run twice without harm: its acts check under lock that their work is not done yet.
"""

import logging
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from blocs.models import Job
from blocs.permissions import Refused
from blocs.registers import RegisterByKey

MAX_TRIES = 3
_LOCK_SPACE = 0x7D0A  # the first half of our advisory locks' keys, so that they meet no other program's
logger = logging.getLogger(__name__)
kinds, titles = RegisterByKey("kinds of job"), RegisterByKey("titles of jobs")


class JobFailed(Exception):
    """The work cannot be done; its words are for the person who asked."""


class JobCancelled(Exception):
    """The person who asked wished to stop."""


def job_kind(code, title, function):
    """Register a function (job) -> (words, address) as the work of a kind of job, by its title on pages."""
    kinds[code], titles[code] = function, title


@task()
def run_job(job_id):
    """Run a job unless another worker has it; its row says how it ended."""
    with _owned(job_id) as owned:
        if owned:
            job = Job.objects.get(pk=job_id)
            with _language_of(job):
                _run(job)


def wake(job):
    """Put the job before the workers, when the transaction under way commits."""
    run_job.enqueue(job.pk)


def step(job, words, done=None):
    """Tell the page what is being done; stops here when the person who asked wished it."""
    job.refresh_from_db(fields=["wish_to_cancel"])
    if job.wish_to_cancel:
        raise JobCancelled
    job.tell(words=words, done=done)


def reap():
    """Take up again, or fail with words, the jobs that no worker has or will be given; returns how many."""
    reaped = 0
    for job in Job.objects.under_way():
        if _is_queued(job):
            continue
        with _owned(job.pk) as owned:
            job.refresh_from_db()
            if not owned or job.is_over:
                continue
            reaped += 1
            if job.tries < MAX_TRIES:
                wake(job)
                continue
            with _language_of(job):
                job.finish(Job.State.FAILED, _("Máy chủ dừng giữa chừng nhiều lần. Hãy báo người quản trị."))
    return reaped


def _is_queued(job):
    return (
        DBTaskResult.objects.ready()
        .filter(task_path=run_job.module_path, args_kwargs__args=[job.pk])
        .exists()
    )


def _run(job):
    if job.is_over:
        return
    job.start()
    try:
        words, address = kinds[job.kind](job)
        job.finish(Job.State.DONE, words, address)
    except (Refused, JobFailed) as error:
        job.finish(Job.State.FAILED, str(error))
    except JobCancelled:
        job.finish(Job.State.CANCELLED, _("Đã dừng theo yêu cầu; chưa lưu gì."))
    except Exception:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        job.finish(
            Job.State.FAILED,
            _("Lỗi ngoài dự kiến, chưa lưu gì. Hãy báo người quản trị số công việc %(job)s.")
            % {"job": job.pk},
        )


def _language_of(job):
    """The language that the person who asked was reading; its words are for that person."""
    return override(job.parameters.get("language", settings.LANGUAGE_CODE))


@contextmanager
def _owned(job_id):
    """Whether this database session now owns the job; PostgreSQL frees the lock however the owner dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, job_id % 2**31])
        owned = cursor.fetchone()[0]
    try:
        yield owned
    finally:
        if owned:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, job_id % 2**31])
