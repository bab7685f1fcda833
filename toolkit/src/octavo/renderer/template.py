"""The format's template, laid where Pandoc finds it and its partials."""

from __future__ import annotations

import shutil
from pathlib import Path

from octavo.renderer.configuration import Format, as_list


def stage_template(folder: Path, form: Format) -> Path:
    """The format's template in the new `folder`, its partials beside it, where Pandoc looks for them."""
    shutil.rmtree(folder, ignore_errors=True)  # a partial that the format has no more must not be found
    folder.mkdir(parents=True)
    template, options = folder / "template.html", form.options
    for name, target in [
        (options["template"], template),
        *((name, folder / Path(str(name)).name) for name in as_list(options.get("template-partials"))),
    ]:
        shutil.copyfile(form.folder / str(name), target)
    return template
