"""What a member of staff may do, decided in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from yidang.identity.given import given_reaches
from yidang.identity.glass import emergency_reaches
from yidang.identity.models import OF_A_DEPARTMENT, OF_WHAT_IS_GIVEN, Post, Role, Staff
from yidang.identity.posts import in_order, posts_in_force
from yidang.identity.reaches import EVERYTHING, Reach
from yidang.kernel.errors import NotAllowed


class Permission(StrEnum):
    VIEW_RECORDS = "view_records"
    SEARCH_ID_NUMBERS = "search_id_numbers"
    INGEST = "ingest"
    CONFIRM = "confirm"
    DESCRIBE = "describe"
    DOWNLOAD = "download"
    VERIFY = "verify"
    MANAGE_STAFF = "manage_staff"
    SEE_SYSTEM = "see_system"
    MANAGE_ROLES = "manage_roles"
    APPROVE = "approve"
    APPROVE_SECURITY = "approve_security"  # posts, keys, unmasking in bulk: not the archivists' to allow
    SEE_AUDIT = "see_audit"
    MANAGE_KEYS = "manage_keys"
    MANAGE_BACKUPS = "manage_backups"
    UNMASK = "unmask"
    SEE_PAGES = "see_pages"  # page pictures as they are; others get them with private words blackened
    BREAK_GLASS = "break_glass"
    RELEASE_DATA = "release_data"
    OPEN_APPRAISAL = "open_appraisal"
    APPRAISE = "appraise"  # as a named member of the group
    REPORT_APPRAISAL = "report_appraisal"
    LIST_DESTRUCTION = "list_destruction"
    FILE_DESTRUCTION = "file_destruction"  # put a list on record with the administrative department
    APPROVE_DESTRUCTION = "approve_destruction"
    WITNESS_DESTRUCTION = "witness_destruction"  # as named on the list
    CARRY_OUT_DESTRUCTION = "carry_out_destruction"
    HOLD_RECORDS = "hold_records"
    LIFT_HOLDS = "lift_holds"
    KEEP_INSTRUMENT = "keep_instrument"
    CONFIRM_TERMS = "confirm_terms"
    APPROVE_INSTRUMENT = "approve_instrument"
    TRANSFER_RECORDS = "transfer_records"  # to the state archive or another bureau
    APPROVE_TRANSFER = "approve_transfer"
    ASK_LOAN = "ask_loan"
    APPROVE_LOAN = "approve_loan"  # the steps that are theirs: of the own section, of the archive, of its head
    HAND_OVER_LOAN = "hand_over_loan"
    MANAGE_STOREROOM = "manage_storeroom"
    SEE_STOREROOM = "see_storeroom"  # and be told when nobody answers an alarm
    COLLECT = "collect"  # who owes what, what came, letters, cases and what they lack
    SEE_COLLECTION = "see_collection"
    MANAGE_INTERFACES = "manage_interfaces"  # business systems and their tokens
    SEE_FIGURES = "see_figures"
    ENTER_FIGURES = "enter_figures"
    KEEP_DUTIES = "keep_duties"  # who answers for what, incidents, contracts with firms
    SEE_QUALITY = "see_quality"
    DECIDE_FINDINGS = "decide_findings"
    REVIEW_SAMPLES = "review_samples"
    RECTIFY = "rectify"  # as the owner of a case
    ACCEPT_CURES = "accept_cures"  # of another's case
    SET_THRESHOLDS = "set_thresholds"
    RUN_CHECKS = "run_checks"  # the four natures: run, sample, answer for
    CHECK_ACCESSION = "check_accession"  # as the third party, apart from whoever did the work
    SEE_CLAIMS = "see_claims"
    IMPORT_CLAIMS = "import_claims"
    SEE_OVERSIGHT = "see_oversight"
    REVIEW_FINDINGS = "review_findings"
    SIGN_DECISIONS = "sign_decisions"  # as the second person
    TUNE_RULES = "tune_rules"
    ANSWER_INSPECTION = "answer_inspection"  # for the own institution
    SEE_CREDIT = "see_credit"
    SCORE_CREDIT = "score_credit"
    DECIDE_CREDIT = "decide_credit"  # as the second person


ON_THE_SYSTEM = frozenset(
    {Permission.MANAGE_STAFF, Permission.SEE_SYSTEM, Permission.MANAGE_BACKUPS, Permission.MANAGE_INTERFACES}
)
ON_SECURITY = frozenset({Permission.MANAGE_ROLES, Permission.MANAGE_KEYS})
ON_AUDIT = frozenset({Permission.SEE_AUDIT})
# Both sides approve, each what is its own: the kind of approval says which permission approves it.
ON_BOTH_SIDES = frozenset({Permission.APPROVE, Permission.APPROVE_SECURITY})
ON_RECORDS = frozenset(Permission) - ON_THE_SYSTEM - ON_SECURITY - ON_AUDIT - ON_BOTH_SIDES
# What only the head of the archive answers for; archivists prepare it.
OF_THE_HEAD = frozenset(
    {
        Permission.RELEASE_DATA,
        Permission.APPROVE_DESTRUCTION,
        Permission.APPROVE_TRANSFER,
        Permission.CONFIRM_TERMS,
        Permission.APPROVE_INSTRUMENT,
        Permission.SET_THRESHOLDS,
        Permission.KEEP_DUTIES,
    }
)
# Whoever inspects what was paid is not who keeps the records of it.
OF_OVERSIGHT = frozenset(
    {
        Permission.SEE_OVERSIGHT,
        Permission.REVIEW_FINDINGS,
        Permission.SIGN_DECISIONS,
        Permission.TUNE_RULES,
        Permission.ANSWER_INSPECTION,
        Permission.SEE_CREDIT,
        Permission.SCORE_CREDIT,
        Permission.DECIDE_CREDIT,
    }
)
# What only somebody from outside answers for.
OF_THIRD_PARTIES = frozenset({Permission.CHECK_ACCESSION})

# Whoever runs, secures or audits the system never reads records, and who reads them does none of it.
PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.ARCHIVIST: (ON_RECORDS - OF_THE_HEAD - OF_THIRD_PARTIES - OF_OVERSIGHT) | {Permission.APPROVE},
    Role.MANAGER: frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.SEE_COLLECTION,
            Permission.SEARCH_ID_NUMBERS,
            Permission.VERIFY,
            Permission.APPROVE,
            Permission.APPROVE_SECURITY,
            Permission.UNMASK,
            Permission.APPRAISE,
            Permission.HOLD_RECORDS,
            Permission.LIFT_HOLDS,
            Permission.SEE_STOREROOM,
            Permission.ASK_LOAN,
            Permission.APPROVE_LOAN,
            Permission.SEE_QUALITY,
            Permission.ACCEPT_CURES,
            Permission.SEE_FIGURES,
            Permission.ENTER_FIGURES,
            Permission.SEE_CLAIMS,
            Permission.SEE_OVERSIGHT,
            Permission.SEE_CREDIT,
            Permission.DECIDE_CREDIT,
            *OF_THE_HEAD,
        }
    ),
    # A doctor treats by the paper itself; a clerk and the head of the archive get by without names on pictures.
    Role.DOCTOR: frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.SEE_PAGES,
            Permission.UNMASK,
            Permission.BREAK_GLASS,
            Permission.ASK_LOAN,
        }
    ),
    Role.READER: frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.SEE_COLLECTION,
            Permission.UNMASK,
            Permission.BREAK_GLASS,
            Permission.APPRAISE,
            Permission.WITNESS_DESTRUCTION,
            Permission.ASK_LOAN,
        }
    ),
    # Answers for what the section's records are used for, and so sees its sensitive ones as well.
    Role.SECTION_HEAD: frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.SEE_COLLECTION,
            Permission.UNMASK,
            Permission.APPRAISE,
            Permission.WITNESS_DESTRUCTION,
            Permission.ASK_LOAN,
            Permission.APPROVE_LOAN,
            Permission.SEE_QUALITY,
            Permission.REVIEW_SAMPLES,
            Permission.RECTIFY,
            Permission.ACCEPT_CURES,
        }
    ),
    # Carries boxes and volumes by their codes, and reads none of them.
    Role.STOREKEEPER: frozenset({Permission.MANAGE_STOREROOM, Permission.SEE_STOREROOM, Permission.HAND_OVER_LOAN}),
    Role.ACCEPTOR: frozenset({Permission.VIEW_RECORDS, Permission.CHECK_ACCESSION}),
    Role.INSPECTOR: frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.SEE_PAGES,
            Permission.UNMASK,
            Permission.SEE_CLAIMS,
            Permission.IMPORT_CLAIMS,
            Permission.SEE_OVERSIGHT,
            Permission.REVIEW_FINDINGS,
            Permission.TUNE_RULES,
            Permission.SEE_CREDIT,
        }
    ),
    Role.DECISION_SIGNER: frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.SEE_PAGES,
            Permission.UNMASK,
            Permission.SEE_CLAIMS,
            Permission.SEE_OVERSIGHT,
            Permission.SIGN_DECISIONS,
            Permission.SEE_CREDIT,
            Permission.DECIDE_CREDIT,
        }
    ),
    # Keeps points and measures, and so may see nothing medical: no claim, no record.
    Role.CREDIT_ADMIN: frozenset({Permission.SEE_CREDIT, Permission.SCORE_CREDIT}),
    Role.INSTITUTION_CLERK: frozenset({Permission.ANSWER_INSPECTION}),
    Role.SYSTEM_ADMIN: ON_THE_SYSTEM,
    Role.SECURITY_ADMIN: ON_SECURITY | ON_BOTH_SIDES,
    Role.AUDIT_ADMIN: ON_AUDIT,
}

# A clerk reads sensitive records only with a task or by breaking the glass; a doctor needs those of own patients.
SENSITIVITIES: dict[str, frozenset[str]] = {Role.READER: frozenset({"public", "internal"})}


@dataclass(frozen=True, slots=True)
class Grant:
    """What one person may do at this moment, and how far: an item is seen when any of the reaches covers it.

    `departments` holds codes; None means all, an empty set none. Reaches that are not given follow from it.
    `institutions` holds the codes of designated institutions the person answers for.
    """

    staff_id: UUID | None
    username: str
    role: str
    permissions: frozenset[Permission]
    departments: frozenset[str] | None
    reaches: tuple[Reach, ...] = ()
    institutions: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.reaches and self.departments is None:
            object.__setattr__(self, "reaches", (EVERYTHING,))
        elif not self.reaches and self.departments:
            object.__setattr__(self, "reaches", (Reach(departments=self.departments),))

    @property
    def actor(self) -> str:
        """Who the ledger says it was."""
        return str(self.staff_id) if self.staff_id else f"system:{self.username}"

    def allows(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def person(self) -> UUID:
        """Who answers for it by name. Raises NotAllowed `approval_needs_a_person` for a component of the system."""
        if self.staff_id is None:
            raise NotAllowed("approval_needs_a_person")
        return self.staff_id

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed: `not_allowed`."""
        if permission not in self.permissions:
            raise NotAllowed("not_allowed", permission=str(permission))


NOBODY = Grant(staff_id=None, username="nobody", role="", permissions=frozenset(), departments=frozenset())


def system_grant(component: str) -> Grant:
    """For jobs and commands that no person asks for by name; the ledger shows `system:<component>`."""
    return Grant(staff_id=None, username=component, role="system", permissions=frozenset(Permission), departments=None)


SYSTEM = system_grant("jobs")


def grant_for(staff: Any) -> Grant:
    """The union of the posts in force today. Anyone who is not an active member of staff gets an empty grant."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return NOBODY
    posts = in_order(posts_in_force(staff.id))
    permissions = frozenset[Permission]().union(*(PERMISSIONS[post.role] for post in posts))
    emergencies = emergency_reaches(staff.id) if Permission.BREAK_GLASS in permissions else ()
    given = given_reaches(staff.id) if Permission.VIEW_RECORDS in permissions else ()
    return Grant(
        staff_id=staff.id,
        username=staff.username,
        role=posts[0].role if posts else "",
        permissions=permissions,
        departments=_departments(posts),
        reaches=(
            *(_reach(post) for post in posts if _reads(post)),
            *emergencies,
            *given,
        ),
        institutions=_institutions(posts),
    )


def _reads(post: Post) -> bool:
    """Whether the post itself opens records, and not only what is given to its holder."""
    return Permission.VIEW_RECORDS in PERMISSIONS[post.role] and post.role not in OF_WHAT_IS_GIVEN


def _reach(post: Post) -> Reach:
    if post.role not in OF_A_DEPARTMENT:
        return EVERYTHING
    return Reach(
        departments=frozenset({post.department_id} if post.department_id else ()),
        sensitivities=SENSITIVITIES.get(post.role),
    )


def _institutions(posts: Sequence[Post]) -> frozenset[str]:
    return frozenset(post.department_id for post in posts if post.role == Role.INSTITUTION_CLERK and post.department_id)


def _departments(posts: Sequence[Post]) -> frozenset[str] | None:
    """None as soon as one post reads records without a department."""
    reading = [post for post in posts if _reads(post)]
    if any(post.role not in OF_A_DEPARTMENT for post in reading):
        return None
    return frozenset(post.department_id for post in reading if post.department_id)
