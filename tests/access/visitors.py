"""A browser without a screen, signed in as one person whose second factor was proved."""

from django.test import Client

from yidang.identity.factors import HAS_PROVED
from yidang.identity.policy import grant_for


def visiting(staff) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(staff)
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    client.grant = grant_for(staff)
    return client
