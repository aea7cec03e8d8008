"""Words of Chinese text: a list of them, and where in a text one ends.

text → words of the list (`word_list.py`) → the likeliest division (`segmentation.py`)
"""
