"""What other rooms, the pages and the keeper ask of this room."""

from yidang.workflow.addresses import add_house_webhook, choose_channels, remove_house_webhook, set_address
from yidang.workflow.asking import ask_approval, expire_due, withdraw
from yidang.workflow.deadlines import meet_deadline, remind_due, set_deadline
from yidang.workflow.deciding import approve, refuse
from yidang.workflow.notices import notify, register_deadline, register_notices
from yidang.workflow.parties import party_addresses, register_enclosure, set_party_address, tell_party
from yidang.workflow.pruning import prune_when_due
from yidang.workflow.reading import mark_read
from yidang.workflow.sending import deliver, resend
from yidang.workflow.tasks import close_task, close_tasks, open_task

__all__ = [
    "add_house_webhook",
    "approve",
    "ask_approval",
    "choose_channels",
    "close_task",
    "close_tasks",
    "deliver",
    "expire_due",
    "keep_dates",
    "mark_read",
    "meet_deadline",
    "notify",
    "open_task",
    "party_addresses",
    "refuse",
    "register_deadline",
    "register_enclosure",
    "register_notices",
    "remind_due",
    "remove_house_webhook",
    "resend",
    "set_address",
    "set_deadline",
    "set_party_address",
    "tell_party",
    "withdraw",
]


def keep_dates() -> None:
    """For the keeper: what nobody decided in time expires, what is due is said, old notices go."""
    expire_due()
    remind_due()
    prune_when_due()
