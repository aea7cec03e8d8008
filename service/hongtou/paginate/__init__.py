"""Plan → pages, laid out by WeasyPrint. Only this folder knows it.

typesetting.py       the one door: a plan goes in, pages and bytes come out
markup.py            the plan as HTML, the layout as a stylesheet
weasyprint_hooks.py  where its line layout and text drawing give way to set lines
savings.py           what it need not do for a bulletin
styles.py            computed styles, kept from render to render
loading.py           what of it is not even imported
"""

import hongtou.paginate.loading  # noqa: F401 - before any module here imports WeasyPrint
