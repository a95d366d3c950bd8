"""What every command does first: finish or undo what an earlier one left half done."""

from __future__ import annotations

from pathlib import Path

from generator.base.disk import is_there
from generator.base.errors import Problem, UsageError, advise, explain_os_error
from generator.base.journal import recover
from generator.base.messages import Message
from generator.base.output_folder import MANIFEST, restore_output
from generator.base.places import Place


def recover_site(root: Path) -> None:
    """Finish or undo a cut change of content, of the built site or swap of it. The caller holds the lock.

    Raises: ContentError for a damaged journal, UsageError when the disk refuses.
    """
    recover(root)
    output = root / "output"
    try:
        if not is_there(output):
            restore_output(output)
        elif is_there(output / MANIFEST):
            recover(output)
    except OSError as error:
        what = Message("上一次生成没有换完，旧的网站放不回去：{error}", error=explain_os_error(error))
        raise UsageError(Problem(place=Place(file=str(output)), what=what, hint=advise(error))) from error
