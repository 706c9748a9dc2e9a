"""A preview of the site: build it after each change and reload open pages.

The files in ``dist/`` are those of ``build``; what a preview adds to a page is added
only to the response.
"""
