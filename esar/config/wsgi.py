"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esar.config.settings")
application = get_wsgi_application()

from esar.config.serving import make_ready  # noqa: E402 the settings stand only now

make_ready()
