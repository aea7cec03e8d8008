"""One sheet with all pages of an issue, small, and beside them the list of what was found.

    grid.py      how pages stand side by side      frames.py   frames on them, with numbers
    listing.py   the list, in columns              sheet.py    pages, frames and list → the sheet

Lengths are in points of the sheet, which is for a screen: no paper asks for them, and no layout.
"""
