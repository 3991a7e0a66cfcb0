"""REST v10: thin handlers, one family of routes a file, behind one edge that speaks HTTP."""
