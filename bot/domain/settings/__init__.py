"""What moderators set: each setting described once, layered from server to role, explained and undoable.

Pure. The description in `catalogue` is all that the panel, the validation, the export and the docs know.
"""
