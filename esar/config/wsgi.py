"""What gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

HALT = 3  # by this gunicorn knows a process that cannot begin, and ends; else it begins it again

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esar.config.settings")
try:
    application = get_wsgi_application()
except SystemExit:  # the settings cannot be read, and have said why
    sys.exit(HALT)

from esar.config.serving import make_ready  # noqa: E402 the settings stand only now

make_ready()
