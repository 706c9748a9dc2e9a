"""What learners hold: which notes there are, what they are called, when they changed.

``names`` gives GUIDs, tags and decks their names, ``notes`` says which notes a question
makes and hashes what their author wrote. Nothing here knows how a note looks.
"""
