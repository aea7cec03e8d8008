"""Plan → Pages, laid out by WeasyPrint, which draws nothing. Only this folder knows it.

pagination.py        the one door: a plan goes in, pages come out
markup.py            the plan as HTML, the layout as a stylesheet
weasyprint_hooks.py  where its line layout gives way to set lines
placing.py           the boxes it laid out → the contents of pages
table_rules.py       the rules of a table, by the edges of its boxes
furniture.py         folios, proof marks, the folios of contents entries
savings.py           what it need not do for a bulletin; styles.py and loading.py belong to it
layout_check.py      faults of a layout before the first page: template_check.py, with plan_names.py
                     and written_text.py, and stylesheet_check.py
line_marks.py        from what a template wrote back to its line
"""

import hongtou.paginate.loading  # noqa: F401 - before any module here imports WeasyPrint
