"""Settings of one Luoshi installation.

Everything an operator may change is an environment variable, read here and nowhere else:

``LUOSHI_HOME``      folder of the database, the files and the keys (default ``./var``)
``DATABASE_URL``     ``postgres://user:password@host/name`` instead of the embedded SQLite
``LUOSHI_SECRET_KEY`` signing key; made and kept in ``LUOSHI_HOME/secret_key`` where it is not given
``LUOSHI_HOSTS``     host names the service answers to, separated by commas
``LUOSHI_HTTPS``     ``yes`` behind TLS: secure cookies and HSTS
``LUOSHI_DEBUG``     ``yes`` for development only
"""

import os
import secrets
from pathlib import Path
from typing import Any

import environ

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(env.str("LUOSHI_HOME", default="var")).resolve()
FILES_ROOT = HOME / "files"


def _secret_key() -> str:
    """Return the signing key of this installation, made on the first start and readable by its owner only."""
    given: str = env.str("LUOSHI_SECRET_KEY", default="")
    if given:
        return given
    HOME.mkdir(parents=True, exist_ok=True)
    kept = HOME / "secret_key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as target:
        target.write(secrets.token_urlsafe(64))
    return kept.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
DEBUG = env.bool("LUOSHI_DEBUG", default=False)
ALLOWED_HOSTS = env.list("LUOSHI_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "huey.contrib.djhuey",
    "luoshi.web",
    "luoshi.access",
    "luoshi.files",
    "luoshi.registry",
    "luoshi.documents",
    "luoshi.ledger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page needs a log-in unless its view says that it is public.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.web.middleware.HtmxAnswerMiddleware",
    "luoshi.access.middleware.AuditContextMiddleware",
    "luoshi.web.middleware.BusyMiddleware",
]

ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "luoshi.web.context.shell",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """Return the settings of the one database: PostgreSQL where DATABASE_URL says so, else the embedded file."""
    if env.str("DATABASE_URL", default=""):
        settings: dict[str, Any] = env.db("DATABASE_URL")
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 16}}
        return settings
    HOME.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "luoshi.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _queue() -> dict[str, Any]:
    """Return the settings of the background queue, kept in the same kind of store as the data."""
    consumer = {"workers": 1, "worker_type": "thread", "initial_delay": 0.1, "max_delay": 1.0}
    common = {"name": "luoshi", "results": False, "immediate": False, "consumer": consumer}
    if env.str("DATABASE_URL", default=""):
        return {**common, "huey_class": "huey.PostgresHuey", "connection": {"dsn": env.str("DATABASE_URL")}}
    return {**common, "huey_class": "huey.SqliteHuey", "filename": str(HOME / "queue.sqlite3")}


HUEY = _queue()

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "access:login"
LOGIN_REDIRECT_URL = "ledger:today"
LOGOUT_REDIRECT_URL = "access:login"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "zh-hans"
# The switch shows every language by its own name, so these need no translation.
LANGUAGES = [("zh-hans", "Chinese"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "luoshi_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("LUOSHI_TIME_ZONE", default="Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Vite puts a content hash into every built name, so a second hashing would only rename what is final.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("LUOSHI_HTTPS", default=False):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = env.list("LUOSHI_ORIGINS", default=[])

# One upload request may carry several documents; the limit for one file is decided while it streams in.
FILE_MAX_BYTES = env.int("LUOSHI_FILE_MAX_BYTES", default=100 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "luoshi.files.uploads.LimitedUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LUOSHI_LOG_LEVEL", default="WARNING")},
}
