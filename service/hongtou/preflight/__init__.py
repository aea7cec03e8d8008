"""Checks of the finished file before it is delivered, as if a stranger had made it.

    checking.py       the entry point                 rule.py         the type of a rule
    profile.py        the type of a profile           profiles.py     the profiles of outputs
    inspected_pdf.py  a PDF, opened for the rules     picture.py      a picture and its rules
    kinds/            the objects of our own files    subjects.py     the rules on objects
    objects.py        the objects of a file           entries.py      what is wrong with one
    page.py           a page with what it draws       pages.py        the rules on pages
    content.py        the streams of our own pages    resources.py    missing resources
    font.py           a font with its program         fonts.py        the rules on fonts
    font_program.py   a TrueType program              written.py      the tables of an output
    archival.py       the rules on archived files     press.py        the rules on files of a press
    operators.py      the operators of a stream       plates.py       the rules on inks and marks
    plate_pictures.py the ink of pictures             folios.py       the rule on folios
    laid_out.py       the rules on pages before a file  type_area.py where those look
    standing.py       how binding a rule is           report.py       what came of each rule

A fault is always ours and never the sender's: the engine has drawn something wrong. What an object
may hold is a list of all that we write; the rules on pages and fonts begin where that list ends. To
add a rule, write a `Rule` in the file of its subject and enter it in `profiles.py`.
"""

from hongtou.preflight.checking import faulty, misplaced, refuse_faulty
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.profile import Profile
from hongtou.preflight.rule import Rule

__all__ = ["Expectation", "Profile", "Rule", "faulty", "misplaced", "refuse_faulty"]
