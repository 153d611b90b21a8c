"""What people use: the command line and the chat in the browser."""
