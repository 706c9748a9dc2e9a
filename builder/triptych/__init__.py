"""Triptych compiles a folder of Markdown questions into a deck, a site and a sheet.

Stages are verbs, values are nouns, each output is a folder::

    read -> parse -> validate -> render -> emit
      Source -> Document -> Catalog -> Artifact

A module may import only what stands below it (``pyproject.toml`` has the contract):

==============  ==============================================================
``cli``         the command, a file a verb; it alone prints and exits
``serve``       build, watch and show, with live reload
``author``      a new deck, a new question, a new id
``build``       the compiler on one screen: ``check`` and ``build``
``runner``      run the code answers, each in a process of its own
``releases``    what a release does to learners, and the release itself
``compiled``    one file: parsed, judged, typeset, by any process or from the cache
``catalog``     the files of a deck together; ``options`` choose among them
``outputs``     all outputs of a catalog, rendered before anything is written
``offline``     the site as one file to take away
``project``     a deck folder with its settings, ledger and verdicts
``read``        disk -> ``Source``, ``Media``; finds the files of a deck
``parse``       ``Source`` -> ``Document``: front matter and tokens; never fails
``validate``    ``Document`` -> diagnostics; one rule is one small generator
``assemble``    questions in the order to read and to learn; ``where`` filters them
``render``      ``Catalog`` -> ``Artifact``; an output is a folder, and pure
``emit``        makes ``dist/`` hold exactly these artifacts, never half of them
``markup``      tokens -> ``Prose``: HTML for two outputs, a tree for the third
``document``    the values between parsing and judging; ``outline`` sums one up
``links``       where a link leads, which file a picture is; ``allowed`` HTML
``config``      ``deck.toml`` -> ``Deck``; ``schema`` states the front matter
``baseline``    the warnings that a deck lives with
``verdicts``    ``code.lock``: what was seen when code ran
``ledger``      ``deck.lock``: which notes learners hold, and since when
``templates``   finds a template: the deck's own, the wheel's, the repository's
``direction``   which way languages and texts run
``model``       the values named above
``diagnostics`` place, rule, message, hint; printed by ``cli`` in four formats
==============  ==============================================================
"""
