import subprocess
import sys
import time
from functools import partial
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from blocs.actions import ask_for, cancel_job
from blocs.contributions import Tick, registry
from blocs.models import Entry, Job, Seal
from blocs.permissions import Refused, refuse
from blocs.work import jobs
from blocs.work.jobs import MAX_TRIES, JobFailed, reap, run_job, step
from tests.blocs.noting import note
from tests.factories import JobFactory, UserFactory, user_with

WORK = {"kind": "test.work", "parameters": {"document": 1}}
UNEXPECTED = "Lỗi ngoài dự kiến, chưa lưu gì. Hãy báo người quản trị số công việc {job}."


@pytest.fixture
def works(monkeypatch):
    """Say what the work of the tests' kind of job does; answers how often it was done."""
    done = []

    def works(work=lambda job: ("Đã xong.", "/ket-qua/")):
        def counted(job):
            done.append(job.pk)
            return work(job)

        monkeypatch.setitem(jobs.kinds, "test.work", counted)
        return done

    return works


def queued():
    return [task.args_kwargs["args"][0] for task in DBTaskResult.objects.ready()]


# Asking -----------------------------------------------------------------------------------------------------


def test_ask_puts_the_job_before_the_workers(secretary):
    job = ask_for(**WORK, by=secretary)

    assert (job.state, job.asked_by, job.parameters) == ("asked", secretary, {"document": 1})
    assert queued() == [job.pk]
    assert Entry.objects.get().payload.data["after"] == {"kind": "test.work", "parameters": {"document": 1}}


def test_ask_by_the_operator(operator, db):
    with pytest.raises(Refused, match="Lệnh trên máy chủ tự làm việc này"):
        ask_for(**WORK, by=operator)
    assert not Job.objects.exists()


def test_ask_without_a_post(db):
    with pytest.raises(Refused, match="Tài khoản chưa được giao nhiệm vụ nào"):
        ask_for(**WORK, by=UserFactory())


@pytest.mark.parametrize("state", ["asked", "running"])
def test_ask_for_what_is_under_way_is_the_same_job(secretary, staff, state):
    job = ask_for(**WORK, by=secretary)
    Job.objects.update(state=state)

    assert ask_for(**WORK, by=secretary) == job
    assert ask_for(**WORK, by=staff) == job
    assert queued() == [job.pk]


@pytest.mark.parametrize("other", [{"kind": "test.other"}, {"parameters": {"document": 2}}])
def test_ask_for_other_work(secretary, other):
    assert ask_for(**WORK, by=secretary) != ask_for(**WORK | other, by=secretary)


def test_ask_once_more_when_it_is_over(secretary, works):
    works()
    job = ask_for(**WORK, by=secretary)
    run_job.call(job.pk)

    assert ask_for(**WORK, by=secretary) != job


def test_ask_for_what_only_somebody_else_may_see_under_way(secretary):
    job = ask_for(**WORK, by=user_with("officer"))
    own = ask_for(**WORK, by=secretary)

    assert own != job
    assert list(Job.objects.visible_to(secretary)) == [own]


def test_button_pressed_twice_at_once(first_then, world):
    ask = partial(ask_for, **WORK, by=world[2])

    assert first_then(ask, ask).outcome() == Job.objects.get()
    assert len(queued()) == 1


# Running ----------------------------------------------------------------------------------------------------


def fail(error):
    raise error


@pytest.mark.parametrize(
    ("work", "state", "words", "address"),
    [
        (lambda job: ("Đã lập dự thảo.", "/van-ban/1/"), "done", "Đã lập dự thảo.", "/van-ban/1/"),
        (lambda job: refuse("Không được", "Điều 1"), "failed", "Không được (Điều 1)", ""),
        (lambda job: fail(JobFailed("Văn bản quá lớn.")), "failed", "Văn bản quá lớn.", ""),
        (lambda job: fail(ZeroDivisionError()), "failed", UNEXPECTED, ""),
    ],
    ids=["done", "refused", "failed", "unexpected"],
)
def test_job_says_how_it_ended(works, db, caplog, work, state, words, address):
    works(work)
    job = JobFactory()

    run_job.call(job.pk)

    job.refresh_from_db()
    assert (job.state, job.words, job.address) == (state, words.format(job=job.pk), address)
    assert (job.tries, job.done) == (1, 1 if state == "done" else 0)
    assert job.finished_at
    assert ("ZeroDivisionError" in caplog.text) is (words == UNEXPECTED)


def test_job_of_an_unknown_kind(db):
    job = JobFactory(kind="test.unknown")

    run_job.call(job.pk)

    job.refresh_from_db()
    assert (job.state, job.words) == ("failed", UNEXPECTED.format(job=job.pk))


def test_job_tells_how_far_it_is_and_stops_when_asked(works, secretary):
    told = []

    def work(job):
        for words in ("Đang tập hợp số liệu", "Đang lập bản PDF"):
            step(job, words)
            told.append(Job.objects.get().words)
            cancel_job(job=job, by=secretary)

    works(work)
    job = JobFactory(asked_by=secretary)
    run_job.call(job.pk)

    job.refresh_from_db()
    assert told == ["Đang tập hợp số liệu"]
    assert (job.state, job.words) == ("cancelled", "Đã dừng theo yêu cầu; chưa lưu gì.")


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_job_that_is_over_is_not_run_again(works, db, state):
    done = works()
    job = JobFactory(state=state, finished_at="2020-12-15T00:00Z")

    run_job.call(job.pk)

    assert done == []
    assert Job.objects.get().state == state


def test_job_run_twice_is_done_once(works, db):
    done = works()
    job = JobFactory()

    run_job.call(job.pk)
    run_job.call(job.pk)

    assert done == [job.pk]
    assert Job.objects.get().tries == 1


def test_job_that_another_worker_has_is_left_to_it(works, in_thread):
    done = works(lambda job: in_thread(run_job.call, job.pk).outcome() or ("Đã xong.", ""))
    job = JobFactory()

    run_job.call(job.pk)

    assert done == [job.pk]
    assert Job.objects.get().state == "done"


@pytest.mark.django_db(transaction=True)
def test_worker_does_what_was_asked(works):
    done = works()
    user = user_with("officer")
    job = ask_for(**WORK, by=user)

    call_command("db_worker", queue_name="*", batch=True, reload=False, startup_delay=False, verbosity=0)

    assert done == [job.pk]
    assert Job.objects.get().state == "done"
    assert queued() == []


def test_cancel_leaves_the_wish_and_an_entry(secretary):
    job = cancel_job(job=JobFactory(asked_by=secretary), by=secretary)

    assert (job.wish_to_cancel, job.state) == (True, "asked")
    assert Entry.objects.get().act == "job.cancel"


def test_cancel_of_a_job_that_is_over(secretary):
    job = JobFactory(asked_by=secretary, state="done", finished_at="2020-12-15T00:00Z")

    with pytest.raises(Refused, match="Công việc này đã kết thúc"):
        cancel_job(job=job, by=secretary)


# Jobs whose worker died -------------------------------------------------------------------------------------

WORKER = """
import sys, time, django
django.setup()
from django.db import connection
from blocs.work import jobs

def work(job):
    print("working", flush=True)
    time.sleep(60)

jobs.job_kind("test.work", "", work)

connection.settings_dict["NAME"] = sys.argv[1]
jobs.run_job.call(int(sys.argv[2]))
"""


@pytest.mark.django_db(transaction=True)
def test_job_of_a_killed_worker_is_taken_up_again(works):
    job = JobFactory()
    command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], str(job.pk)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR) as worker:
        assert worker.stdout.readline() == "working\n"
        job.refresh_from_db()
        assert (job.state, job.tries) == ("running", 1)
        assert reap() == 0
        worker.kill()

    deadline = time.monotonic() + 10
    while not (taken_up := reap()) and time.monotonic() < deadline:
        time.sleep(0.02)  # until PostgreSQL has noticed that the worker is gone

    assert taken_up == 1
    assert queued() == [job.pk]
    assert reap() == 0, "the job was put before the workers a second time"
    done = works()
    call_command("db_worker", queue_name="*", batch=True, reload=False, startup_delay=False, verbosity=0)
    job.refresh_from_db()
    assert (done, job.state, job.tries) == ([job.pk], "done", 2)


@pytest.mark.parametrize(
    ("job", "reaped", "state"),
    [
        ({"state": "running", "tries": 1}, 1, "running"),
        ({"state": "running", "tries": MAX_TRIES}, 1, "failed"),
        ({"state": "asked"}, 1, "asked"),
        ({"state": "done", "finished_at": "2020-12-15T00:00Z"}, 0, "done"),
    ],
)
def test_reap_of_a_job_that_no_worker_has(db, job, reaped, state):
    job = JobFactory(**job)

    assert reap() == reaped
    job.refresh_from_db()
    assert job.state == state
    assert queued() == ([job.pk] if reaped and state != "failed" else [])


def test_job_that_broke_too_often_says_so(db):
    job = JobFactory(state="running", tries=MAX_TRIES)
    reap()

    job.refresh_from_db()
    assert job.words == "Máy chủ dừng giữa chừng nhiều lần. Hãy báo người quản trị."


def test_reap_of_a_job_that_waits_for_a_worker(secretary):
    job = ask_for(**WORK, by=secretary)

    assert reap() == 0
    assert queued() == [job.pk]


# The timer --------------------------------------------------------------------------------------------------


def test_tick_seals_and_takes_up(secretary, issuer):
    note(unit=issuer, by=secretary)
    JobFactory(state="running", tries=1)
    output = StringIO()

    call_command("tick", stdout=output)

    seal = Seal.objects.get()
    assert output.getvalue() == (
        "digests: Chưa đặt SITE_ADDRESS: không gửi thư tổng hợp.\n"
        f"seal-journal: Đã niêm phong 1 bút toán, đầu chuỗi {seal.head}.\n"
        "reap-jobs: 1 công việc bị bỏ dở đã được làm lại.\n"
        "drop-old-drafts: Đã bỏ 0 bản nháp cũ.\n"
        "drop-old-imports: Đã bỏ 0 bảng tính chưa ghi.\n"
        "forget-old-presses: Đã bỏ 0 dấu gửi cũ.\n"
    )


def test_tick_that_fails_does_not_stop_the_others(db, monkeypatch):
    monkeypatch.setattr(
        registry, "ticks", [Tick("first", lambda: fail(OSError("đĩa đầy"))), Tick("second", lambda: "xong")]
    )
    output, errors = StringIO(), StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("tick", stdout=output, stderr=errors)

    assert stopped.value.code == 1
    assert (output.getvalue(), errors.getvalue()) == ("second: xong\n", "first: đĩa đầy\n")
