"""What can be made of a typeset issue. To add an output: one module and one entry here.

option.py     what an order may leave to choose     output.py   what an output is
ordering.py   texts of a request → an order
"""

from hongtou.outputs.option import OptionValues
from hongtou.outputs.output import Output
from hongtou.outputs.png import PNG
from hongtou.outputs.screen import SCREEN

OUTPUTS: dict[str, Output] = {output.name: output for output in (SCREEN, PNG)}

__all__ = ["OUTPUTS", "OptionValues", "Output"]
