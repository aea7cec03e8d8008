"""The outputs that can be made of an issue. To add an output: one module and one entry here.

option.py     the options of an order               output.py   the type of an output
ordering.py   names and values → an order          paging.py   the options of every output
inking.py     pages and their medium in any inks
"""

from hongtou.outputs.archive import ARCHIVE
from hongtou.outputs.booklet import BOOKLET
from hongtou.outputs.copies import COPIES
from hongtou.outputs.docx import DOCX
from hongtou.outputs.html import HTML
from hongtou.outputs.ofd import OFD
from hongtou.outputs.option import OptionValues
from hongtou.outputs.output import Output
from hongtou.outputs.png import PNG
from hongtou.outputs.print import PRINT
from hongtou.outputs.report import REPORT
from hongtou.outputs.screen import SCREEN

OUTPUTS: dict[str, Output] = {
    output.name: output
    for output in (SCREEN, PRINT, BOOKLET, COPIES, ARCHIVE, OFD, HTML, DOCX, PNG, REPORT)
}

__all__ = ["OUTPUTS", "OptionValues", "Output"]
