import pytest

from tests.factories import UnitStateFactory, user_with


@pytest.fixture
def office():
    return UnitStateFactory(official_name="Cục Một", short_name="Cục 1").unit


@pytest.fixture
def staff(office):
    user = user_with("staff", UnitStateFactory(official_name="Vụ Thi đua").unit)
    user.person.full_name = "Phạm Thị Dung"
    user.person.save()
    return user


@pytest.fixture
def officer(office):
    user = user_with("officer", office, title="Chuyên viên", basis="9/QĐ")
    user.person.full_name = "Trần Thị Bình"
    user.person.save()
    return user
