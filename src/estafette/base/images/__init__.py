"""Pictures that strangers send: decoded in a process of their own, and kept without what they tell of people.

Nothing is imported here: the process that decodes starts for each picture and should load little.
"""
