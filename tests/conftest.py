"""The cast and the settings of every room's tests, for those of the whole product."""

from redleaf.conftest import *  # noqa: F403 - fixtures are found by their names
from redleaf.conftest import (  # noqa: F401 - a star leaves out what begins with an underscore
    _own_data_folder,
    _test_settings,
)
