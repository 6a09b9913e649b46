"""What stripping cannot do."""


class NotAPicture(Exception):
    """This begins like a picture and has not the form of one."""
