"""What can be made of a typeset issue. To add an output: one module and one entry here."""

from service.outputs.output import Output
from service.outputs.png import PNG
from service.outputs.screen import SCREEN

OUTPUTS: dict[str, Output] = {output.name: output for output in (SCREEN, PNG)}

__all__ = ["OUTPUTS", "Output"]
