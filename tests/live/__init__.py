"""The live connection over real sockets."""
