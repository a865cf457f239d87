from tests.campaigns.scores.sheets.conftest import (  # noqa: F401
    bloc_year,
    leader,
    member,
    officer,
    paper,
    secretary,
    staff,
    year,
)
