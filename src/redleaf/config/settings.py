"""Django's settings, read once from the environment and redleaf.toml.

Environment: DATABASE_URL, REDLEAF_DATA (folder, default var/ in the repository), REDLEAF_CONFIG
(redleaf.toml), REDLEAF_DEBUG, REDLEAF_SECRET_KEY, REDLEAF_DEMO, and those named below.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from redleaf.editions.file import LANGUAGES as EDITION_LANGUAGES
from redleaf.editions.file import read_file

REPOSITORY = Path(__file__).resolve().parents[3]
SOURCE = REPOSITORY / "src" / "redleaf"


def flag(name: str, default: bool = False) -> bool:
    """Return an environment variable as yes or no."""
    value = os.environ.get(name, "").strip().lower()
    return default if value == "" else value in {"1", "true", "yes", "on"}


REDLEAF_DATA_DIR = Path(os.environ.get("REDLEAF_DATA", REPOSITORY / "var")).resolve()
REDLEAF_CONFIG_FILE = Path(os.environ.get("REDLEAF_CONFIG", REPOSITORY / "redleaf.toml"))
REDLEAF_EDITION, _file = read_file(REDLEAF_CONFIG_FILE)
REDLEAF_DEMO = flag("REDLEAF_DEMO")
DEBUG = flag("REDLEAF_DEBUG")


def _secret_key() -> str:
    """Return the key from the environment or the secrets folder; a lone process makes its own."""
    given = os.environ.get("REDLEAF_SECRET_KEY")
    if given:
        return given
    stored = REDLEAF_DATA_DIR / "secrets" / "secret-key"
    if stored.exists():
        return stored.read_text(encoding="utf-8").strip()
    return secrets.token_urlsafe(50)


SECRET_KEY = _secret_key()

# --- Addresses ---------------------------------------------------------------------------------
REDLEAF_PUBLIC_URL = os.environ.get("REDLEAF_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
_public_host = urlsplit(REDLEAF_PUBLIC_URL).hostname or "127.0.0.1"
if ":" in _public_host:
    _public_host = f"[{_public_host}]"  # an IPv6 address, as the Host header has it
REDLEAF_SECURE = REDLEAF_PUBLIC_URL.startswith("https://")
_extra_hosts = [host for host in os.environ.get("REDLEAF_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = (
    ["*"]
    if "*" in _extra_hosts
    else [_public_host, "localhost", "127.0.0.1", "[::1]", *REDLEAF_EDITION.hosts, *_extra_hosts]
)
CSRF_TRUSTED_ORIGINS = [REDLEAF_PUBLIC_URL, *(f"https://{host}" for host in REDLEAF_EDITION.hosts)]
if REDLEAF_SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
# How many proxies stand in front, each adding to X-Forwarded-For: one for a site with TLS.
REDLEAF_PROXIES = int(os.environ.get("REDLEAF_PROXIES") or REDLEAF_SECURE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = REDLEAF_SECURE
SESSION_COOKIE_NAME = "redleaf_session"
CSRF_COOKIE_NAME = "redleaf_csrf"
LANGUAGE_COOKIE_NAME = "redleaf_language"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60

# --- Rooms -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.contrib.humanize",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "redleaf.core",
    "redleaf.web",
    "redleaf.editions",
    "redleaf.accounts",
    "redleaf.privacy",
    "redleaf.media",
    "redleaf.graph",
    "redleaf.notes",
    "redleaf.discovery",
    "redleaf.inbox",
    "redleaf.api",
    "redleaf.ops",
    "redleaf.demo",
]
INSTALLED_APPS = [
    name
    for name in INSTALLED_APPS
    if not name.startswith("redleaf.") or (SOURCE / name.partition(".")[2] / "apps.py").exists()
]
ROOT_URLCONF = "redleaf.config.urls"
WSGI_APPLICATION = "redleaf.config.wsgi.application"
MIDDLEWARE = [
    "redleaf.ops.middleware.Observed",
    "redleaf.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "redleaf.accounts.sessions.Authentication",
    "redleaf.web.middleware.ReaderLanguage",
    "redleaf.web.middleware.Refusals",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "redleaf.web.jinja.Templates",
        "APP_DIRS": False,
        "DIRS": sorted(SOURCE.glob("*/templates")),
        "OPTIONS": {
            "environment": "redleaf.web.jinja.environment",
            "context_processors": ["redleaf.web.context.page"],
            "auto_reload": DEBUG,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
CSRF_FAILURE_VIEW = "redleaf.web.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
APPEND_SLASH = True


# --- Database ----------------------------------------------------------------------------------
def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "redleaf",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(query.pop("port", parts.port or "")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"prepare_threshold": 5, **query},
        "TEST": {"NAME": os.environ.get("REDLEAF_TEST_DATABASE", "test_redleaf")},
    }


DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL", "postgresql:///redleaf?host=/tmp"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
from redleaf.accounts.settings import *  # noqa: E402, F403 - they stand beside their pages

# --- Languages and time ------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = REDLEAF_EDITION.time_zone
LANGUAGES = [
    (code, name) for code, name in EDITION_LANGUAGES.items() if code in REDLEAF_EDITION.languages
]
LANGUAGE_CODE = REDLEAF_EDITION.default_language
LOCALE_PATHS = [SOURCE / "locale"]

# --- Search ------------------------------------------------------------------------------------
_search = dict(_file.get("search", {}))
REDLEAF_HOT_PEOPLE = int(_search.get("hot_people", 5))  # different members that a hot query takes
REDLEAF_NEVER_HOT = [str(word) for word in _search.get("never_hot", [])]

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = REDLEAF_DATA_DIR / "static"
STATICFILES_DIRS: list[Path] = []
MEDIA_ROOT = REDLEAF_DATA_DIR / "media"
REDLEAF_HASHED_STATIC = flag("REDLEAF_HASHED_STATIC", default=False)


def _media_storage() -> dict[str, Any]:
    """Return the media store: a local folder, or a bucket by the [media] table of redleaf.toml."""
    table = dict(_file.get("media", {}))
    bucket = os.environ.get("REDLEAF_S3_BUCKET", table.get("bucket", ""))
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": None},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("REDLEAF_S3_ENDPOINT", table.get("endpoint")) or None,
            "region_name": os.environ.get("REDLEAF_S3_REGION", table.get("region")) or None,
            "access_key": os.environ.get("REDLEAF_S3_ACCESS_KEY") or None,
            "secret_key": os.environ.get("REDLEAF_S3_SECRET_KEY") or None,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": True,
        },
    }


STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": None},
    },
    "media": _media_storage(),
    "staticfiles": {
        "BACKEND": "redleaf.web.static_files.NamedByContent"
        if REDLEAF_HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Mail --------------------------------------------------------------------------------------
_mail = dict(_file.get("mail", {}))
EMAIL_HOST = os.environ.get("REDLEAF_SMTP_HOST", _mail.get("host", ""))
EMAIL_PORT = int(os.environ.get("REDLEAF_SMTP_PORT") or _mail.get("port", 587))
EMAIL_HOST_USER = os.environ.get("REDLEAF_SMTP_USER", _mail.get("user", ""))
EMAIL_HOST_PASSWORD = os.environ.get("REDLEAF_SMTP_PASSWORD", "")
EMAIL_USE_TLS = bool(_mail.get("starttls", EMAIL_PORT == 587))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _mail.get("from", f"{REDLEAF_EDITION.names['en']} <no-reply@{_public_host}>")
REDLEAF_MAIL_OUTBOX = not EMAIL_HOST
REDLEAF_OUTBOX_PUBLIC = REDLEAF_MAIL_OUTBOX and REDLEAF_DEMO

# --- Limits ------------------------------------------------------------------------------------
REDLEAF_RATE_LIMITS = flag("REDLEAF_RATE_LIMITS", default=True)
REDLEAF_METRICS_TOKEN = os.environ.get("REDLEAF_METRICS_TOKEN", "")

# --- Watching ----------------------------------------------------------------------------------
LOGGING_CONFIG = None
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
