"""What docs/security/sessions.md says of sessions is what they are."""

from api.admission import SESSION_COOKIE
from application.sessions import IDLE, LONGEST, MOST_AT_ONCE, SIGNING_IN
from tests.house.tree import rows_of, text

PAGE = "docs/security/sessions.md"


def test_the_figures_are_those_of_the_code() -> None:
    told = {row[0]: row[1] for row in rows_of(text(PAGE))}
    assert told["lasts without a request"] == f"{IDLE.total_seconds() / 60:g} minutes"
    assert told["lasts in all"].startswith(f"{LONGEST.total_seconds() / 3600:g} hours,")
    assert told["of one person at once"].startswith(f"{MOST_AT_ONCE};")
    assert told["of a sign-in under way"].startswith(
        f"{SIGNING_IN.total_seconds() / 60:g} minutes,"
    )
    assert told["cookie"].startswith(f"`{SESSION_COOKIE}`: ")
