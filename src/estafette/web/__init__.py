"""The HTTP and WebSocket edge: who asks, may they, what goes wrong in words, and every endpoint in one place."""
