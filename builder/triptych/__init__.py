"""Triptych compiles a folder of Markdown questions into a deck, a site and a sheet.

Stages are verbs, values are nouns, each output is a folder::

    read -> parse -> validate -> typeset -> render -> emit
      Source -> Document -> Question -> Catalog -> Artifact

A package may import only what stands below it (``pyproject.toml`` has the contract):

============  ================================================================
``cli``       the command, a file a verb; it alone prints and exits
``serve``     build, watch and show, with live reload
``author``    a new deck, a new question, a new id
``build``     the driver: runs the stages in order and keeps what they made
``runner``    run the code answers, each in a process of its own
``releases``  what a release does to learners, and the release itself
``render``    ``Catalog`` -> ``Artifact``; an output is a folder, and pure
``validate``  ``Document`` -> diagnostics; one rule is one small generator
``emit``      makes ``dist/`` hold exactly these artifacts, never half of them
``deck``      the files of a deck folder, in and out
``typeset``   tokens -> ``Prose``: HTML for two outputs, a tree for the third
``ledger``    the lock files: what learners hold, what was seen when code ran
``parse``     ``Source`` -> ``Document``: front matter and tokens; never fails
``notes``     what a question becomes in Anki: which notes, names and shape
``dialect``   what the source format says, each fact once
``values``    the nouns named above
============  ================================================================
"""
