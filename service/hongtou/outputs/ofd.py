"""The OFD file for the exchange between offices, with the issue as it was sent inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.outputs.enclosing import enclosures_of, unfit_names
from hongtou.outputs.output import Output
from hongtou.outputs.paging import PAGING
from hongtou.preflight.profiles import OFD_FILE

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission


def ofd_file(commission: Commission) -> bytes:
    """Return the OFD file of an issue."""
    from hongtou.ofd.document import write_ofd  # late, as a check makes no file

    return write_ofd(commission.plan, commission.pages, tuple(enclosures_of(commission)))


OFD = Output(
    name="ofd",
    title="交换用 OFD（试用，内附稿件）",
    media_type="application/ofd",
    extension="ofd",
    options=PAGING,
    encloses=True,
    unfit=unfit_names,
    profile=OFD_FILE,
    make=ofd_file,
)
