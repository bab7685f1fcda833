"""The output file: what a command writes where the user says."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from octavo.errors import OctavoError, name_write_faults
from octavo.files import write_file


def write_output(file: Path, content: str | bytes, endings: Collection[str] = ()) -> None:
    """Write the file; one that is there is only replaced if its name has one of the endings, as an earlier output's.

    Raises:
        OctavoError: if it is something else, such as a table or a page, or can't be written.
    """
    if file.is_relative_to("/dev"):
        # /dev/stdout is a link to whatever it leads to, and must not be replaced by a file.
        with name_write_faults(file), file.open("ab") as device:
            device.write(content.encode() if isinstance(content, str) else content)
        return
    if endings and file.is_file() and file.suffix.lower() not in endings:
        expected = " or ".join(endings)
        raise OctavoError(f"{file} is there already and isn't named *{expected}; remove it, or name another file")
    with name_write_faults(file):
        write_file(file, content, sync=True)
