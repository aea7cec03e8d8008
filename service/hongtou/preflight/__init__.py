"""The finished file looked at once more, as a stranger's, before it leaves.

    sheet.py        bytes → what the rules look at      rule.py      what a rule is
    pages.py        size and number of pages            fonts.py     which faces, and embedded
    actions.py      scripts and actions                 attachments.py   files within the file
    profiles.py     which rules each output must pass   checking.py  the door
    picture.py      the same for a picture of a page

What a rule finds is our fault, never the sender's: the engine drew what it should not have.
To add a rule: one `Rule` in the file of its subject, and its entry in `profiles.py`.
"""

from hongtou.preflight.checking import refuse_faulty
from hongtou.preflight.inspected_pdf import Expectation
from hongtou.preflight.profiles import PROFILES
from hongtou.preflight.rule import Rule

__all__ = ["PROFILES", "Expectation", "Rule", "refuse_faulty"]
