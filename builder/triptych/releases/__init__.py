"""Make releases, and show what a release changes for learners.

``installed`` says what a learner has, ``diff`` compares, ``difference`` holds what came
of it, ``report`` writes it as text, Markdown and JSON, ``release`` stamps the ledger.
"""
