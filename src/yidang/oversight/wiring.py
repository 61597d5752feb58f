"""What inspection makes known when the house starts."""

from yidang.claims import ports
from yidang.identity import given
from yidang.oversight.cases import deciding, forgetting, opening, overturning, papers, queries, recovering
from yidang.oversight.desk import reading
from yidang.oversight.scores import promoting
from yidang.workflow.operations import register_deadline, register_notices


def register_all() -> None:
    given.register("doubt", reading.given_to)
    given.register("inspection", queries.given_to)
    deciding.register_kind()
    overturning.register_kind()
    promoting.register_kind()
    ports.keeps(forgetting.what_keeps)
    ports.forgets(forgetting.forget)
    register_notices(opening.NOTICE, papers.NOTICE, papers.ANSWERED)
    register_deadline(papers.DUE)
    register_deadline(recovering.DUE)
