"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.functional import Promise

from yidang.identity.policy import Permission

ACTIONS: dict[str, str | Promise] = {}
PERMISSIONS: dict[Permission, str | Promise] = {}
