"""Write prose as the XHTML that the schema of EPUB accepts.

Tokens of Markdown are written as elements that begin and end (`writer`), and raw HTML
is read as such (`raw`). `elements` records which of them are open, and `content_model`
repairs each when it ends.
"""
