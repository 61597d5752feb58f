"""What other rooms and the pages ask."""

from uuid import UUID

from django.db.models import Q, QuerySet

from yidang.checks.models import Course, Failure, Result, Run
from yidang.holdings.models import Item
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import NotFound


def failed_items() -> QuerySet[Failure, UUID]:
    """Ids of items that failed a mandatory check when last looked at: they are not destroyed until that is settled."""
    return Failure.objects.values_list("item", flat=True).distinct()


def newest_run(accession: UUID) -> Run | None:
    return Run.objects.filter(accession=accession).order_by("-number").first()


def newest_run_on(item: Item) -> Run | None:
    """The last look at this record, by itself or among its accession."""
    looks = Q(item=item.pk) | Q(accession=item.accession) if item.accession else Q(item=item.pk)
    return Run.objects.filter(looks).order_by("-number").first()


def unanswered(run: Run) -> list[Result]:
    """Mandatory checks that did not pass and for which nobody answered."""
    return [one for one in run.results.all() if one.is_mandatory and one.verdict != "passed"]


def course_of(grant: Grant, accession: UUID) -> Course:
    """The third party finds only what was handed to it. Raises NotFound: `check_course_not_found`."""
    found = courses_of(grant).filter(pk=accession).first()
    if found is None:
        raise NotFound("check_course_not_found")
    return found


def courses_of(grant: Grant) -> QuerySet[Course]:
    every = Course.objects.select_related("series", "acceptor").order_by("-opened_at")
    if grant.allows(Permission.RUN_CHECKS):
        return every
    return every.filter(acceptor=grant.staff_id, state="handed")


def find_result(result_id: UUID) -> Result:
    """Raises NotFound: `check_result_not_found`."""
    found = Result.objects.select_related("run").select_for_update(of=("self",)).filter(pk=result_id).first()
    if found is None:
        raise NotFound("check_result_not_found")
    return found
