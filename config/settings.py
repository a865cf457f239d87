"""Settings of one installation, read from the environment or from the `.env` beside manage.py.

Safe by default: without DEBUG nothing starts unless SECRET_KEY, ALLOWED_HOSTS and a database address are
set. `.env.example` lists every variable.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import database

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def required(name, example):
    """The value of a variable that an installation without DEBUG cannot do without."""
    value = env.str(name, default="")
    if not value and not DEBUG:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment or in {BASE_DIR / '.env'}, for example "
            f"{name}={example}. For a trial on this machine set DEBUG=on instead."
        )
    return value


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", "<50 random characters>") or "only-for-debug-" + "x" * 40
ALLOWED_HOSTS = [host for host in required("ALLOWED_HOSTS", "thidua.bo.gov.vn").split(",") if host] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# What this process keeps on disk: the trial database, made documents, benchmarks. Never in the repository.
VAR_DIR = BASE_DIR / env.str("VAR_DIR", default="var")

INSTALLED_APPS = [
    "reports",
    "awards.decisions",
    "awards.nominations",
    "awards",
    "campaigns",
    "campaigns.scores",
    "blocs",
    "config.apps.SiteConfig",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "pgtrigger",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.RequestIdMiddleware",
    "config.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.TrialFailureMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.NotStoredMiddleware",
    "config.keeping.KeepTypedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "blocs.middleware.SessionSeenMiddleware",
    "blocs.middleware.SecondFactorMiddleware",
    "blocs.drafts.SentDraftMiddleware",
    "blocs.presses.PressMiddleware",
    "blocs.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.ui.installation",
                "config.appearance.appearance",
                "config.masthead.masthead",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "config.ui"],
        },
    }
]
FORM_RENDERER = "config.forms.FormRenderer"

# Database: PostgreSQL only. Without DATABASE_URL the embedded one, described here and started by the
# entry points (manage.py, wsgi.py), never by importing settings.
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    EMBEDDED_DATABASE = False
elif DEBUG:
    DATABASES = {"default": database.describe(BASE_DIR, VAR_DIR)}
    EMBEDDED_DATABASE = True
else:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. Set it in the environment or in .env, for example "
        "DATABASE_URL=postgres://thidua:<password>@localhost:5432/thidua. The embedded PostgreSQL serves "
        "only with DEBUG=on, because it trusts every local user."
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who signs in
AUTH_USER_MODEL = "blocs.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
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
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "blocs.access.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {"login": "blocs.forms.signin.SignInForm"}
# Of an account, and of an account at one address: a whole ministry sits behind one address, so an address
# alone has no limit. One address alone cannot lock an account for the others.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "100/h/key",
    "login_failed_here": "5/5m/key",
    "use_code": "100/h/key",
    "use_code_here": "10/5m/key",
    "reset_password": "5/m/key",
    "reset_password_from_key": "",
    "signup": "1/m/ip",
}
# Days for which the code on an account slip serves.
SLIP_DAYS = env.int("SLIP_DAYS", default=7)
# Administrators and whoever issues decisions sign in with a second factor.
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=not DEBUG)
MFA_ADAPTER = "blocs.access.signin.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "blocs.forms.signin.SecondFactorForm",
    "reauthenticate": "blocs.forms.signin.SecondFactorAgainForm",
    "activate_totp": "blocs.forms.signin.ActivateForm",
}
MFA_TOTP_ISSUER = "Thi Dua"
MFA_TOTP_TOLERANCE = 1  # the telephone's clock may be half a minute wrong

# Language and time: written in Vietnamese, translated to English; one time zone.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "config.formats"

# Files served to the browser
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a meeting with its lines in the admin: two hundred guests and more
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STORED_FILE_MAX_BYTES = env.int("STORED_FILE_MAX_BYTES", default=30 * 1024 * 1024)
# A function that is given the bytes of every upload and raises ValidationError for what it refuses.
STORED_FILE_SCANNER = env.str("STORED_FILE_SCANNER", default="")

# Ceilings of the process that makes one PDF
RENDER_SECONDS = env.int("RENDER_SECONDS", default=120)
RENDER_MEMORY_MB = env.int("RENDER_MEMORY_MB", default=1024)
# Ceilings of the process that reads one spreadsheet
READ_SECONDS = env.int("READ_SECONDS", default=20)
READ_MEMORY_MB = env.int("READ_MEMORY_MB", default=512)

# Work outside the request
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.keeping.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # attempts to sign in are counted by the address it forwards
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# It counts attempts to sign in, of every account and address of a ministry: what is culled is forgotten. What
# must be remembered is a row and never stands here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds after which a mail server that does not answer is given up
# Where the site stands, as mails give it; pages know it from the request.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

SILENCED_SYSTEM_CHECKS = []

# No address with its query string, no form content and no name of a person goes to the log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.Discreet", "fmt": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": []},  # not Django's own, which show everything and send mail
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
    },
}
