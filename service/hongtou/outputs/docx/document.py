"""Plan → the bytes of a .docx."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument

from hongtou.bulletin.month import first_day
from hongtou.outputs.docx.body import body_of
from hongtou.outputs.docx.template import KINDS, template_of
from hongtou.plan import Plan
from hongtou.zip_package import packed

MARK = "可编辑稿"


def write_docx(plan: Plan) -> bytes:
    """Return the document of a plan."""
    template = template_of(plan.layout)
    document = Document(io.BytesIO(template))
    section = document.element.body[-1]
    for part in body_of(plan, document.part, section):
        section.addprevious(part)
    _describe(document, plan)
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        kinds = package.read(KINDS)
    return packed({KINDS: kinds, **_members(document)}, KINDS)


def _describe(document: WordDocument, plan: Plan) -> None:
    """Tell what the file is; its dates are those of the issue, so that it is the same each time."""
    told = document.core_properties
    told.title, told.author = f"{plan.title}（{MARK}）", plan.author
    told.language, told.last_modified_by, told.comments, told.keywords = "zh-CN", "", "", ""
    told.created = told.modified = datetime.combine(first_day(plan.issue_date), time())
    told.revision = 1


def _members(document: WordDocument) -> dict[str, bytes]:
    """Return the parts of a document by name; python-docx would write them with the time of day."""
    package = document.part.package
    members = {"_rels/.rels": package.rels.xml}
    for part in package.iter_parts():
        members[part.partname.membername] = part.blob
        if part.rels:
            members[part.partname.rels_uri.membername] = part.rels.xml
    return members
