"""The text of files that strangers send, read in a process of its own.

Nothing is imported here: the process that reads starts for each file and should load little.
"""
