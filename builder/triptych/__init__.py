"""Triptych compiles Markdown questions into an Anki deck, a site, PDFs and a book.

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

The outputs, which do not import each other:

- ``anki``: the package for Anki and the update files for learners of older releases
- ``epub``: the book, for e-readers and phones
- ``sheet``: the PDFs: cheat sheet, flashcards, handbook and self-test
- ``site``: the static site, which offers the other outputs as downloads

``deck`` reads and writes the files of a deck folder. These packages open files, too:

============  ================================================================
``cli``       files that options name
``imports``   the collections to import
``serve``     the built files that it serves
``author``    texts as they are on disk, which it edits; templates of new decks
``releases``  packages to compare the deck with
``build``     files and pictures of the deck, for digests; its cache
``runner``    ``/proc``, to isolate the process of a program
``render``    templates and fonts; the pipes and the log of Typst
``emit``      ``dist/``
``notes``     the files beside a note type of Anki
``typeset``   the font of formulas, in a library
============  ================================================================

The modules beside these packages are for all of them: errors, English plurals, the
clock, processes and their pickles, progress, folders for temporary files.
"""

__version__ = "1.1.0.dev0"
