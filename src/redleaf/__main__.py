"""`python -m redleaf`: what ./redleaf does once the environment stands."""

import sys

from redleaf.ops.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
