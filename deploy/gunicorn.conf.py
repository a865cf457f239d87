"""How gunicorn serves the site, on a server and in a trial; its command line says at which address."""

threads = 4
timeout = 60  # seconds; long work is done by the worker
control_socket_disable = True  # systemd controls it
# No access log: it would keep query strings; nginx keeps one without them. The log of errors goes to stderr.
accesslog = None
logconfig_dict = {
    "root": {"handlers": []},
    "formatters": {
        "generic": {
            "()": "config.logs.Discreet",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["error_console"], "propagate": False}},
}
