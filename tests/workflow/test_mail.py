"""Mail by a real SMTP server."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from aiosmtpd.smtp import AuthResult
from django.core import mail

from yidang.workflow.adapters.mail import Mail
from yidang.workflow.errors import Undelivered
from yidang.workflow.ports import Message

from .servers import Postman, post_office

MESSAGE = Message(
    uuid4(), "approval_asked", "12", "https://yidang.example/approvals/x/", "第 12 号审批等待您处理", datetime.now(UTC)
)


@pytest.fixture
def smtp(settings):
    """Django's own SMTP backend, which pytest replaces by one in memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "医档 <yidang@bureau.example>"

    def use(port, **more):
        settings.EMAIL_PORT = port
        settings.YIDANG = replace(settings.YIDANG, smtp_url=f"smtp://127.0.0.1:{port}")
        for name, value in more.items():
            setattr(settings, name, value)

    return use


def refused():
    with pytest.raises(Undelivered) as refusal:
        Mail().send("who@bureau.example", b"", MESSAGE)
    return refusal.value


def test_a_mail_arrives_with_its_link_and_nothing_else(smtp):
    postman = Postman()
    with post_office(postman) as port:
        smtp(port)
        proof = Mail().send("who@bureau.example", b"", MESSAGE)
    ((sender, recipients, letter),) = postman.letters
    assert (sender, recipients) == ("yidang@bureau.example", ["who@bureau.example"])
    assert proof.evidence == f"<{MESSAGE.id}@bureau.example>"
    assert f"Message-ID: {proof.evidence}" in letter
    assert "Auto-Submitted: auto-generated" in letter
    assert MESSAGE.link in letter


@pytest.mark.parametrize(
    ("reply", "is_permanent", "status"),
    [("550 no such box", True, 550), ("450 box is busy", False, 450), ("552 full", True, 552)],
)
def test_what_the_server_says_decides_whether_to_try_again(smtp, reply, is_permanent, status):
    with post_office(Postman(reply)) as port:
        smtp(port)
        refusal = refused()
    assert (refusal.code, refusal.is_permanent, refusal.status) == ("mail_refused", is_permanent, status)


def test_a_server_out_of_reach_is_tried_again(smtp):
    with post_office(Postman()) as port:
        smtp(port)
    refusal = refused()
    assert (refusal.code, refusal.is_permanent) == ("mail_server_out_of_reach", False)


def test_a_wrong_password_is_the_houses_own_fault_and_tried_again(smtp):
    with post_office(
        Postman(), authenticator=lambda *_: AuthResult(success=False, handled=False), auth_require_tls=False
    ) as port:
        smtp(port, EMAIL_HOST_USER="a", EMAIL_HOST_PASSWORD="b")
        refusal = refused()
    assert (refusal.code, refusal.is_permanent, refusal.status) == ("mail_refused", False, 535)


def test_without_tls_on_the_other_side_nothing_is_sent(smtp):
    postman = Postman()
    with post_office(postman) as port:
        smtp(port, EMAIL_USE_TLS=True)
        assert not refused().is_permanent
    assert postman.letters == []


def test_a_certificate_nobody_vouches_for_is_refused(smtp, tmp_path):
    import ssl

    from .servers import certificate_for

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_for("localhost", tmp_path))
    postman = Postman()
    with post_office(postman, tls_context=context) as port:
        smtp(port, EMAIL_USE_TLS=True)
        assert refused().code == "mail_server_out_of_reach"
    assert postman.letters == []


def test_without_a_server_set_up_the_mail_waits(settings):
    assert settings.YIDANG.smtp_url == ""
    refusal = refused()
    assert (refusal.code, refusal.is_permanent) == ("mail_not_set_up", False)
    assert mail.outbox == []
