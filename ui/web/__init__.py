"""The chat in the browser, around a given library; `serve.launch` starts it."""
