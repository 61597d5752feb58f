"""E-mail by Django's mail backend, which is SMTP as `YIDANG_SMTP_URL` says."""

import smtplib
from contextlib import closing

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from yidang.workflow.errors import Undelivered
from yidang.workflow.ports import Message, Proof

_PERMANENT = 500  # SMTP replies 5yz, RFC 5321 section 4.2.1
_NOT_OURS_ALONE = (530, 534, 535, 538)  # authentication: the house's own setting is wrong, and will be mended


class Mail:
    def send(self, target: str, secret: bytes, message: Message) -> Proof:  # noqa: ARG002 - a mail needs no secret
        if not settings.YIDANG.smtp_url:
            raise Undelivered("mail_not_set_up", is_permanent=False)
        evidence = f"<{message.id}@{_domain()}>"
        mail = EmailMessage(
            subject=message.text,
            body="\n\n".join(filter(None, [message.text, message.link, settings.YIDANG.bureau_name])) + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[target],
            headers={"Message-ID": evidence, "Auto-Submitted": "auto-generated"},
        )
        if message.enclosure:
            mail.attach(message.enclosure.name, message.enclosure.data, message.enclosure.media_type)
        try:
            # Django leaves the line open when signing in or TLS fails.
            with closing(get_connection()) as connection:
                connection.send_messages([mail])
        except smtplib.SMTPException as problem:
            raise _undelivered(problem) from None
        except OSError:
            raise Undelivered("mail_server_out_of_reach", is_permanent=False) from None
        return Proof(250, evidence)


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].rstrip("> ") or "localhost"


def _undelivered(problem: smtplib.SMTPException) -> Undelivered:
    status = _status(problem)
    if status is None:
        return Undelivered("mail_server_out_of_reach", is_permanent=False)
    is_permanent = status >= _PERMANENT and status not in _NOT_OURS_ALONE
    return Undelivered("mail_refused", is_permanent=is_permanent, status=status)


def _status(problem: smtplib.SMTPException) -> int | None:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return min((int(code) for code, _ in problem.recipients.values()), default=None)
    return problem.smtp_code if isinstance(problem, smtplib.SMTPResponseException) else None
