"""The pictures of docs/编辑手册.md, taken while the program is used as the guide says."""
