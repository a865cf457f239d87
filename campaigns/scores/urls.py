"""Addresses of scores."""

from django.urls import path

from campaigns.scores.checks.views import planning as checks
from campaigns.scores.checks.views import sittings
from campaigns.scores.conference import views as conference_scores
from campaigns.scores.criteria import views as criteria
from campaigns.scores.rankings.views import known_results, rankings
from campaigns.scores.sheets.views import acts as sheet_acts
from campaigns.scores.sheets.views import evidence, explanations, sheets
from campaigns.scores.spreadsheets import views as spreadsheets
from campaigns.scores.tables.views import differences, grid
from campaigns.scores.tables.views import overview as score_overview

CRITERIA = "nam/<str:year>/tieu-chi/"
SET = f"{CRITERIA}<int:pk>/"
BLOC = "nam/<str:year>/khoi/<slug:bloc>/"
MEETING = f"{BLOC}hoi-nghi/<int:pk>/"
SCORED = f"{BLOC}diem/<slug:unit>/"

urlpatterns = [
    path("nam/<str:year>/tieu-chi/<int:pk>/nhap/", spreadsheets.criteria, name="criteria-import"),
    path(f"{BLOC}diem/nhap/", spreadsheets.bloc_scores, name="score-import"),
    path(f"{BLOC}diem/nhap/<str:tier>/", spreadsheets.bloc_scores, name="score-import"),
    path(f"{BLOC}diem/<slug:unit>/nhap/", spreadsheets.unit_scores, name="score-import-unit"),
    path(f"{BLOC}diem/luoi/", grid.grid, name="score-grid"),
    path(f"{BLOC}diem/chenh-lech/", differences.differences, name="score-differences"),
    path(f"{BLOC}diem/xep-hang/", rankings.ranking, name="ranking"),
    path(f"{BLOC}diem/xep-hang/lap/", rankings.make_draft, name="ranking-make"),
    path(f"{BLOC}diem/xep-hang/bang-diem/", rankings.settle, name="ranking-settle"),
    path(f"{BLOC}diem/xep-hang/khong-ca-nam/", rankings.part_year, name="ranking-part-year"),
    path(f"{BLOC}diem/xep-hang/cong-bo/", rankings.release, name="ranking-release"),
    path(f"{BLOC}diem/xep-hang/da-biet/", known_results.known_results, name="ranking-known"),
    path(f"{BLOC}diem/xep-hang/da-biet/<slug:unit>/", known_results.known_result, name="ranking-known-unit"),
    path(f"{BLOC}diem/xep-hang/don-vi/<slug:unit>/", known_results.unit_over_years, name="ranking-unit"),
    path(CRITERIA, criteria.sets.sets, name="criteria-sets"),
    path(f"{CRITERIA}moi/", criteria.sets.start, name="criteria-start"),
    path(f"{CRITERIA}giao/", criteria.sets.choose, name="criteria-choose"),
    path(SET, criteria.sets.criteria_set, name="criteria-set"),
    path(f"{SET}tep/", criteria.sets.file, name="criteria-file"),
    path(f"{SET}so-sanh/", criteria.sets.compare, name="criteria-compare"),
    path(f"{SET}sua/", criteria.editing.fields, name="criteria-fields"),
    path(f"{SET}muc/moi/", criteria.editing.section_new, name="criteria-section-new"),
    path(f"{SET}muc/<int:section>/", criteria.editing.section, name="criteria-section"),
    path(f"{SET}muc/<int:section>/them/", criteria.editing.criterion_new, name="criteria-criterion-new"),
    path(f"{SET}tieu-chi/<int:criterion>/", criteria.editing.criterion, name="criteria-criterion"),
    path(f"{SET}tieu-chi/<int:criterion>/thu/", criteria.trying.trying, name="criteria-try"),
    path(f"{SET}tieu-chi/<int:criterion>/them/", criteria.editing.measure_new, name="criteria-measure-new"),
    path(f"{SET}tieu-chi/<int:criterion>/<int:measure>/", criteria.editing.measure, name="criteria-measure"),
    path(f"{SET}<slug:kind>/<int:part>/doi/", criteria.editing.move, name="criteria-move"),
    path(f"{SET}<slug:kind>/<int:part>/bo/", criteria.editing.drop, name="criteria-drop"),
    path(f"{SET}ban-hanh/", criteria.versions.freeze, name="criteria-freeze"),
    path(f"{SET}phien-ban/", criteria.versions.version, name="criteria-version"),
    path(f"{SET}ap-dung/", criteria.versions.adopt, name="criteria-adopt"),
    path(f"{SET}xoa/", criteria.versions.discard, name="criteria-discard"),
    path(f"{BLOC}diem/", score_overview.overview, name="scores"),
    path(f"{BLOC}diem/cong-bo/<str:tier>/", score_overview.release, name="score-release"),
    path(f"{BLOC}diem/lich-kiem-tra/", checks.inspections, name="score-inspections"),
    path(f"{BLOC}diem/phan-cong/", checks.assignments, name="score-assignments"),
    path(f"{BLOC}diem/phan-cong/rut/", checks.withdraw, name="score-assignments-withdraw"),
    path(f"{BLOC}diem/mo-lai/", checks.reopen, name="score-reopen"),
    path(f"{BLOC}diem/<slug:unit>/kiem-tra/", sittings.sitting, name="score-sitting"),
    path(f"{BLOC}diem/<slug:unit>/kiem-tra/thanh-phan/", checks.members, name="score-sitting-members"),
    path(f"{BLOC}diem/<slug:unit>/tham-dinh/<str:tier>/", sittings.tier, name="score-tier"),
    path(f"{MEETING}ghi/diem/", conference_scores.scores, name="meeting-scores"),
    # Below the screens of the whole bloc: their names are no codes of units.
    path(SCORED, sheets.unit_page, name="score-unit"),
    path(f"{SCORED}tu-cham/", sheets.own_page, name="score-own"),
    path(f"{SCORED}bat-dau/", sheet_acts.begin, name="score-begin"),
    path(f"{SCORED}gui/", sheet_acts.send, name="score-send"),
    path(f"{SCORED}rut-lai/", sheet_acts.recall, name="score-recall"),
    path(f"{SCORED}tiep-nhan/", sheet_acts.take_over, name="score-open"),
    path(f"{SCORED}tra-lai/", sheet_acts.return_for_correction, name="score-return"),
    path(f"{SCORED}tra-lai/<int:pk>/xong/", sheet_acts.close_correction, name="score-correction-close"),
    path(f"{SCORED}giay/<slug:tier>/", sheet_acts.paper, name="score-paper"),
    path(f"{SCORED}phien-ban/<int:pk>/", sheet_acts.version, name="score-version"),
    path(f"{SCORED}minh-chung/", evidence.drop, name="score-evidence-drop"),
    path(f"{SCORED}minh-chung/<int:pk>/", evidence.file, name="score-evidence-file"),
    path(f"{SCORED}minh-chung/<int:pk>/bo/", evidence.remove, name="score-evidence-remove"),
    path(f"{SCORED}tieu-chi/<slug:key>/minh-chung/", evidence.add, name="score-evidence"),
    path(f"{SCORED}giai-trinh/<int:sheet>/<slug:key>/", explanations.ask, name="score-ask"),
    path(f"{SCORED}giai-trinh/<int:pk>/", explanations.answer, name="score-answer"),
]
