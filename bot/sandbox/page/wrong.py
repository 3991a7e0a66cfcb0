"""A request that the page's own script would not have made."""


class Wrong(Exception):
    """The request is answered with a status and this sentence.

    Attributes:
        status: An HTTP status, 4xx.
    """

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
