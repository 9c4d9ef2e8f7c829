"""Django as a plain WSGI application: what the outer server calls in one hop."""

import os

from django.core.wsgi import get_wsgi_application

from redleaf.ops.launch.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redleaf.config.settings")
os.environ.setdefault("REDLEAF_LOGS", "json")

end_with_parent()
application = get_wsgi_application()
