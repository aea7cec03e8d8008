"""A proof (校样): pages with what was found on them, for whoever reads them against the manuscript.

mark.py      what tells a proof from the edition     places.py     where a finding stands on pages
frames.py    coloured frames with their numbers      listing.py    all findings, on their own pages
proofing.py  the pages of an edition → its proof      line_numbers.py  lines counted in the margin
"""
