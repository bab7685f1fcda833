"""As the format's own post-render hook does."""

import os
from pathlib import Path

from octavo.renderer.site_files import replace_redirects

replace_redirects(Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"]))
