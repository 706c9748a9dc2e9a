"""Triptych compiles a folder of Markdown questions into a deck, a site and a sheet.

Stages are named by verbs, values by nouns, and each output has a folder in ``render``::

    read -> parse -> validate -> typeset -> render -> emit
      Source -> Document -> Question -> Catalog -> Artifact

A package imports only from packages below it (``pyproject.toml`` has the layers):

============  ================================================================
``cli``       the command line, one file for each verb; only it prints and exits
``imports``   collections in other formats, as the files of a deck
``serve``     a local web server that rebuilds on changes and reloads pages
``author``    changes to the author's files: new, rename, move, fix
``releases``  makes releases, and reports what they change for learners
``practice``  what a learner did on the site, as a package for Anki
``build``     runs the stages in order and caches their results
``runner``    runs the code answers, each in its own process
``render``    ``Catalog`` -> ``Artifact``: pure functions, a folder for each output
``validate``  ``Document`` -> diagnostics; each rule is a small generator
``emit``      writes the artifacts to ``dist/``, each file atomically
``notes``     the Anki notes of a question: ids, fields, tags and note types
``deck``      reads and writes the files of a deck folder
``typeset``   tokens -> ``Prose``: HTML for site, cards and book, a tree for print
``ledger``    the lock files: released notes, and results of the code answers
``parse``     ``Source`` -> ``Document``: front matter and tokens; never raises
``dialect``   the facts of the source format, each defined once
``values``    the data classes that the stages pass on
============  ================================================================

The modules beside these packages are for all of them: errors, the clock, processes and
their pickles, progress, folders for temporary files.
"""

__version__ = "1.1.0.dev0"
