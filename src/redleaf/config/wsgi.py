"""Django as a plain WSGI application: what the outer server calls in one hop."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redleaf.config.settings")

application = get_wsgi_application()
