"""What can be made of a typeset issue. To add an output: one module and one entry here."""

from hongtou.outputs.output import Output
from hongtou.outputs.png import PNG
from hongtou.outputs.screen import SCREEN

OUTPUTS: dict[str, Output] = {output.name: output for output in (SCREEN, PNG)}

__all__ = ["OUTPUTS", "Output"]
