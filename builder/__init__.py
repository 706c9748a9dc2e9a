"""Triptych compiles a folder of Markdown questions into a deck, a site and a sheet.

Stages are verbs, values are nouns, each output is a folder::

    read -> parse -> validate -> render -> emit
      Source -> Document -> Catalog -> Artifact

==============  ==============================================================
``cli``         the command, a file a verb; it alone prints and exits
``serve``       build, watch and show, with live reload
``build``       the compiler on one screen: ``check`` and ``build``
``read``        disk -> ``Source``, ``Media``; finds the files of a deck
``parse``       ``Source`` -> ``Document``: front matter and tokens; never fails
``validate``    ``Document`` -> diagnostics; one rule is one small generator
``render``      ``Catalog`` -> ``Artifact``; an output is a folder, and pure
``emit``        makes ``dist/`` hold exactly these artifacts, never half of them
``markup``      tokens -> ``Prose``: HTML for two outputs, a tree for the third
``templates``   finds a template: the deck's own, the wheel's, the repository's
``config``      ``deck.toml`` -> ``Deck``; the options of a run
``model``       the values named above
``diagnostics`` place, rule, message, hint; printed by ``cli`` in four formats
==============  ==============================================================
"""
