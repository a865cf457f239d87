from tests.campaigns.scores.conftest import (  # noqa: F401
    bloc_year,
    leader,
    member,
    officer,
    paper,
    secretary,
    staff,
    year,
)
