"""The persons and records the tests of lending begin with."""

from dataclasses import dataclass
from uuid import UUID

from people import employ
from yidang.access.lending.asking import Wish, ask_loan
from yidang.access.lending.deciding import approve_loan
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, grant_for
from yidang.ledger.queries import history

from .pictures import scan
from .records import archive, draft


@dataclass
class Crew:
    """Everybody a loan needs; `borrower` works in another section than the one that owns the records."""

    borrower: Staff
    section: Staff
    archivist: Staff
    head: Staff
    storekeeper: Staff

    def grant(self, name: str) -> Grant:
        return grant_for(getattr(self, name))


def crew() -> Crew:
    return Crew(
        borrower=employ("daiyu", "reader", "dyg"),
        section=employ("cbzhang", "section_head", "cbg"),
        archivist=employ("dangan", "archivist"),
        head=employ("zhuren", "manager"),
        storekeeper=employ("kufang", "storekeeper"),
    )


def wish(*codes: str, **more) -> Wish:
    usual = {"form": "screen", "purpose": "work", "hours": 24, "reason": "核对参保信息"}
    return Wish(codes=codes, **usual | more)


def asked(people: Crew, item, **more):
    return ask_loan(people.grant("borrower"), wish=wish(item.reference_code, **more))


def agreed(people: Crew, loan, *parts: str):
    """The persons named agree one after the other."""
    for part in parts:
        approve_loan(people.grant(part), loan_id=loan.id)
    loan.refresh_from_db()
    return loan


def told(subject: UUID) -> list[str]:
    return [event.action for event in history(subject)]


def foreign_record():
    """Of section cbg, which the borrower's post does not open."""
    return archive(draft("姓名：张三丰", "第二页", title="张三丰登记表", data=scan(), series="CBGR"))[0]


def sensitive_record():
    return archive(draft("敏感", title="敏感材料", data=scan(), series="CBGR", security_class="敏感"))[0]
