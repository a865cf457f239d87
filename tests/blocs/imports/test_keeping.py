from datetime import timedelta

import pytest
from django.utils import timezone

from blocs.imports.keeping import drop_old_imports
from blocs.models import SpreadsheetImport
from tests.factories import SpreadsheetImportFactory


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "applied", "left"), [(29, False, 1), (31, False, 0), (31, True, 1)])
def test_files_that_nobody_applied_are_forgotten_after_a_month(days, applied, left):
    now = timezone.now()
    kept = SpreadsheetImportFactory(applied_at=now if applied else None)
    SpreadsheetImport.objects.filter(pk=kept.pk).update(made_at=now - timedelta(days=days))

    assert drop_old_imports() == f"Đã bỏ {1 - left} bảng tính chưa ghi."
    assert SpreadsheetImport.objects.count() == left
