"""The pure rules of notifications: what is usual, when it is quiet, what may be settled, what a step becomes."""
