"""The pictures of docs/outputs.md, and that of README.md: what each output makes of the same issue.

taking.py    a file of an output → its picture      readers.py   other programs that show files
held.py      what each picture was taken of, for `tests/test_output_pictures.py`
"""
