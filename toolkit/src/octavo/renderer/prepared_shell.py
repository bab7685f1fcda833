"""The prepared shell: importing this module makes one, in the process whose copies the workers are."""

from octavo.renderer.shell import prepare_shell

prepare_shell()
