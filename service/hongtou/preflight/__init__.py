"""Checks of the finished file before it is delivered, as if a stranger had made it.

    checking.py       the entry point                 rule.py         the type of a rule
    profile.py        the type of a profile           profiles.py     the profiles of outputs
    inspected_pdf.py  a PDF, opened for the rules     picture.py      a picture and its rules
    uses.py           resources that pages use        content.py      names in content streams
    pages.py          size and number of pages        fonts.py        faces and embedding
    resources.py      missing resources               attachments.py  embedded files
    actions.py        scripts and actions

A fault is always ours and never the sender's: the engine has drawn something wrong. To add a rule,
write a `Rule` in the file of its subject and enter it in `profiles.py`.
"""

from hongtou.preflight.checking import refuse_faulty
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.profile import Profile
from hongtou.preflight.rule import Rule

__all__ = ["Expectation", "Profile", "Rule", "refuse_faulty"]
