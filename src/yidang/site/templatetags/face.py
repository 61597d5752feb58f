"""The small words of our templates: icons, masked values, sizes, times, states, messages.

A built-in library, so that the rooms' templates need not load it.
"""

from datetime import date, datetime
from functools import lru_cache

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
from yidang.holdings.veil import MASKS
from yidang.identity.policy import Grant, Permission
from yidang.kernel.money import format_yuan
from yidang.kernel.texts import say
from yidang.site.facets import FACET_VALUES, FACETS
from yidang.site.labels import (
    ACTIONS,
    DOCUMENT_TYPES,
    DUTIES,
    KEY_FAMILIES,
    LINK_COLUMNS,
    PAGE_CHANGES,
    PLACE_FIELDS,
    ROLES,
    SECURITY_CLASSES,
    SOURCES,
    STATES,
    VERSION_KINDS,
)
from yidang.site.naming import department_name, name_of, term_of

register = template.Library()

MINUTE = 60
MINUTES_OF_AN_HOUR = 60
FACET_OF_FIELD = {"series": "series", "term": "term", "document_type": "type"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon is decoration unless it is given a label of its own."""
    source = static("vendor/tabler/icons.svg")
    if not label:
        return _plain_icon(source, name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, source, name
    )


@lru_cache(maxsize=1024)
def _plain_icon(source: str, name: str) -> SafeString:
    """A page holds a hundred of them."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', source, name)


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
def percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f}%"


register.filter("named", name_of)
register.filter("term", term_of)
register.filter("yuan", format_yuan)


@register.filter
def field_label(key: str) -> str:
    spec = specs().get(key)
    return name_of(spec) if spec else str(PLACE_FIELDS.get(key, key))


@register.filter
def field_text(value: object, key: str) -> str:
    """A described value as it may stand in a list of changes."""
    if key in MASKS:
        return MASKS[key](str(value))
    if key in FACET_OF_FIELD:
        return FACET_VALUES[FACET_OF_FIELD[key]](str(value))
    spec = specs().get(key)
    return format_yuan(int(str(value))) if spec and spec.kind == "amount" else str(value)


@register.filter
def page_change_label(kind: str) -> str:
    return str(PAGE_CHANGES.get(kind, kind))


@register.filter
def action_label(action: str) -> str:
    return str(ACTIONS.get(action, action))


@register.filter
def actor_label(name: str | None) -> str:
    """`system:intake` is the machine; everybody else has a name."""
    return gettext("the system") if not name or name.startswith("system:") else name


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


@register.simple_tag
def document_types() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in DOCUMENT_TYPES.items()]


@register.filter
def column_label(key: str) -> str:
    """What a catalogue's column may hold: a described field, or what links a row to its file."""
    return str(LINK_COLUMNS[key]) if key in LINK_COLUMNS else field_label(key)


@register.filter
def source_label(source: str) -> str:
    return str(SOURCES.get(source, source))


@register.filter
def role_label(role: str) -> str:
    return str(ROLES.get(role, role))


@register.filter
def department_labels(codes: str) -> str:
    """Of one code, or of several with commas between."""
    return ", ".join(department_name(code) for code in codes.split(", "))


@register.filter
def security_labels(codes: str) -> str:
    """Of several with commas between."""
    return ", ".join(security_label(code) for code in codes.split(", "))


@register.filter
def key_family_label(family: str) -> str:
    return str(KEY_FAMILIES.get(family, family))


@register.filter
def duty_label(duty: str) -> str:
    return str(DUTIES.get(duty, duty))


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
    """The text of an error or notice code, in the reader's language; a field is called by its name, not its key."""
    known = dict(facts or {})
    if code == "field_malformed":
        code = f"field_malformed_{known.get('kind')}"
    if "field" in known:
        known["field"] = field_label(str(known["field"]))
    return say(code, "en" if get_language() == "en" else "zh", **known)


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    return mapping.get(key)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)
