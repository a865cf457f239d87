import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.models.base import SortKeyField
from blocs.text import fold, nfc, person_sort_key, slug, sort_key
from tests.factories import PersonFactory, UnitStateFactory

# The dictionary's order: letters a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y; then tones level,
# huyền, hỏi, ngã, sắc, nặng; a shorter syllable before a longer one, a shorter phrase before a longer one.
IN_ORDER = """
    a|à|ả|ã|á|ạ|ai|an|án|ang|anh|ă|ằ|ẳ|ẵ|ắ|ặ|ăn|â|ầ|ẩ|ẫ|ấ|ậ|ân|ba|ba ba|ba bà|bà ba|bà bà|bá|bạ|bác|băng|bâng|
    ca|can|cha|che|da|dạ|dân|du|dư|đa|đà|đá|đăng|đâng|đê|đi|e|è|ẻ|ẽ|é|ẹ|em|ê|ề|ể|ễ|ế|ệ|êm|ga|gia|ha|hoa|hoà|hoả|
    hoạ|i|ì|ỉ|ĩ|í|ị|kế|la|ma|mà|mả|mã|má|mạ|na|nga|nha|o|ò|ỏ|õ|ó|ọ|oan|ô|ồ|ổ|ỗ|ố|ộ|ôn|ơ|ờ|ở|ỡ|ớ|ợ|ơn|pha|qua|ra|
    sa|ta|tha|tra|u|ù|ủ|ũ|ú|ụ|uân|ư|ừ|ử|ữ|ứ|ự|ưa|va|xa|y|ỳ|ỷ|ỹ|ý|ỵ
"""
WORDS = [word.strip() for word in IN_ORDER.replace("\n", "").split("|")]

PERSONS = [
    "Trần An",
    "Lê Bảo An",
    "Nguyễn Văn An",
    "Phạm Văn An",
    "Nguyễn Thị Ân",
    "Trần Văn Bình",
    "Đỗ Đức Dũng",
    "Bùi Văn Đức",
    "Vũ Thị Hoà",
    "Lê Hoàng",
    "Nguyễn Ngọc Hoàng",
    "Nguyễn Thị Oanh",
    "Trần Thị Ước",
]

UNITS = [
    "Ban An toàn",
    "Ban Quản lý",
    "Cục A",
    "Cục Ă",
    "Cục Â",
    "Cục Đo lường",
    "Quỹ Đổi mới",
    "Tổng cục Tiêu chuẩn",
    "Văn phòng",
]

vietnamese_letters = st.sampled_from(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ "
)
vietnamese = st.text(vietnamese_letters, max_size=40)


def strictly_increasing(keys):
    keys = list(keys)
    return keys == sorted(set(keys))


def test_sort_key_orders_as_the_dictionary_does():
    assert strictly_increasing(sort_key(word) for word in WORDS)


def test_sort_key_orders_units():
    assert strictly_increasing(sort_key(name) for name in UNITS)


def test_person_sort_key_orders_by_given_then_middle_then_family_name():
    assert strictly_increasing(person_sort_key(name) for name in PERSONS)


@pytest.mark.parametrize("name", ["", "An", " An "])
def test_person_sort_key_of_one_word_or_none(name):
    assert person_sort_key(name) == f"{sort_key(name)}\t\t"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("THUỶ", "thủy"),
        ("Cục  Sở hữu", " Cục Sở hữu "),
        ("Đỗ", "đo\u0302\u0303"),
        ("Ước", "U\u031bo\u031b\u0301c"),
    ],
)
def test_sort_key_of_the_same_word_written_otherwise(one, other):
    assert sort_key(one) == sort_key(other)


@given(vietnamese, vietnamese)
def test_sort_key_tells_apart_what_is_written_differently(one, other):
    assert (sort_key(one) == sort_key(other)) is (nfc(one) == nfc(other))


@given(st.text(vietnamese_letters, min_size=300, max_size=300))
def test_sort_key_is_ascii_and_fits_its_column(text):
    assert sort_key(text).isascii()
    assert len(sort_key(text)) <= SortKeyField().max_length


@given(st.text(max_size=60))
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_fold_leaves_plain_letters_alone(text):
    folded = fold(text)

    assert folded.isascii()
    assert fold(text.upper()) == folded
    assert len(folded.split()) == len(text.split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Tổng cục Tiêu chuẩn Đo lường", "tong cuc tieu chuan do luong"),
        ("  Hòa   Hoà ", "hoa hoa"),
        ("Khối\u00a0thi đua", "khoi thi dua"),
        ("e\u0302\u0323", "e"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Báo cáo tổng kết Khối, 2020", "bao-cao-tong-ket-khoi-2020"),
        ("TC-ĐLCL/2020", "tc-dlcl-2020"),
        (" ... ", ""),
    ],
)
def test_slug(text, name):
    assert slug(text) == name


@given(st.text(max_size=60))
def test_nfc_is_idempotent_and_of_one_line(text):
    assert nfc(nfc(text)) == nfc(text)
    assert nfc(text).split(" ") == nfc(text).split() or nfc(text) == ""


@pytest.mark.django_db
def test_database_keeps_names_in_nfc_with_single_spaces():
    person = PersonFactory(full_name="Đo\u0302\u0303  Thị\u00a0U\u031bo\u031b\u0301c ")
    person.refresh_from_db()

    assert person.full_name == "Đỗ Thị Ước"


@pytest.mark.django_db
def test_database_orders_by_the_stored_key_as_python_does():
    for name in reversed(PERSONS):
        PersonFactory(full_name=name)
    for name in reversed(UNITS):
        UnitStateFactory(official_name=name)
    person, state = PersonFactory._meta.model, UnitStateFactory._meta.model

    assert [each.full_name for each in person.objects.in_name_order()] == PERSONS
    assert list(state.objects.order_by("sort_key").values_list("official_name", flat=True)) == UNITS
