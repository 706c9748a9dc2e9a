"""What a release would do to learners (``diff``), and the release itself.

``installed`` says what a learner has, ``diff`` compares, ``difference`` holds what came
of it, ``report`` writes it as text, Markdown and JSON, ``release`` stamps the ledger.
"""
