"""Addresses of papers: the page of each kind, the acts of a document's life, files, sets."""

from django.urls import path

from reports import subjects
from reports.views import acts, files, guides, packs, pages, prints


def paper(route, find, name):
    """The page of a paper and the address below it where its next draft is asked for."""
    return [
        path(route, pages.page, {"find": find}, name=name),
        path(f"{route}lap-du-thao/", pages.ask_for_draft, {"find": find}, name=f"{name}-draft"),
    ]


def printed(route, find, name):
    """The page of a paper that is only printed, and its files below it."""
    return [
        path(route, pages.page, {"find": find}, name=name),
        *files_of_today(route, find, name),
    ]


def files_of_today(route, find, name):
    """The files of a paper that is only printed."""
    return [
        path(f"{route}ban-in/", prints.ask_for_print, {"find": find}, name=f"{name}-print"),
        *(
            path(
                f"{route}hom-nay.{ending}",
                prints.file_of_today,
                {"find": find, "ending": ending},
                name=f"{name}-{ending}",
            )
            for ending in prints.WRITERS
        ),
    ]


BLOC_YEAR = "nam/<str:year>/khoi/<slug:bloc>/"
UNIT = f"{BLOC_YEAR}diem/<slug:unit>/"
MEETING = f"{BLOC_YEAR}hoi-nghi/<int:pk>/van-ban/"

urlpatterns = [
    *paper(f"{BLOC_YEAR}bao-cao-tong-ket/<slug:edition>/", subjects.of_bloc_year, "report"),
    path(MEETING, packs.papers, name="meeting-papers"),
    path(f"{MEETING}lap-tron-bo/", packs.ask_for_pack, name="meeting-pack"),
    *paper(f"{MEETING}<slug:kind>/", subjects.of_meeting, "meeting-document"),
    *files_of_today(f"{MEETING}<slug:kind>/", subjects.of_meeting, "meeting-document"),
    *printed(f"{BLOC_YEAR}diem/bang-tong-hop/", subjects.of_scores, "score-table"),
    *paper(f"{BLOC_YEAR}diem/xep-hang/van-ban/", subjects.of_ranking, "ranking-paper"),
    *printed(f"{UNIT}phieu/", subjects.of_unit, "score-sheet-paper"),
    *paper(f"{UNIT}bien-ban/", subjects.of_inspection, "inspection-minutes"),
    *printed(f"{UNIT}bien-ban/02-ban/", subjects.of_inspection_copies, "inspection-copies"),
    *paper(f"{BLOC_YEAR}ban-giao/van-ban/", subjects.of_handover, "handover-document"),
    *paper("nam/<str:year>/don-doc/<int:wave>/van-ban/", subjects.of_wave, "reminder-letter"),
    path("van-ban/<int:pk>/", pages.document, name="document"),
    path("van-ban/<int:pk>/trinh-ky/", acts.ask_for_signature, name="document-send"),
    path("van-ban/<int:pk>/rut-ve/", acts.take_back, name="document-take-back"),
    path("van-ban/<int:pk>/ban-da-ky/", acts.file_signed, name="document-file-signed"),
    path("van-ban/<int:pk>/so-ngay/", acts.assign_number, name="document-assign-number"),
    path("van-ban/<int:pk>/phat-hanh/", acts.ask_for_release, name="document-release"),
    path("van-ban/<int:pk>/tep-da-ky/", files.signed_copy, name="document-signed-copy"),
    path("van-ban/ban/<int:pk>.<str:ending>", files.version_file, name="document-version"),
    path("giup/lam-trong-5-phut/<slug:role>/", guides.guide, name="guide"),
    path("van-ban/bo-tai-lieu/<int:pk>.zip", packs.pack, name="pack"),
    path("van-ban/ban-in/<int:pk>.pdf", packs.pack, name="print"),
]
