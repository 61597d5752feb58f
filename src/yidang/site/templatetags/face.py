"""The small words of our templates: icons, masked values, sizes, times, states, messages.

A built-in library, so that the rooms' templates need not load it.
"""

from datetime import date, datetime
from uuid import UUID

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from yidang.holdings.description import specs
from yidang.identity.policy import Grant, Permission
from yidang.kernel.masking import mask_id_number, mask_phone
from yidang.kernel.texts import say
from yidang.site.facets import FACET_VALUES, FACETS
from yidang.site.labels import DOCUMENT_TYPES, ROLES, SECURITY_CLASSES, STATES, VERSION_KINDS
from yidang.site.naming import name_of, term_of

register = template.Library()

MINUTE = 60
MINUTES_OF_AN_HOUR = 60


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon is decoration unless it is given a label of its own."""
    source = static("vendor/tabler/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, source, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', source, name)


@register.filter
def masked(value: object, kind: str) -> str:
    text = str(value or "")
    return mask_phone(text) if kind == "phone" else mask_id_number(text)


@register.filter
def size(count: int | None) -> str:
    return str(filesizeformat(count or 0))


@register.filter
def moment(at: datetime | None) -> SafeString:
    """A time to the minute, in the bureau's time zone, readable by machines too."""
    if at is None:
        return SafeString("–")
    local = timezone.localtime(at)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), local.strftime("%Y-%m-%d %H:%M"))


@register.filter
def day(on: date | str | None) -> str:
    return str(on) if on else "–"


@register.filter
def duration(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    whole = max(0, round(seconds))
    if whole < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole}
    minutes = round(whole / MINUTE)
    if minutes < MINUTES_OF_AN_HOUR:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return gettext("%(hours)d h %(minutes)d min") % {
        "hours": minutes // MINUTES_OF_AN_HOUR,
        "minutes": minutes % MINUTES_OF_AN_HOUR,
    }


@register.filter
def yuan(fen: int | None) -> str:
    return "–" if fen is None else f"¥{int(fen) / 100:,.2f}"


@register.filter
def percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f}%"


register.filter("named", name_of)
register.filter("term", term_of)


@register.filter
def field_label(key: str) -> str:
    spec = specs().get(key)
    return name_of(spec) if spec else key


@register.simple_tag
def facet_title(name: str) -> str:
    return str(FACETS.get(name, name))


@register.simple_tag
def facet_value(name: str, value: str) -> str:
    return FACET_VALUES[name](value) if name in FACET_VALUES else value


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's widget dressed as ours."""
    is_choice = field.widget_type in {"select", "nullbooleanselect"}
    return field.as_widget(attrs={"class": "form-select" if is_choice else "form-control"})


@register.filter
def type_label(document_type: str) -> str:
    return str(DOCUMENT_TYPES.get(document_type, document_type or "–"))


@register.filter
def role_label(role: str) -> str:
    return str(ROLES.get(role, role))


@register.filter
def security_label(security_class: str) -> str:
    return str(SECURITY_CLASSES.get(security_class, security_class))


@register.filter
def version_label(kind: str) -> str:
    return str(VERSION_KINDS.get(kind, kind))


@register.filter
def allows(grant: Grant | None, permission: str) -> bool:
    return grant is not None and grant.allows(Permission(permission))


@register.filter
def tone(level: str) -> str:
    """Django's message levels in the words of our notices."""
    return {"error": "bad", "warning": "warn", "success": "good"}.get(level, level)


@register.filter
def state_label(state: str) -> str:
    return str(STATES[state].label) if state in STATES else state


@register.inclusion_tag("site/_state.html")
def state_badge(state: str) -> dict[str, object]:
    return {"state": STATES.get(state), "raw": state}


@register.simple_tag
def message(code: str, facts: dict[str, object] | None = None) -> str:
    """The text of an error or notice code, in the reader's language."""
    return say(code, "en" if get_language() == "en" else "zh", **(facts or {}))


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    return mapping.get(key)


@register.filter
def short_id(identity: UUID | str) -> str:
    return str(identity)[:8]


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)
