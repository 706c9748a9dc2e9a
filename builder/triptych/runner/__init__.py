"""Run the code answers, and tell what they did at the line of the Markdown file.

==============  ==============================================================
``plan``        code answers -> the programs to run, and what is left out
``limits``      what a program may use, and the environment it sees
``sandbox``     one program in a process of its own -> what it said and printed
``inside``      that process: parses, guards, runs, tells
``values``      what a failed assertion compared; used in that process
``judge``       what the programs of a question did -> verdict and diagnostics
``run``         all questions, several at a time
``versions``    the packages that a program imports
``record``      verdicts -> the next ``code.lock``
==============  ==============================================================

It guards against mistakes, not against malice: a program runs as the user who started
it, can read what that user can read, and a program that it starts is not watched.
"""
