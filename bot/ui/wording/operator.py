"""What the person reads who runs the bot."""

from bot.domain import errors

TOKEN_REFUSED = "Discord refused DISCORD_TOKEN. Copy it anew from the developer portal, page Bot."  # noqa: S105 # a sentence
DISCORD_UNREACHABLE = "Discord cannot be reached. Check the network, and the proxy if there is one."

CLI = "Imagine: the Discord bot for /imagine."
CLI_COMMANDS = "commands"
CLI_RUN = "run the bot (this is what happens without a command)"
CLI_WORKER = "draw what other processes take in; needs PostgreSQL in DATABASE_URL, and opens no gateway"
CLI_SECRET_KEY = "print a new key for SECRET_KEY, under which users' own tokens are kept"  # noqa: S105 # a sentence
CLI_DEMO = "try the bot on this machine: no token, no GPU, no network"
CLI_PORT = "where the page is on this machine; a free port without it"
CLI_NO_BROWSER = "do not open the page, only print its address"
CLI_PROMPT = "show one picture in this terminal instead of a page: what it shows"
CLI_OUT = "the same, and where the final picture is written"
CLI_SPACE = "draw at a real Space instead of the built-in painter"
CLI_MOOD = "how the built-in Space behaves"
DEMO_PROMPT = "a fox in the snow"
DEMO_OUT = "imagine.png"
DEMO_NEIGHBOURS = {"bob": "an owl at midnight", "carol": "a lighthouse in a storm"}


def setting(error: errors.SettingMissing | errors.SettingRefused) -> str:
    """Return what is wrong with the configuration, for the person who starts the bot."""
    match error:
        case errors.SettingMissing():
            return f"{error.variable} is not set. Put it into the file .env; .env.example says how to get it."
        case errors.SettingRefused():
            return f"{error.variable} is not accepted: {error.rule}."


def unknown_mood(name: str, known: tuple[str, ...]) -> str:
    """Return what is wrong with a mood."""
    return f"There is no mood {name!r}. There are {', '.join(known)}."


def demo_page(url: str) -> str:
    """Return the line that says where the demo is."""
    return f"The demo is at {url} (Ctrl-C ends it)."


def port_refused(port: int, error: OSError) -> str:
    """Return why the demo has no page."""
    return f"The page cannot be at port {port}: {error.strerror or error}."


def demo_asks(prompt: str) -> str:
    """Return the line that begins the demo."""
    return f"alice uses /imagine prompt: {prompt}"


def demo_wrote(file: object, size: int) -> str:
    """Return the line that ends the demo; `size` is in bytes."""
    return f"The final picture is in {file} ({size / 1024:.0f} KiB)."
