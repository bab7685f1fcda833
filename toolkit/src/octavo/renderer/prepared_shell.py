"""The prepared shell: importing this module makes one, in the process whose copies the workers are.

The garbage collector stays off in that process: among what modules define, which all stays, it finds nothing and takes
a sixth of the time. Workers turn it on.
"""

from __future__ import annotations

import gc

gc.disable()

from octavo.renderer.shell import prepare_shell  # noqa: E402 - the imports are what it would slow

prepare_shell()
