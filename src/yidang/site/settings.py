"""Django's settings, derived from `site.config`."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from yidang.site.config import LOOPBACK, load
from yidang.site.runtime import postgres
from yidang.site.secrets import secret

YIDANG = load(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = secret(YIDANG.home, "django.key")
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in YIDANG.allowed_hosts.split(",")]
ROOT_URLCONF = "yidang.site.urls"
WSGI_APPLICATION = "yidang.site.wsgi.application"
AUTH_USER_MODEL = "identity.Staff"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "yidang.ledger",
    "yidang.identity",
    "yidang.workflow",
    "yidang.preservation",
    "yidang.holdings",
    "yidang.credit",
    "yidang.intake",
    "yidang.access",
    "yidang.disposition",
    "yidang.checks",
    "yidang.storeroom",
    "yidang.collection",
    "yidang.quality",
    "yidang.duty",
    "yidang.claims",
    "yidang.oversight",
    "yidang.insight",
    "yidang.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yidang.site.middleware.content_security_policy",
    "yidang.site.middleware.known_methods",
    "yidang.site.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yidang.identity.gate.gate",
    "yidang.identity.middleware.reach",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yidang.site.middleware.plain_input",
    "yidang.site.middleware.domain_errors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yidang.site.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "yidang.site.templatetags.face",
            ],
        },
    },
]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if parts.hostname not in {None, *LOOPBACK}:
        query.setdefault("sslmode", "require")  # what crosses a network is encrypted unless somebody says otherwise
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "yidang",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


DATABASES = {"default": _database(YIDANG.database_url or postgres.url(YIDANG.home))}


_SMTP = urlsplit(YIDANG.smtp_url)
EMAIL_HOST = _SMTP.hostname or "localhost"
EMAIL_PORT = _SMTP.port or {"smtps": 465, "smtp+starttls": 587}.get(_SMTP.scheme, 25)
EMAIL_HOST_USER = unquote(_SMTP.username or "")
EMAIL_HOST_PASSWORD = unquote(_SMTP.password or "")
EMAIL_USE_SSL = _SMTP.scheme == "smtps"
EMAIL_USE_TLS = _SMTP.scheme == "smtp+starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = YIDANG.mail_from

LANGUAGE_CODE = YIDANG.language
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = YIDANG.home / "run" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

PAGE_OPENER = "yidang.intake.reading.pages.load_pages"  # access draws pages with it and does not know intake
ACTION_LABELS = "yidang.site.labels.ACTIONS"  # what happened, in words, for reports that a room below writes

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
# A house that browsers reach by HTTPS is reached by nothing else. HSTS is short under an authority of our own, which
# may be made anew, and binds the names of this house only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = YIDANG.reaches_browsers_by_https
# A browser takes a name that begins so from this host alone, and over HTTPS alone.
_OF_THIS_HOST = "__Host-" if YIDANG.reaches_browsers_by_https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OF_THIS_HOST}sessionid", f"{_OF_THIS_HOST}csrftoken"
SECURE_HSTS_SECONDS = 0 if not YIDANG.reaches_browsers_by_https else 7 * 86400 if YIDANG.tls_is_local else 365 * 86400
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if YIDANG.tls == "proxy" else None
SECURE_SSL_REDIRECT = YIDANG.tls == "proxy"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = YIDANG.session_hours * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "yidang.site.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "yidang.identity.bureau_words.BureauWordsValidator"},
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "yidang.site.logs.Discreet",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "filters": {"only_trouble": {"()": "yidang.site.logs.OnlyTrouble"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "jobs": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["only_trouble"]},
    },
    "root": {"handlers": ["stderr"], "level": YIDANG.log_level},
    "loggers": {
        "procrastinate": {"handlers": ["jobs"], "level": "INFO", "propagate": False},
        "pikepdf": {"level": "WARNING"},
        "pyhanko": {"level": "ERROR"},  # it warns that nothing may be fetched, which is meant
        "botocore": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # what was refused is no trouble of the server's
    },
}

# Files of forms stay in memory, so that none lies in the clear on a disk; large ones come by the upload of intake.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 24 * 2**20
