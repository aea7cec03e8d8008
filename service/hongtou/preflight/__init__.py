"""The finished file looked at once more, as a stranger's, before it leaves.

    profile.py      what a profile is               rule.py        what a rule is
    profiles.py     the profiles of what is made    checking.py    the door
    inspected_pdf.py  a PDF → what rules look at    picture.py     a picture, and its rules
    uses.py         what pages draw with            content.py     what a stream asks for
    pages.py        size and number of pages        fonts.py       which faces, and embedded
    resources.py    all that is drawn with is there
    actions.py      scripts and actions             attachments.py   files within the file

What a rule finds is our fault, never the sender's: the engine drew what it should not have.
To add a rule: one `Rule` in the file of its subject, and its entry in `profiles.py`.
"""

from hongtou.preflight.checking import refuse_faulty
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.profile import Profile
from hongtou.preflight.rule import Rule

__all__ = ["Expectation", "Profile", "Rule", "refuse_faulty"]
