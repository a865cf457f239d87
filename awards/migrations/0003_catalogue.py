"""The catalogue of titles and awards, high to low, with their names by date and their legal source.

Luật Thi đua, khen thưởng 15/2003/QH11 until 31/12/2023, Luật 06/2022/QH15 from 01/01/2024. Order:
Nghị định 152/2025/NĐ-CP Điều 29 khoản 5 (same deciding level: titles before other forms).
"""

from datetime import date

from django.db import migrations

C, H, I = "collective", "household", "individual"
OLD_LAW_ENDS, NEW_LAW_BEGINS = date(2023, 12, 31), date(2024, 1, 1)
LAW_2003, LAW_2022 = "Luật 15/2003/QH11", "Luật 06/2022/QH15"

# code, level, form, recipients, name, article of the 2022 law (None: to be verified)
KINDS = [
    ("AHLD", "state", "honour", [C, I], "Anh hùng Lao động", None),
    ("NGND", "state", "honour", [I], "Nhà giáo Nhân dân", None),
    ("NGUT", "state", "honour", [I], "Nhà giáo Ưu tú", None),
    ("TTND", "state", "honour", [I], "Thầy thuốc Nhân dân", None),
    ("TTUT", "state", "honour", [I], "Thầy thuốc Ưu tú", None),
    ("NSND", "state", "honour", [I], "Nghệ sĩ Nhân dân", None),
    ("NSUT", "state", "honour", [I], "Nghệ sĩ Ưu tú", None),
    ("HCDL1", "state", "commendation", [C, I], "Huân chương Độc lập hạng Nhất", "Điều 36"),
    ("HCDL2", "state", "commendation", [C, I], "Huân chương Độc lập hạng Nhì", "Điều 37"),
    ("HCDL3", "state", "commendation", [C, I], "Huân chương Độc lập hạng Ba", "Điều 38"),
    ("HCLD1", "state", "commendation", [C, I], "Huân chương Lao động hạng Nhất", "Điều 42"),
    ("HCLD2", "state", "commendation", [C, I], "Huân chương Lao động hạng Nhì", "Điều 43"),
    ("HCLD3", "state", "commendation", [C, I], "Huân chương Lao động hạng Ba", "Điều 44"),
    ("CTDCP", "state", "title", [C], "Cờ thi đua của Chính phủ", "Điều 25"),
    ("CSTDTQ", "state", "title", [I], "Chiến sĩ thi đua toàn quốc", "Điều 21"),
    ("BKTTG", "state", "commendation", [C, H, I], "Bằng khen của Thủ tướng Chính phủ", "Điều 73"),
    ("CTDB", "ministry", "title", [C], "Cờ thi đua của Bộ", "Điều 26"),
    ("TTLDXS", "ministry", "title", [C], "Tập thể lao động xuất sắc", "Điều 27"),
    ("CSTDB", "ministry", "title", [I], None, "Điều 22"),
    ("BKB", "ministry", "commendation", [C, H, I], None, "Điều 74"),
    ("KNC", "ministry", "commendation", [I], "Kỷ niệm chương", None),
    ("TTLDTT", "unit", "title", [C], "Tập thể lao động tiên tiến", "Điều 28"),
    ("CSTDCS", "unit", "title", [I], "Chiến sĩ thi đua cơ sở", "Điều 23"),
    ("LDTT", "unit", "title", [I], "Lao động tiên tiến", "Điều 24"),
    ("GK", "unit", "commendation", [C, H, I], "Giấy khen", "Điều 75"),
]

# Names that the change of law changed: code, name until 2023, name from 2024, whether the printed form of
# today was read in the law itself.
CHANGED = {
    "CSTDB": ("Chiến sĩ thi đua cấp Bộ", "Chiến sĩ thi đua {authority}", False),
    "BKB": ("Bằng khen của Bộ trưởng", "Bằng khen của {authority}", True),
}


def fill(apps, schema_editor):
    """Add the catalogue."""
    AwardKind = apps.get_model("awards", "AwardKind")
    AwardName = apps.get_model("awards", "AwardName")
    for place, (code, level, form, recipients, name, article) in enumerate(KINDS, start=1):
        kind = AwardKind.objects.create(code=code, level=level, form=form, recipients=recipients, place=place)
        citation = f"{LAW_2022} {article}" if article else ""
        if code in CHANGED:
            before, after, verified = CHANGED[code]
            AwardName.objects.create(kind=kind, name=before, last_day=OLD_LAW_ENDS, citation=LAW_2003)
            AwardName.objects.create(
                kind=kind, name=after, first_day=NEW_LAW_BEGINS, citation=citation, is_verified=verified
            )
        else:
            AwardName.objects.create(kind=kind, name=name, citation=citation, is_verified=bool(article))


def empty(apps, schema_editor):
    """Take the catalogue away."""
    apps.get_model("awards", "AwardName").objects.all().delete()
    apps.get_model("awards", "AwardKind").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_initial")]
    operations = [migrations.RunPython(fill, empty)]
