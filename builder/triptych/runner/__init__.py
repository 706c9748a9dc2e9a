"""Run the code answers, and report failures at their lines of the Markdown file.

==============  ==============================================================
``plan``        code answers -> the programs to run, and the blocks to skip
``limits``      its wall-clock limit and its environment variables
``sandbox``     one program in its own process -> its findings and output
``child``       that process: parses, sets limits, runs, reports
``assertions``  the values that a failed assertion compared
``findings``    an exception -> a finding
``guards``      the limits and checks within that process
``outcome``     the results of a question's programs -> verdict and diagnostics
``run``         all questions, several at a time
``versions``    the packages that a program imports
``session``     one run of ``triptych test``: which code to run, what to record
``record``      verdicts -> the next ``code.lock``
==============  ==============================================================

This protects against mistakes, not against malicious code: a program runs as the user
who started it, can read what that user can read, and processes that it starts have no
limits.
"""
