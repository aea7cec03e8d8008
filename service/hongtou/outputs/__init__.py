"""The outputs that can be made of an issue. To add an output: one module and one entry here.

option.py     the options of an order               output.py   the type of an output
ordering.py   names and values → an order          paging.py   the options of every output
"""

from hongtou.outputs.option import OptionValues
from hongtou.outputs.output import Output
from hongtou.outputs.png import PNG
from hongtou.outputs.screen import SCREEN

OUTPUTS: dict[str, Output] = {output.name: output for output in (SCREEN, PNG)}

__all__ = ["OUTPUTS", "OptionValues", "Output"]
