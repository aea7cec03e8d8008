"""What several tests need: the faces and layouts of the project, issues, and PDF readings."""
