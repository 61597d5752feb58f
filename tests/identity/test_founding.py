"""A new archive needs administrators before there is anybody to appoint them; afterwards this door is shut."""

import pytest

from identity.doors import knock, quick_hashes
from people import employ
from yidang.identity.founding import found
from yidang.identity.models import Staff
from yidang.identity.policy import ON_RECORDS, grant_for
from yidang.identity.verification import verify_people
from yidang.kernel.errors import Conflict

__all__ = ["quick_hashes"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_hashes")]


def test_four_people_begin_and_none_reads_a_record():
    made = found()
    assert [one.role for one in made] == ["system_admin", "security_admin", "security_admin", "audit_admin"]
    grants = [grant_for(Staff.objects.get(username=one.username)) for one in made]
    assert not any(grant.permissions & ON_RECORDS for grant in grants)
    assert verify_people() == []


def test_the_first_password_is_good_for_changing_it():
    first = found()[0]
    client, _ = knock(first.username, first.password)
    assert client.get("/")["Location"] == "/account/password/"


def test_only_who_is_missing_is_made_and_nobody_twice():
    employ("security-1", "security_admin")
    assert [one.username for one in found()] == ["system", "security-2", "audit"]
    with pytest.raises(Conflict, match="founded_already"):
        found()
