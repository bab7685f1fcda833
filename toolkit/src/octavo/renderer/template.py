"""The format's template, copied to where Pandoc finds it with its partials."""

from __future__ import annotations

import shutil
from pathlib import Path

from octavo.renderer.configuration import Format, as_list


def stage_template(folder: Path, form: Format) -> Path:
    """Copy the format's template and its partials into the new `folder`; returns the template."""
    shutil.rmtree(folder, ignore_errors=True)  # or Pandoc would find partials that the format no longer has
    folder.mkdir(parents=True)
    template, options = folder / "template.html", form.options
    for name, target in [
        (options["template"], template),
        *((name, folder / Path(str(name)).name) for name in as_list(options.get("template-partials"))),
    ]:
        shutil.copyfile(form.folder / str(name), target)
    return template
