"""How a command says that it could not do what it was asked."""


class CommandFailed(Exception):
    """The command did nothing, or stopped; the message says why and what to do. ``code`` is the exit code."""

    def __init__(self, message: object, *, code: int = 1) -> None:
        super().__init__(str(message))
        self.code = code
